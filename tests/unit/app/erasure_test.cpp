#include "app/erasure.hpp"
#include "unit/app/fake_emotions.hpp"
#include "unit/app/player_fixture.hpp"

namespace personalify::app {

namespace {

using enum TimeRange;

class ErasureTest : public PlayerTest {
protected:
    ErasureTest() {
        world_.users.on_erase = [this](const UserId& user) {
            std::erase_if(world_.session_store.sessions,
                          [&](const auto& entry) { return entry.second.user == user; });
            std::erase_if(world_.library.stored,
                          [&](const auto& entry) { return entry.first.first == user; });
            world_.history_store.entries.erase(user);
            std::erase_if(more_.job_store.jobs, [&](const Job& job) { return job.user == user; });
        };
    }
    Result<> erase(const Caller& caller) { return run(erasure_.erase(caller)); }
    bool is_let_in(const Caller& caller) {
        return world_.sessions.proves(caller.token, caller.session->user.str()) ||
               run(world_.sessions.identify(caller.token))->session.has_value();
    }

    EmotionWorld more_{world_};
    ErasureService erasure_{world_.users, world_.sessions, world_.sync, player_, more_.jobs};
};

} // namespace

TEST_F(ErasureTest, NeedsASession) {
    EXPECT_EQ(error_of(erase({})), Errc::unauthenticated);
    EXPECT_TRUE(world_.users.users.contains(ada_));
}

TEST_F(ErasureTest, EverySessionOfTheUserEndsAtOnce) {
    const Caller elsewhere = world_.caller(ada_, SessionKind::mobile);
    const Caller bob = world_.caller(world_.sign_up("bob"));
    for (const Caller* caller : std::initializer_list<const Caller*>{&caller_, &elsewhere, &bob}) {
        ASSERT_TRUE(world_.sessions.proves(caller->token, caller->session->user.str()));
    }
    ASSERT_TRUE(erase(caller_));
    EXPECT_FALSE(is_let_in(caller_));
    EXPECT_FALSE(is_let_in(elsewhere));
    EXPECT_TRUE(world_.sessions.proves(bob.token, "bob")) << "others are not even looked up anew";
    EXPECT_EQ(error_of(erase(elsewhere)), Errc::unauthenticated) << "it happens once";
}

TEST_F(ErasureTest, AFailureLeavesTheUser) {
    world_.users.failure = Error{Errc::overloaded, "busy"};
    EXPECT_EQ(error_of(erase(caller_)), Errc::overloaded);
    world_.users.failure.reset();
    EXPECT_TRUE(is_let_in(caller_));
}

TEST_F(ErasureTest, TheCachedDashboardGoes) {
    world_.store_tops(ada_, short_term);
    ASSERT_TRUE(run(world_.dashboards.peek(caller_, ada_, short_term)));
    ASSERT_NE(world_.dashboards.at_hand("ada", short_term, true), nullptr);
    ASSERT_TRUE(erase(caller_));
    EXPECT_EQ(world_.dashboards.at_hand("ada", short_term, true), nullptr);
    EXPECT_EQ(run(world_.dashboards.peek(caller_, ada_, short_term)).value(), nullptr);
}

TEST_F(ErasureTest, ASyncUnderWayStoresNothingForWhoSignsInAfterwards) {
    world_.spotify.on_tops = [this](const std::string&, TimeRange) {
        if (world_.users.users.contains(ada_) && world_.spotify.calls == 2) {
            EXPECT_TRUE(erase(caller_));
            world_.sign_up("ada");
        }
        return std::nullopt;
    };
    EXPECT_EQ(error_of(run(world_.sync.sync(ada_, short_term, 20, Urgency::user_request))),
              Errc::unauthenticated);
    EXPECT_EQ(world_.library.saves, 0);
    EXPECT_TRUE(world_.history_store.entries[ada_].empty());
    EXPECT_TRUE(run(world_.sync.sync(ada_, short_term, 20, Urgency::user_request))) << "a later one does";
    EXPECT_EQ(world_.library.saves, 1);
}

TEST_F(ErasureTest, WhoWatchesThePlayerIsSentAway) {
    asio::io_context loop{1};
    std::shared_ptr<PlayerWatch> watch;
    asio::co_spawn(loop, player_.watch(caller_, ada_, ""),
                   [&](std::exception_ptr, Result<std::shared_ptr<PlayerWatch>> got) {
                       watch = std::move(got).value();
                   });
    while (watch == nullptr) {
        loop.run_one();
    }
    EXPECT_FALSE(watch->ended());
    ASSERT_TRUE(erase(caller_));
    while (!watch->ended()) {
        ASSERT_EQ(loop.run_one(), 1U);
    }
    watch.reset();
    loop.run(); // the poller ends by itself
}

TEST_F(ErasureTest, WhoWaitsForAJobIsTold) {
    asio::io_context loop{1};
    const Job job = run(more_.jobs.enqueue(ada_, short_term, false)).value();
    std::optional<Result<Job>> waited;
    asio::co_spawn(loop, more_.jobs.wait(job.id, 1h),
                   [&](std::exception_ptr, Result<Job> got) { waited = std::move(got); });
    loop.poll();
    EXPECT_FALSE(waited.has_value());
    ASSERT_TRUE(erase(caller_));
    loop.run();
    ASSERT_TRUE(waited.has_value());
    EXPECT_EQ(error_of(*waited), Errc::not_found);
}

} // namespace personalify::app

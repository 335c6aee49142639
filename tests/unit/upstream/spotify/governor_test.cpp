#include "unit/upstream/spotify/world.hpp"
#include "upstream/spotify/governor.hpp"

namespace personalify::spotify {
namespace {

using namespace testing;
using app::Urgency;

constexpr auto user = Urgency::user_request;
constexpr auto job = Urgency::background;
constexpr auto player = Urgency::player;

struct Small : World {
    Governor governor{"small", {3, 30s}, states, timing, report};
    Result<> admit(Urgency urgency, std::chrono::milliseconds patience) {
        return run(governor.admit(urgency, patience));
    }
    void close(std::chrono::milliseconds time) {
        asio::io_context shard{1};
        governor.close_until(clock.now() + time, shard.get_executor());
        shard.run();
    }
};

TEST(Governor, AdmitsTheBudgetAndHoldsTheRest) {
    Small world;
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(world.governor.take_place(user, 5s).admitted);
        world.clock.advance(1s);
    }
    const Governor::Place place = world.governor.take_place(user, 5s); // the first leaves in 27 s
    EXPECT_FALSE(place.admitted);
    EXPECT_TRUE(place.refused);
    EXPECT_EQ(place.wait, 27s);
    world.clock.advance(27s);
    EXPECT_TRUE(world.governor.take_place(user, 5s).admitted);
    EXPECT_FALSE(world.governor.take_place(user, 0s).admitted); // the second leaves a second later
    world.clock.advance(1s);
    EXPECT_TRUE(world.governor.take_place(user, 0s).admitted);
}

TEST(Governor, NeverMoreThanTheBudgetInAnyWindow) {
    Small world;
    std::vector<TimePoint> admitted;
    for (int i = 0; i < 40; ++i) {
        if (world.admit(i % 3 == 0 ? job : user, i % 3 == 0 ? 30s : 5s)) {
            admitted.push_back(world.clock.now());
        }
        world.clock.advance(700ms);
    }
    ASSERT_GT(admitted.size(), 10U);
    for (std::size_t i = 3; i < admitted.size(); ++i) {
        EXPECT_GE(admitted[i] - admitted[i - 3], 30s);
    }
}

TEST(Governor, WaitingUsersKeepTheirOrder) {
    Small world;
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(world.governor.take_place(user, 5s).admitted);
        world.clock.advance(1s);
    }
    world.clock.advance(24s); // 27 s after the first call
    const Governor::Place first = world.governor.take_place(user, 5s);
    const Governor::Place second = world.governor.take_place(user, 5s);
    const Governor::Place third = world.governor.take_place(user, 5s);
    const Governor::Place fourth = world.governor.take_place(user, 5s);
    EXPECT_EQ(first.wait, 3s);
    EXPECT_EQ(second.wait, 4s);
    EXPECT_EQ(third.wait, 5s);
    EXPECT_TRUE(first.reserved && second.reserved && third.reserved);
    EXPECT_TRUE(fourth.refused);
    EXPECT_EQ(fourth.wait, 33s);
}

TEST(Governor, JobsLeaveAShareForUsers) {
    Small world;
    EXPECT_TRUE(world.admit(job, 30s).has_value());
    EXPECT_TRUE(world.admit(job, 30s).has_value());
    EXPECT_FALSE(world.governor.take_place(job, 0s).admitted);
    EXPECT_TRUE(world.governor.take_place(user, 0s).admitted);
}

TEST(Governor, ThePlayerHasHalfAndNeverWaits) {
    World world;
    Governor governor{"six", {6, 30s}, world.states, world.timing, world.report};
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(run(governor.admit(player, 30s)).has_value());
        world.clock.advance(1s);
    }
    const Result<> refused = run(governor.admit(player, 30s));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Errc::too_many_requests) << "nothing is wrong with Spotify";
    EXPECT_EQ(refused.error().retry_after, 27s);
    EXPECT_TRUE(world.sleeps.empty());
    EXPECT_TRUE(run(governor.admit(user, 5s)).has_value()) << "the other half is for the others";
    world.clock.advance(27s);
    EXPECT_TRUE(run(governor.admit(player, 0s)).has_value());
}

TEST(Governor, ThePlayerStepsBackWhereOthersNeedTheBudget) {
    World world;
    Governor governor{"six", {6, 30s}, world.states, world.timing, world.report};
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(run(governor.admit(user, 5s)).has_value());
    }
    EXPECT_EQ(run(governor.admit(player, 5s)).error().code, Errc::too_many_requests);
    EXPECT_TRUE(run(governor.admit(user, 5s)).has_value());
}

TEST(Governor, AClosureIsTheServicesWordForThePlayerToo) {
    Small world;
    world.close(2s);
    const Result<> refused = world.admit(player, 30s);
    EXPECT_EQ(refused.error().code, Errc::rate_limited);
    EXPECT_EQ(refused.error().retry_after, 2s);
    EXPECT_TRUE(world.sleeps.empty());
}

TEST(Governor, WithoutABudgetThePlayerIsFree) {
    World world;
    for (int i = 0; i < 1000; ++i) {
        EXPECT_TRUE(world.accounts_governor.take_place(player, 0s).admitted);
    }
}

TEST(Governor, WaitsInLineAndGoesOn) {
    Small world;
    for (int i = 0; i < 3; ++i) {
        world.governor.take_place(user, 5s);
    }
    world.clock.advance(28s);
    EXPECT_TRUE(world.admit(user, 5s).has_value());
    EXPECT_EQ(world.slept(), 2s);
}

TEST(Governor, RefusesWithTheTimeToComeBack) {
    Small world;
    for (int i = 0; i < 3; ++i) {
        world.governor.take_place(user, 5s);
    }
    const Result<> refused = world.admit(user, 5s);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Errc::rate_limited);
    EXPECT_EQ(refused.error().retry_after, 30s);
    EXPECT_TRUE(world.sleeps.empty());
}

TEST(Governor, WithoutABudgetOnlyClosuresCount) {
    World world;
    for (int i = 0; i < 1000; ++i) {
        EXPECT_TRUE(world.accounts_governor.take_place(user, 0s).admitted);
    }
}

TEST(Governor, AShortClosureIsWaitedOutALongOneFailsFast) {
    Small world;
    world.close(4s);
    EXPECT_TRUE(world.admit(user, 5s).has_value());
    EXPECT_EQ(world.slept(), 4s);
    world.close(6s);
    EXPECT_EQ(world.admit(user, 5s).error().retry_after, 6s);
    EXPECT_TRUE(world.admit(job, 30s).has_value());
    EXPECT_EQ(world.slept(), 10s);
}

TEST(Governor, AClosureThatComesWhileWaitingCounts) {
    World world;
    asio::io_context shard{1};
    Governor* governor = nullptr;
    Timing timing = world.timing;
    timing.sleep = [&](std::chrono::milliseconds time) {
        if (world.sleeps.empty()) { // somebody else is told to stay away, while we wait for the first closure
            governor->close_until(world.clock.now() + 4s, shard.get_executor());
        }
        return world.timing.sleep(time);
    };
    Governor waited_for{"twice", {3, 30s}, world.states, timing, world.report};
    governor = &waited_for;
    governor->close_until(world.clock.now() + 2s, shard.get_executor());
    EXPECT_TRUE(run(governor->admit(user, 5s)).has_value());
    EXPECT_EQ(world.sleeps, (std::vector<std::chrono::milliseconds>{2s, 2s}));

    world.sleeps.clear();
    governor->close_until(world.clock.now() + 3s, shard.get_executor());
    EXPECT_EQ(run(governor->admit(user, 3s)).error().code, Errc::rate_limited);
    EXPECT_EQ(world.slept(), 3s);
}

TEST(Governor, StoresLongClosuresOnce) {
    Small world;
    world.close(30s);
    EXPECT_EQ(world.states.writes, 0);
    world.close(48925s);
    world.close(48926s); // the call that failed beside it
    EXPECT_EQ(world.states.writes, 1);
    EXPECT_EQ(world.states.closed.at("small"), noon + 48925s);
    world.close(80000s);
    EXPECT_EQ(world.states.writes, 2);
}

TEST(Governor, ALaterShortClosureDoesNotReopen) {
    Small world;
    world.close(3600s);
    world.close(2s);
    EXPECT_EQ(world.admit(job, 30s).error().retry_after, 3600s);
}

TEST(Governor, RemembersOverARestart) {
    Small world;
    world.states.closed["small"] = noon + 1h;
    run(world.governor.restore());
    EXPECT_EQ(world.admit(user, 5s).error().retry_after, 3600s);
    world.clock.advance(1h);
    EXPECT_TRUE(world.admit(user, 5s).has_value());
}

TEST(Governor, AnAbsurdStoredClosureIsCut) {
    Small world;
    world.states.closed["small"] = noon + std::chrono::years{50};
    run(world.governor.restore());
    EXPECT_EQ(world.admit(user, 5s).error().retry_after, longest_closure);
}

TEST(Governor, AFailingStoreIsReportedAndBlocksNobody) {
    Small world;
    world.states.failing = true;
    run(world.governor.restore());
    EXPECT_TRUE(world.admit(user, 5s).has_value());
    world.close(1h);
    EXPECT_EQ(world.reports.size(), 2U);
    EXPECT_FALSE(world.admit(user, 5s).has_value());
}

TEST(Governor, AClockSetBackDoesNotBlockTheLine) {
    Small world;
    world.clock.advance(24h);
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(world.governor.take_place(user, 5s).admitted);
    }
    world.clock.advance(-24h);
    EXPECT_TRUE(world.governor.take_place(user, 5s).admitted);
}

/// A governor whose sleepers never wake: everybody stays in line.
struct Crowded : World {
    asio::io_context shard{1};
    Governor governor;
    int refused = 0;

    explicit Crowded(CallBudget budget)
        : governor("crowded", budget, states, sleepless(), report) {}
    Timing sleepless() {
        Timing made = timing;
        made.sleep = [this](std::chrono::milliseconds) -> Task<void> {
            return forever(shard.get_executor());
        };
        return made;
    }
    static Task<void> forever(Executor on) {
        asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                                   Executor>
            never(on, std::chrono::steady_clock::time_point::max());
        co_await never.async_wait(use_task);
    }
    void users_come(int count) {
        for (int i = 0; i < count; ++i) {
            asio::co_spawn(shard, governor.admit(user, 5s), [this](std::exception_ptr, Result<> admitted) {
                refused += !admitted && admitted.error().code == Errc::rate_limited ? 1 : 0;
            });
        }
        shard.poll();
    }
};

TEST(Governor, TheLineIsBounded) {
    Crowded world{{}};
    world.governor.close_until(world.clock.now() + 3s, world.shard.get_executor());
    world.users_come(300);
    EXPECT_EQ(world.refused, 300 - 256);
}

TEST(Governor, AFullLineTakesNoPlaces) {
    Crowded world{{257, 30s}};
    world.governor.close_until(world.clock.now() + 3s, world.shard.get_executor());
    world.users_come(300);
    EXPECT_EQ(world.refused, 300 - 256);
    world.clock.advance(3s);
    EXPECT_TRUE(world.governor.take_place(user, 0s).admitted); // the one that the line left
    EXPECT_FALSE(world.governor.take_place(user, 0s).admitted);
}

} // namespace
} // namespace personalify::spotify

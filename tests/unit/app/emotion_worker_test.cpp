#include "unit/app/fake_emotions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace personalify::app {

namespace {

using namespace test;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using enum TimeRange;

class EmotionWorkerTest : public ::testing::Test {
protected:
    EmotionWorkerTest() { world_.store_tops(ada_, short_term); }

    std::string enqueue(UserId user, TimeRange range = short_term, bool extended = false) {
        return run(it_.jobs.enqueue(std::move(user), range, extended)).value().id;
    }
    bool work() { return run(it_.worker.run_next()); }
    const Job& job(std::size_t index = 0) const { return it_.job_store.jobs.at(index); }

    World world_;
    UserId ada_ = world_.sign_up("ada");
    EmotionWorld it_{world_};
};

} // namespace

TEST_F(EmotionWorkerTest, IsPatientWithABusyEngine) {
    for (const Errc code : {Errc::overloaded, Errc::upstream_unavailable, Errc::rate_limited}) {
        it_.readings.kept.clear();
        it_.engine.calls = 0;
        it_.engine.fail_times(3, code, 9s);
        enqueue(ada_);
        EXPECT_TRUE(work());
        EXPECT_EQ(it_.engine.calls, 4);
        EXPECT_EQ(it_.job_store.jobs.back().state, JobState::done);
    }
    EXPECT_THAT(it_.reported, IsEmpty());
}

TEST_F(EmotionWorkerTest, GivesUpAfterAWhileAndLetsTheEngineRest) {
    it_.engine.fail_times(100, Errc::upstream_unavailable);
    enqueue(ada_);
    EXPECT_TRUE(work());
    EXPECT_EQ(it_.engine.calls, 4);
    EXPECT_EQ(job().state, JobState::failed);
    EXPECT_EQ(job().error, "The engine is away.");
    EXPECT_THAT(it_.reported, ElementsAre("emotions.job scripted"));

    // Dashboards and syncs leave it alone; whoever asks for an analysis gets one attempt.
    run(it_.emotions.summary(ada_, short_term, {"a"}, false));
    EXPECT_THAT(it_.job_store.jobs, SizeIs(1));
    enqueue(ada_);
    EXPECT_TRUE(work());
    EXPECT_EQ(it_.engine.calls, 5);
    world_.clock.advance(TitleReader::first_rest);
    EXPECT_FALSE(it_.titles.is_resting()) << "that attempt made it no longer";
    run(it_.emotions.summary(ada_, short_term, {"a"}, false));
    EXPECT_THAT(it_.job_store.jobs, SizeIs(3));
    it_.engine.failures.clear();
    EXPECT_TRUE(work());
    EXPECT_EQ(job(2).state, JobState::done);
}

TEST_F(EmotionWorkerTest, RestsAreBounded) {
    for (int i = 0; i < 30; ++i) {
        it_.titles.rest();
    }
    world_.clock.advance(TitleReader::longest_rest);
    EXPECT_FALSE(it_.titles.is_resting());
}

TEST_F(EmotionWorkerTest, FaultsAreNotTriedAgainAndNotTold) {
    it_.engine.fail_times(1, Errc::internal);
    enqueue(ada_);
    EXPECT_TRUE(work());
    EXPECT_EQ(it_.engine.calls, 1);
    EXPECT_EQ(job().state, JobState::failed);
    EXPECT_EQ(job().error, "The titles could not be read.");
    EXPECT_FALSE(it_.titles.is_resting());
}

TEST_F(EmotionWorkerTest, SurvivesAnEngineThatThrows) {
    it_.engine.throws = true;
    enqueue(ada_);
    EXPECT_TRUE(work());
    EXPECT_EQ(job().state, JobState::failed);
    EXPECT_EQ(job().error, "The titles could not be read.");
    EXPECT_THAT(it_.reported, ElementsAre("emotions.job the model broke"));
}

TEST_F(EmotionWorkerTest, WhatIsReadIsKeptWhenTheRestFails) {
    world_.spotify.tracks = {track("1"), track("2"), track("3"), track("4"),
                             track("5"), track("6"), track("7")};
    world_.store_tops(ada_, short_term);
    it_.engine.meanwhile = [this]() -> Task<void> {
        it_.engine.fail_times(100, Errc::upstream_unavailable);
        co_return;
    };
    enqueue(ada_);
    work();
    EXPECT_EQ(job().state, JobState::failed);
    EXPECT_EQ(it_.readings.kept.size(), 5U);
    it_.engine.failures.clear();
    it_.engine.batches.clear();
    enqueue(ada_);
    work();
    EXPECT_EQ(job(1).state, JobState::done);
    EXPECT_THAT(it_.engine.batches, ElementsAre(ElementsAre("track 6", "track 7")));
}

TEST_F(EmotionWorkerTest, AJobThatBecomesExtendedGoesOn) {
    world_.spotify.tracks.clear();
    for (int i = 0; i < 15; ++i) {
        world_.spotify.tracks.push_back(track(std::to_string(i)));
    }
    world_.store_tops(ada_, short_term);
    it_.engine.meanwhile = [this]() -> Task<void> { co_await it_.jobs.enqueue(ada_, short_term, true); };
    enqueue(ada_);
    EXPECT_TRUE(work());
    ASSERT_THAT(it_.job_store.jobs, SizeIs(1));
    EXPECT_EQ(job().state, JobState::done);
    EXPECT_EQ(job().steps, 15);
    EXPECT_EQ(it_.readings.kept.size(), 15U);
    EXPECT_TRUE((world_.library.stored[{ada_, short_term}].all_titles));
}

TEST_F(EmotionWorkerTest, ASyncMeanwhileGetsItsOwnTitlesRead) {
    it_.engine.meanwhile = [this]() -> Task<void> {
        world_.clock.advance(1s);
        world_.spotify.tracks = {track("new")};
        world_.store_tops(ada_, short_term);
        co_return;
    };
    it_.engine.labels = {{"track new", "pride"}};
    enqueue(ada_);
    EXPECT_TRUE(work());
    EXPECT_EQ(job().state, JobState::done);
    EXPECT_EQ(job().result->top[0].label, "Lionhearted Pride");
}

TEST_F(EmotionWorkerTest, WithoutTracksThereIsNothingToDo) {
    enqueue(ada_, long_term);
    EXPECT_TRUE(work());
    EXPECT_EQ(job().state, JobState::failed);
    EXPECT_EQ(job().error, "No data found for analysis");
}

TEST_F(EmotionWorkerTest, AJobWhoseUserGoesJustEnds) {
    it_.engine.meanwhile = [this]() -> Task<void> {
        it_.job_store.jobs.clear();
        co_return;
    };
    enqueue(ada_);
    EXPECT_TRUE(work());
    EXPECT_THAT(it_.job_store.jobs, IsEmpty());
    EXPECT_THAT(it_.reported, IsEmpty());
}

namespace {

/// Lets the worker work on a loop until `enough`, or for as long as anybody would wait.
template <class Enough>
void work_until(EmotionWorker& worker, asio::io_context& loop, Enough enough) {
    asio::co_spawn(loop.get_executor(), worker.work(loop.get_executor()), [](std::exception_ptr) { FAIL(); });
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (!enough() && std::chrono::steady_clock::now() < until) {
        loop.run_one_for(10ms);
    }
}

} // namespace

TEST_F(EmotionWorkerTest, TakesUpWhatACrashInterrupted) {
    enqueue(ada_);
    ASSERT_TRUE(run(it_.job_store.start_next(noon)).value());
    asio::io_context loop{1};
    work_until(it_.worker, loop, [this] { return job().is_over(); });
    EXPECT_EQ(job().state, JobState::done);
}

TEST_F(EmotionWorkerTest, WakesWhenAJobIsQueued) {
    const UserId bob = world_.sign_up("bob");
    world_.store_tops(bob, short_term);
    asio::io_context loop{1};
    enqueue(ada_);
    bool queued = false;
    work_until(it_.worker, loop, [&] {
        if (job().is_over() && !std::exchange(queued, true)) {
            loop.poll(); // it waits
            enqueue(bob);
        }
        return it_.job_store.jobs.size() == 2 && job(1).is_over();
    });
    EXPECT_EQ(job(1).state, JobState::done);
}

TEST_F(EmotionWorkerTest, JobsAreTheirOwnersAlone) {
    const std::string id = enqueue(ada_);
    const auto own = run(it_.jobs.show(world_.caller(ada_), id));
    ASSERT_TRUE(own);
    EXPECT_EQ(own->id, id);
    for (const Caller& caller : {world_.caller(world_.sign_up("bob")), Caller{}}) {
        const auto foreign = run(it_.jobs.show(caller, id));
        const auto unknown = run(it_.jobs.show(caller, "unknown"));
        EXPECT_EQ(error_of(foreign), Errc::not_found);
        EXPECT_EQ(foreign.error().detail, unknown.error().detail);
        EXPECT_EQ(error_of(run(it_.jobs.follow(caller, id))), Errc::not_found);
    }
}

TEST_F(EmotionWorkerTest, JobsAreForgottenADayAfterTheirEnd) {
    enqueue(ada_);
    work();
    world_.clock.advance(24h);
    EXPECT_EQ(run(it_.jobs.sweep()), 0);
    world_.clock.advance(1ms);
    EXPECT_EQ(run(it_.jobs.sweep()), 1);
}

} // namespace personalify::app

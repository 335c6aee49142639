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
using Pairs = std::vector<std::pair<int, int>>;

constexpr const char* joyful = "Shades of golden <b>joy</b>, dawning <b>hope</b>, indigo <b>sorrow</b>.";

class TitleEmotionsTest : public ::testing::Test {
protected:
    /// Ada's tops: tracks "Track 1", "Track 2", ...
    void store(int tracks, TimeRange range = short_term, std::chrono::milliseconds age = {}) {
        world_.spotify.tracks.clear();
        for (int i = 1; i <= tracks; ++i) {
            world_.spotify.tracks.push_back(track(std::to_string(i)));
        }
        world_.store_tops(ada_, range, age);
    }
    std::vector<std::string> titles() const { return titles_of(world_.spotify.tracks); }
    std::optional<EmotionSummary> summary(bool all = false) {
        return run(it_.emotions.summary(ada_, short_term, titles(), all));
    }
    Result<Analysis> analyze(bool extended = false, std::chrono::milliseconds patience = 0ms) {
        return run(it_.emotions.analyze(as_ada(), ada_, short_term, extended, patience));
    }
    bool work() { return run(it_.worker.run_next()); }
    int work_off() {
        int jobs = 0;
        while (work()) {
            ++jobs;
        }
        return jobs;
    }
    Caller as_ada() { return world_.caller(ada_); }
    const Job& last_job() const { return it_.job_store.jobs.back(); }
    DashboardCache::Value dashboard() { return run(real_.show(as_ada(), ada_, short_term)).value(); }

    World world_;
    UserId ada_ = world_.sign_up("ada");
    EmotionWorld it_{world_};
    SyncService sync_{world_.users, world_.library, world_.history_store, world_.cache,
                      it_.emotions, world_.spotify, world_.tokens,        world_.clock};
    DashboardService real_{world_.users, world_.library,    world_.cache, it_.emotions,
                           sync_,        world_.visibility, world_.clock};
};

} // namespace

TEST_F(TitleEmotionsTest, UnknownTitlesArePendingAndQueued) {
    store(12);
    EXPECT_EQ(summary(), std::nullopt);
    EXPECT_EQ(summary(), std::nullopt);
    ASSERT_THAT(it_.job_store.jobs, SizeIs(1));
    EXPECT_EQ(last_job().user, ada_);
    EXPECT_EQ(last_job().range, short_term);
    EXPECT_FALSE(last_job().extended);
    EXPECT_EQ(last_job().id.size(), 43U);
    EXPECT_EQ(it_.engine.calls, 0) << "nobody waits for a reading";
}

TEST_F(TitleEmotionsTest, TheJobReadsTheFirstTenAndTheRestIsKnown) {
    store(12);
    it_.engine.labels = {{"track 1", "fear"}, {"track 2", "fear"}, {"track 11", "anger"}};
    summary();
    EXPECT_TRUE(work());
    EXPECT_FALSE(work());
    EXPECT_EQ(it_.readings.kept.size(), 10U);
    EXPECT_EQ(it_.readings.most_kept, 200'000);
    EXPECT_EQ(it_.job_store.progress, (Pairs{{0, 10}, {5, 10}, {10, 10}}));
    EXPECT_EQ(last_job().state, JobState::done);
    const auto known = summary();
    ASSERT_TRUE(known.has_value());
    EXPECT_EQ(known, last_job().result);
    EXPECT_EQ(known->top[0], (Emotion{"Golden Joy", 0.8}));
    EXPECT_EQ(known->top[1], (Emotion{"Midnight Dread", 0.2}));
    EXPECT_THAT(it_.job_store.jobs, SizeIs(1));
}

TEST_F(TitleEmotionsTest, OnlyUnknownTitlesAreReadEachOnce) {
    store(3);
    world_.spotify.tracks[2].name = "TRACK 1 (Live)";
    world_.store_tops(ada_, short_term);
    it_.readings.kept[{"fake-1", "track 2"}] = {};
    it_.readings.kept[{"fake-0", "track 1"}] = {}; // of another model
    summary();
    work_off();
    EXPECT_THAT(it_.engine.batches, ElementsAre(ElementsAre("track 1")));
}

TEST_F(TitleEmotionsTest, WhatWasReadWithoutAServiceIsShownAndReadAgainLater) {
    store(2);
    it_.engine.provisional = true;
    it_.engine.labels = {{"track 1", "fear"}, {"track 2", "fear"}};
    summary();
    work_off();
    const std::optional<EmotionSummary> first = summary();
    ASSERT_TRUE(first);
    EXPECT_EQ(work_off(), 0) << "not again at once";

    world_.clock.advance(TitleReader::provisional_for);
    it_.engine.provisional = false;
    it_.engine.labels = {{"track 1", "joy"}, {"track 2", "joy"}};
    EXPECT_EQ(summary(), first) << "shown until there is better";
    EXPECT_EQ(work_off(), 1);
    EXPECT_NE(summary(), first);
    world_.clock.advance(TitleReader::provisional_for);
    summary();
    EXPECT_EQ(work_off(), 0) << "now it is known for good";
}

TEST_F(TitleEmotionsTest, ACrowdDoesNotPutTheEngineToRest) {
    store(2);
    it_.engine.fail_times(4, Errc::overloaded);
    summary();
    work_off();
    EXPECT_FALSE(it_.titles.is_resting());
}

TEST_F(TitleEmotionsTest, NoTracksAreNothingToRead) {
    EXPECT_EQ(run(it_.emotions.summary(ada_, short_term, {}, false)), std::nullopt);
    EXPECT_THAT(it_.job_store.jobs, IsEmpty());
}

TEST_F(TitleEmotionsTest, StoragesTroubleIsPendingAndReported) {
    store(3);
    it_.readings.failure = Error{Errc::internal, "no", "the disk is full"};
    EXPECT_EQ(summary(), std::nullopt);
    EXPECT_THAT(it_.reported, ElementsAre("emotions.titles the disk is full"));
    it_.readings.failure.reset();
    it_.job_store.failure = Error{Errc::overloaded, "no", "too many jobs"};
    EXPECT_EQ(summary(), std::nullopt);
    EXPECT_THAT(it_.reported, SizeIs(2));
}

TEST_F(TitleEmotionsTest, DashboardAndHistoryGetTheResult) {
    world_.spotify.turns = 0;
    ASSERT_TRUE(run(sync_.sync(ada_, short_term, 20, Urgency::user_request)));
    EXPECT_EQ(dashboard()->emotion_paragraph, pending_emotion_paragraph);
    EXPECT_EQ(world_.history_store.entries[ada_][0].document.emotion_paragraph, pending_emotion_paragraph);
    EXPECT_EQ(work_off(), 1) << "the sync asked for it, and the dashboard joined";
    EXPECT_EQ(dashboard()->emotion_paragraph, joyful);
    EXPECT_EQ(dashboard()->top_emotions.front(), (Emotion{"Golden Joy", 1}));
    const SyncDocument& document = world_.history_store.entries[ada_][0].document;
    EXPECT_EQ(document.emotion_paragraph, joyful);
    EXPECT_EQ(document.top_emotions, dashboard()->top_emotions);
}

TEST_F(TitleEmotionsTest, ASyncOfKnownTitlesIsInTheHistoryAtOnce) {
    ASSERT_TRUE(run(sync_.sync(ada_, short_term, 20, Urgency::user_request)));
    work_off();
    world_.clock.advance(1h);
    ASSERT_TRUE(run(sync_.sync(ada_, short_term, 20, Urgency::user_request)));
    EXPECT_EQ(world_.history_store.entries[ada_][0].document.emotion_paragraph, joyful);
    EXPECT_EQ(dashboard()->emotion_paragraph, joyful);
    EXPECT_FALSE(work());
}

TEST_F(TitleEmotionsTest, APendingDashboardIsSoonComposedAnew) {
    store(3);
    EXPECT_EQ(dashboard()->emotion_paragraph, pending_emotion_paragraph);
    it_.job_store.jobs.clear();
    world_.clock.advance(DashboardService::pending_lifetime - 1s);
    dashboard();
    EXPECT_THAT(it_.job_store.jobs, IsEmpty()) << "from the cache";
    world_.clock.advance(1s);
    dashboard();
    EXPECT_THAT(it_.job_store.jobs, SizeIs(1));
}

TEST_F(TitleEmotionsTest, AnExtendedAnalysisStaysOnTheDashboardUntilTheNextSync) {
    store(20);
    for (int i = 1; i <= 20; ++i) {
        it_.engine.labels["track " + std::to_string(i)] = i <= 10 ? "joy" : "grief";
    }
    summary();
    work_off();
    EXPECT_EQ(dashboard()->top_emotions[0].score, 1);
    ASSERT_TRUE(analyze(true));
    EXPECT_EQ(it_.job_store.jobs.size(), 2U);
    work_off();
    EXPECT_EQ(last_job().result->top[0].score, 0.5);
    EXPECT_EQ(it_.job_store.progress.back(), (std::pair{20, 20}));
    EXPECT_EQ(dashboard()->top_emotions[0].score, 0.5);
    EXPECT_EQ(analyze(false)->emotions->top[0].score, 1) << "who asks for ten gets ten";
    EXPECT_EQ(dashboard()->top_emotions[0].score, 0.5);
    store(20);
    run(world_.cache.erase(ada_));
    EXPECT_EQ(dashboard()->top_emotions[0].score, 1);
}

TEST_F(TitleEmotionsTest, AnAnalysisOfKnownTitlesNeedsNoJob) {
    store(20);
    ASSERT_EQ(dashboard()->emotion_paragraph, pending_emotion_paragraph);
    it_.job_store.jobs.clear();
    for (int i = 1; i <= 20; ++i) {
        it_.readings.kept[{"fake-1", "track " + std::to_string(i)}] = {};
    }
    const auto analysis = analyze();
    ASSERT_TRUE(analysis);
    EXPECT_TRUE(analysis->emotions.has_value());
    EXPECT_EQ(dashboard()->emotion_paragraph, analysis->emotions->paragraph) << "the cached one went";
    ASSERT_TRUE(analyze(true));
    EXPECT_TRUE((world_.library.stored[{ada_, short_term}].all_titles));
    EXPECT_THAT(it_.job_store.jobs, IsEmpty());
}

TEST_F(TitleEmotionsTest, AnAnalysisWaitsForItsJobAndNoLonger) {
    store(3);
    const auto late = analyze(false, 1ms);
    ASSERT_TRUE(late);
    EXPECT_EQ(late->emotions, std::nullopt);
    EXPECT_EQ(late->job, last_job().id);
    it_.engine.turns = 20;
    std::vector<Task<Result<Analysis>>> asking;
    for (int i = 0; i < 3; ++i) {
        asking.push_back(it_.emotions.analyze(as_ada(), ada_, short_term, false, 10s));
    }
    asking.push_back([](EmotionWorld& it) -> Task<Result<Analysis>> {
        co_await it.worker.run_next();
        co_return Analysis{};
    }(it_));
    const auto answers = run_all(std::move(asking));
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(answers[static_cast<std::size_t>(i)]->emotions->paragraph, joyful);
    }
    EXPECT_EQ(it_.engine.calls, 1);
    EXPECT_THAT(it_.job_store.jobs, SizeIs(1));
}

TEST_F(TitleEmotionsTest, WhoAskedForTenGetsTenFromASharedJob) {
    store(20);
    for (int i = 11; i <= 20; ++i) {
        it_.engine.labels["track " + std::to_string(i)] = "anger";
    }
    std::vector<Task<Result<Analysis>>> asking;
    asking.push_back(it_.emotions.analyze(as_ada(), ada_, short_term, true, 10s));
    asking.push_back(it_.emotions.analyze(as_ada(), ada_, short_term, false, 10s));
    asking.push_back([](EmotionWorld& it) -> Task<Result<Analysis>> {
        co_await pass_turns(5);
        co_await it.worker.run_next();
        co_return Analysis{};
    }(it_));
    const auto answers = run_all(std::move(asking));
    EXPECT_THAT(it_.job_store.jobs, SizeIs(1));
    EXPECT_EQ(answers[0]->emotions->top.size(), 3U);
    EXPECT_NEAR(answers[0]->emotions->top.front().score, 0.5, 1e-6);
    EXPECT_EQ(answers[1]->emotions->paragraph, joyful);
}

TEST_F(TitleEmotionsTest, NobodyElseAndNobodyWithoutData) {
    EXPECT_EQ(error_of(analyze()), Errc::not_found);
    store(0);
    EXPECT_EQ(error_of(analyze()), Errc::not_found);
    store(3);
    const UserId bob = world_.sign_up("bob");
    for (const Caller& caller : {world_.caller(bob), Caller{}}) {
        const auto foreign = run(it_.emotions.analyze(caller, ada_, short_term, false, 0ms));
        ASSERT_FALSE(foreign);
        EXPECT_EQ(foreign.error().detail, "No data found for analysis");
    }
    EXPECT_THAT(it_.job_store.jobs, IsEmpty());
}

TEST_F(TitleEmotionsTest, AFailedAnalysisSaysSo) {
    store(3);
    it_.engine.fail_times(100, Errc::upstream_unavailable);
    EXPECT_TRUE(analyze()) << "pending";
    work_off();
    EXPECT_EQ(last_job().state, JobState::failed);
    EXPECT_EQ(last_job().error, "The engine is away.");
    std::vector<Task<Result<Analysis>>> asking;
    asking.push_back(it_.emotions.analyze(as_ada(), ada_, short_term, false, 10s));
    asking.push_back([](EmotionWorld& it) -> Task<Result<Analysis>> {
        co_await pass_turns(5);
        co_await it.worker.run_next();
        co_return Analysis{};
    }(it_));
    const auto answers = run_all(std::move(asking));
    ASSERT_FALSE(answers[0]);
    EXPECT_EQ(answers[0].error().code, Errc::upstream_unavailable);
    EXPECT_EQ(answers[0].error().detail, "The engine is away.");
    EXPECT_EQ(answers[0].error().retry_after, TitleReader::first_rest) << "when the engine has rested";
}

} // namespace personalify::app

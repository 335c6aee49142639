#include "app/player_state.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

#include <random>

namespace personalify::app {
namespace {

using namespace test;

class PlayerStateTest : public ::testing::Test {
protected:
    static Playing playing(std::string id, std::chrono::milliseconds progress,
                           std::chrono::milliseconds duration = 200s) {
        return {.what = Playing::What::track,
                .is_playing = true,
                .track = {.id = std::move(id), .name = "Name", .duration_ms = duration.count()},
                .progress_ms = progress.count()};
    }
    static Playing paused(std::string id, std::chrono::milliseconds progress) {
        Playing made = playing(std::move(id), progress);
        made.is_playing = false;
        return made;
    }
    /// An answer that took no time.
    bool tell(Result<Playing> answer) { return state.apply(std::move(answer), now, now, 0.0); }
    bool fails(Errc code, std::optional<std::chrono::seconds> retry_after = std::nullopt) {
        return tell(fail(code, "Spotify says no.", "", retry_after));
    }
    std::chrono::milliseconds due(const PlayerPace& pace = {}) const { return state.until_due(now, pace); }

    PlayerState state{3s};
    TimePoint now = noon;
};

TEST_F(PlayerStateTest, KnowsNothingAtFirst) {
    EXPECT_FALSE(state.has_answer());
    EXPECT_TRUE(state.may_ask(now, 1s));
    EXPECT_EQ(due(), 0s);
    EXPECT_EQ(state.version(), 0U);
}

TEST_F(PlayerStateTest, ExtrapolatesFromTheMiddleOfTheQuestion) {
    EXPECT_TRUE(state.apply(playing("a", 10s), now, now + 400ms, 0.0));
    EXPECT_EQ(state.view(now + 200ms).playing.progress_ms, 10'000);
    EXPECT_EQ(state.view(now + 5200ms).playing.progress_ms, 15'000);
    EXPECT_EQ(state.view(now + 1h).playing.progress_ms, 200'000) << "never beyond the end";
    EXPECT_FALSE(state.may_ask(now + 999ms, 1s));
    EXPECT_TRUE(state.may_ask(now + 1s, 1s));
    EXPECT_TRUE(state.may_ask(now - 1h, 1s)) << "the clock was set back";
    EXPECT_EQ(state.until_due(now - 1h, {}), 0s);
}

TEST_F(PlayerStateTest, ProgressThatIsNotToldRunsOn) {
    tell(playing("a", 10s));
    now += 3s;
    Playing untold = playing("a", 0s);
    untold.progress_ms.reset();
    EXPECT_FALSE(tell(untold));
    EXPECT_EQ(state.view(now).playing.progress_ms, 13'000);
    untold.track.id = "b";
    EXPECT_TRUE(tell(untold));
    EXPECT_EQ(state.view(now).playing.progress_ms, 0);
}

TEST_F(PlayerStateTest, CountsWhatIsNews) {
    EXPECT_TRUE(tell(playing("a", 10s)));
    now += 3s;
    EXPECT_FALSE(tell(playing("a", 13s)));
    for (int i = 0; i < 3; ++i) { // each step is small, together they are a seek for who was told 10 s
        now += 3s;
        EXPECT_EQ(tell(playing("a", 16s + i * 3s + (i + 1) * 900ms)), i == 2) << i;
    }
    now += 3s;
    EXPECT_TRUE(tell(paused("a", 28s)));
    now += 9s;
    EXPECT_FALSE(tell(paused("a", 28s)));
    EXPECT_TRUE(tell(Playing{}));
    EXPECT_FALSE(tell(Playing{}));
    EXPECT_EQ(state.version(), 4U);
}

TEST_F(PlayerStateTest, LooksLessOftenAtWhatDoesNotMove) {
    tell(playing("a", 10s));
    EXPECT_EQ(due(), 3s);
    EXPECT_EQ(due({4.0}), 12s);
    tell(paused("a", 10s));
    EXPECT_EQ(due(), 9s);
    tell(Playing{});
    EXPECT_EQ(due(), 9s) << "who sits in silence should not miss the start";
    EXPECT_EQ(due({2.0}), 30s) << "where looks are scarce it comes last";
    tell(Playing{.what = Playing::What::ad, .is_playing = true, .progress_ms = 29'000});
    EXPECT_EQ(due(), 3s);
}

TEST_F(PlayerStateTest, LooksWhenATrackEnds) {
    tell(playing("a", 198s));
    EXPECT_EQ(due(), 2200ms);
    EXPECT_EQ(due({10.0}), 2200ms);
    EXPECT_EQ(due({10.0, false}), 30s);
    now += 2200ms;
    EXPECT_EQ(due(), 0s);
    EXPECT_TRUE(tell(playing("b", 200ms)));
    EXPECT_EQ(due(), 3s);
}

TEST_F(PlayerStateTest, AnEndThatDoesNotComeIsWaitedForInSecondsAndNotForEver) {
    tell(playing("a", 199'900ms));
    EXPECT_EQ(due(), 300ms);
    std::vector<std::chrono::milliseconds> waits;
    for (int i = 0; i < 6; ++i) {
        now += due();
        EXPECT_FALSE(tell(playing("a", 199'950ms)));
        waits.push_back(due());
    }
    EXPECT_EQ(waits, (std::vector<std::chrono::milliseconds>{1s, 1s, 1s, 3s, 3s, 3s}));
    EXPECT_TRUE(tell(playing("a", 50s))) << "again from somewhere else";
    tell(playing("a", 199s));
    EXPECT_EQ(due(), 1200ms);
}

TEST_F(PlayerStateTest, AFailureIsHeldBackWhileThereIsSomethingToShow) {
    tell(playing("a", 10s));
    now += 3s;
    EXPECT_FALSE(fails(Errc::upstream_unavailable));
    EXPECT_EQ(state.view(now).error, "");
    EXPECT_EQ(state.view(now).playing.progress_ms, 13'000);
    EXPECT_TRUE(state.is_good(now));
    EXPECT_FALSE(state.is_good(noon + 30s));
    EXPECT_EQ(state.view(noon + 30s).error, "Spotify says no.");
    now = noon + 31s;
    EXPECT_TRUE(fails(Errc::upstream_unavailable)) << "now it is news";
    EXPECT_FALSE(fails(Errc::upstream_unavailable));
    EXPECT_TRUE(tell(playing("a", 41s)));
    EXPECT_EQ(state.view(now).error, "");
}

TEST_F(PlayerStateTest, WithNothingToShowAFailureIsShown) {
    EXPECT_TRUE(fails(Errc::upstream_unavailable));
    EXPECT_EQ(state.view(now).error, "Spotify says no.");
    EXPECT_FALSE(state.view(now).playing.is_playing);
    EXPECT_TRUE(state.has_answer());
}

TEST_F(PlayerStateTest, ALostConsentIsShownAtOnce) {
    for (const Errc code : {Errc::unauthenticated, Errc::forbidden}) {
        tell(playing("a", 10s));
        EXPECT_TRUE(fails(code));
        EXPECT_EQ(state.view(now).error, "Spotify says no.");
    }
}

TEST_F(PlayerStateTest, BacksOffWithinBounds) {
    std::vector<std::chrono::milliseconds> waits;
    for (int i = 0; i < 9; ++i) {
        fails(Errc::upstream_unavailable);
        EXPECT_FALSE(state.may_ask(now, 0s));
        waits.push_back(due());
        now += due();
        EXPECT_TRUE(state.may_ask(now, 1h));
    }
    EXPECT_EQ(waits, (std::vector<std::chrono::milliseconds>{1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s, 60s}));
    tell(playing("a", 10s));
    fails(Errc::upstream_unavailable);
    EXPECT_EQ(due(), 1s) << "forgotten after a success";
    state.apply(fail(Errc::upstream_unavailable, ""), now, now, 0.999);
    EXPECT_GT(due(), 2s);
    EXPECT_LE(due(), 2500ms);
    now -= 1h; // the clock was set back
    EXPECT_TRUE(state.may_ask(now, 0s));
}

TEST_F(PlayerStateTest, WaitsAsLongAsItIsToldButLooksAgainWithinAMinute) {
    fails(Errc::rate_limited, 7s);
    EXPECT_EQ(due(), 7s);
    fails(Errc::rate_limited, 48'925s);
    EXPECT_EQ(due(), 60s);
    fails(Errc::rate_limited, 0s);
    EXPECT_EQ(due(), 4s);
}

TEST_F(PlayerStateTest, ASpentBudgetIsNoTrouble) {
    EXPECT_FALSE(fails(budget_spent, 5s)) << "nothing to tell yet";
    EXPECT_EQ(state.version(), 0U);
    EXPECT_EQ(state.view(now).error, "Spotify says no.") << "for who asks";
    tell(playing("a", 10s));
    for (int i = 0; i < 10; ++i) {
        EXPECT_FALSE(fails(budget_spent, 5s));
        EXPECT_EQ(due(), 5s) << "no growing waits";
        now += due();
    }
    EXPECT_EQ(state.view(now).error, "");
    EXPECT_EQ(state.view(now).playing.progress_ms, 60'000);
    EXPECT_EQ(state.view(noon + 11min).error, "Spotify says no.") << "but not for ever";
}

TEST_F(PlayerStateTest, AFullQueueOfOursIsTrouble) {
    tell(playing("a", 10s));
    fails(Errc::overloaded);
    fails(Errc::overloaded);
    EXPECT_EQ(due(), 2s) << "it backs off";
    EXPECT_EQ(state.view(noon + 30s).error, "Spotify says no.") << "and shows after half a minute";
}

TEST_F(PlayerStateTest, WhatTimeAloneChangedIsNewsOnce) {
    EXPECT_FALSE(state.tell(now)) << "nothing is known";
    tell(playing("a", 10s));
    EXPECT_FALSE(state.tell(now + 20s));
    fails(Errc::upstream_unavailable);
    now += 31s;
    EXPECT_EQ(state.version(), 1U);
    EXPECT_TRUE(state.tell(now));
    EXPECT_FALSE(state.tell(now));
    EXPECT_EQ(state.version(), 2U);
    EXPECT_TRUE(tell(playing("a", 41s))) << "the same track as before the trouble";
}

TEST_F(PlayerStateTest, ALoginForgetsWhatWasLearnedAndGoesOnCounting) {
    for (int i = 0; i < 8; ++i) {
        fails(Errc::unauthenticated);
    }
    EXPECT_FALSE(state.may_ask(now + 59s, 0s));
    state.forget();
    EXPECT_TRUE(state.may_ask(now, 1s));
    EXPECT_EQ(due(), 0s);
    EXPECT_FALSE(state.has_answer());
    EXPECT_FALSE(state.has_told());
    EXPECT_EQ(state.version(), 1U);
    EXPECT_TRUE(tell(playing("a", 10s)));
    EXPECT_EQ(state.version(), 2U);
    state.forget();
    EXPECT_TRUE(tell(playing("a", 10s))) << "whoever came between has to be told";
}

TEST_F(PlayerStateTest, AsksForLooksByWhatPlays) {
    tell(playing("a", 10s));
    EXPECT_EQ(state.wanted().paced, 333'333);
    EXPECT_EQ(state.wanted().at_ends, 5'000) << "every 200 s";
    tell(paused("a", 10s));
    EXPECT_EQ(state.wanted().paced, 111'111);
    EXPECT_EQ(state.wanted().at_ends, 0);
    tell(Playing{});
    EXPECT_EQ(state.wanted().paced, 111'111);
    fails(Errc::upstream_unavailable);
    EXPECT_EQ(state.wanted().paced, 100'000);
}

struct Looks {
    double per_second = 0;
    std::size_t busiest = 0; ///< in the half minute that had most of them
};

/// Listeners who come to be watched in the course of five minutes, for forty minutes of a clock of its own.
Looks looks_at(std::int64_t listeners, double looks_per_second) {
    constexpr auto track = 180s;
    PlayerLoad load{looks_per_second};
    std::minstd_rand generator;
    std::uniform_real_distribution<double> jitter{0, 1};
    std::vector<PlayerState> players(static_cast<std::size_t>(listeners), PlayerState{3s});
    std::vector<WantedLooks> wanted(players.size());
    std::vector<TimePoint> looks;
    for (TimePoint now = noon; now < noon + 40min; now += 100ms) {
        for (std::size_t i = 0; i < players.size(); ++i) {
            const std::chrono::milliseconds joined = static_cast<std::int64_t>(i) * 300'000ms / listeners;
            if (now < noon + joined || players[i].until_due(now, load.pace()) > 0ms) {
                continue;
            }
            const auto heard = now - noon + 7 * joined;
            players[i].apply(Playing{.what = Playing::What::track,
                                     .is_playing = true,
                                     .track = {.id = std::to_string(heard / track),
                                               .name = "Name",
                                               .duration_ms = std::chrono::milliseconds{track}.count()},
                                     .progress_ms = (heard % track).count()},
                             now, now, jitter(generator));
            const WantedLooks fresh = players[i].wanted();
            load.change(std::exchange(wanted[i], fresh), fresh);
            if (now >= noon + 10min) { // by then they have found their pace
                looks.push_back(now);
            }
        }
    }
    std::size_t most = 0;
    for (std::size_t from = 0, to = 0; to < looks.size(); ++to) {
        while (looks[to] - looks[from] >= 30s) {
            ++from;
        }
        most = std::max(most, to - from + 1);
    }
    return {static_cast<double>(looks.size()) / (30 * 60), most};
}

TEST(PlayerLoad, WatchedListenersLeaveRoomForThoseWhoAsk) {
    for (const int listeners : {1, 5, 6, 20, 60, 90, 150, 400}) {
        EXPECT_LE(looks_at(listeners, 1.5).per_second, 1.05) << listeners;
    }
    for (const int listeners : {1, 5, 6, 20, 60, 90}) {
        EXPECT_LT(looks_at(listeners, 1.5).busiest, 45U) << listeners << " of 45 in half a minute";
    }
    EXPECT_GE(looks_at(6, 1.5).per_second, 0.9) << "room is there to be used";
    EXPECT_GE(looks_at(2, 1.5).busiest, 20U) << "and nobody is slowed down without need";
}

} // namespace
} // namespace personalify::app

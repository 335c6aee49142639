#include "unit/app/dashboard_fixture.hpp"

namespace personalify::app {

using namespace test;
using enum TimeRange;

TEST_F(DashboardsTest, HasEverythingThatIsStored) {
    world_.store_tops(ada_, long_term, 2h);
    world_.emotions.answer = EmotionSummary{"Shades of <b>Joy</b>.", {{"Hazy Joy", 0.5}}};
    const Shown shown = show(as_ada(), ada_, long_term);
    ASSERT_TRUE(shown);
    const Dashboard& dashboard = **shown;
    EXPECT_EQ(dashboard.user, "Rani Senja");
    EXPECT_EQ(dashboard.image, "https://images.example/rani");
    EXPECT_EQ(dashboard.time_range, long_term);
    EXPECT_EQ(dashboard.artists, world_.spotify.artists);
    EXPECT_EQ(dashboard.tracks, world_.spotify.tracks);
    EXPECT_EQ(dashboard.genres, (std::vector<GenreCount>{{"indie", 2}, {"dream pop", 1}}));
    EXPECT_EQ(dashboard.genre_artists_map.front().second,
              (std::vector<std::string>{"Artist a1", "Artist a2"}));
    EXPECT_EQ(dashboard.emotion_paragraph, "Shades of <b>Joy</b>.");
    EXPECT_EQ(dashboard.top_emotions, (std::vector<Emotion>{{"Hazy Joy", 0.5}}));
    EXPECT_EQ(dashboard.synced_at, "2026-11-22T10:00:00.000Z");
    EXPECT_FALSE(dashboard.stale);
}

TEST_F(DashboardsTest, EmotionsMayBePending) {
    world_.store_tops(ada_, short_term);
    const Shown shown = show(as_ada(), ada_);
    ASSERT_TRUE(shown);
    EXPECT_EQ((*shown)->emotion_paragraph, "Vibe analysis is getting ready...");
    EXPECT_TRUE((*shown)->top_emotions.empty());
}

TEST_F(DashboardsTest, ComesFromTheCacheThenStorageThenASync) {
    ASSERT_TRUE(show(as_ada(), ada_));
    EXPECT_EQ(world_.spotify.calls, 2) << "nothing was stored: a sync";
    EXPECT_EQ(world_.library.reads, 2);
    ASSERT_TRUE(show(as_ada(), ada_));
    EXPECT_EQ(world_.library.reads, 2) << "from the cache";
    world_.clock.advance(DashboardService::cache_lifetime);
    ASSERT_TRUE(show(as_ada(), ada_));
    EXPECT_EQ(world_.library.reads, 3) << "from storage";
    EXPECT_EQ(world_.spotify.calls, 2);
}

TEST_F(DashboardsTest, AFailingFirstSyncIsTheAnswer) {
    for (const Errc code : {Errc::forbidden, Errc::rate_limited, Errc::upstream_unavailable}) {
        world_.spotify.on_tops = tops_fail(code, 9s);
        const Shown shown = show(as_ada(), ada_);
        ASSERT_FALSE(shown);
        EXPECT_EQ(shown.error().code, code);
        EXPECT_EQ(shown.error().retry_after, 9s);
    }
}

TEST_F(DashboardsTest, AfterADayItIsStaleAndSyncedBehindTheAnswer) {
    world_.store_tops(ada_, short_term, 24h + 1s);
    const Shown stale = show(as_ada(), ada_);
    ASSERT_TRUE(stale);
    EXPECT_TRUE((*stale)->stale);
    EXPECT_EQ(world_.spotify.calls, 2); // run() returns when nothing is left to do
    EXPECT_EQ(world_.spotify.urgencies, std::vector{Urgency::background});
    const Shown fresh = show(as_ada(), ada_);
    ASSERT_TRUE(fresh);
    EXPECT_FALSE((*fresh)->stale);
    EXPECT_EQ((*fresh)->synced_at, to_rfc3339(noon));
}

TEST_F(DashboardsTest, UpToADayItIsFresh) {
    world_.store_tops(ada_, short_term, 24h);
    const Shown shown = show(as_ada(), ada_);
    ASSERT_TRUE(shown);
    EXPECT_FALSE((*shown)->stale);
    EXPECT_EQ(world_.spotify.calls, 0);
}

TEST_F(DashboardsTest, TheCacheNeverHidesThatItTurnedStale) {
    for (const std::chrono::milliseconds left : {std::chrono::milliseconds{5min}, 999ms, 0ms}) {
        world_.store_tops(ada_, short_term, 24h - left);
        run(world_.cache.erase(ada_));
        ASSERT_FALSE((*show(as_ada(), ada_))->stale);
        world_.clock.advance(left + 1s);
        EXPECT_TRUE((*show(as_ada(), ada_))->stale) << left.count();
    }
}

TEST_F(DashboardsTest, AStaleAnswerIsCachedForAMinute) {
    world_.spotify.on_tops = tops_fail(Errc::upstream_unavailable);
    world_.store_tops(ada_, short_term, 48h);
    ASSERT_TRUE(show(as_ada(), ada_));
    const int reads = world_.library.reads;
    world_.clock.advance(59s);
    EXPECT_TRUE((*show(as_ada(), ada_))->stale);
    EXPECT_EQ(world_.library.reads, reads);
    world_.clock.advance(1s);
    EXPECT_TRUE((*show(as_ada(), ada_))->stale);
    EXPECT_EQ(world_.library.reads, reads + 1);
}

TEST_F(DashboardsTest, OthersSeeItOnlyWhenItIsShared) {
    world_.store_tops(ada_, short_term);
    const Caller bob = world_.caller(world_.sign_up("bob"));
    for (const Caller& visitor : {Caller{}, bob}) {
        world_.users.users[ada_].sharing = std::nullopt;
        EXPECT_EQ(error_of(show(visitor, ada_)), Errc::not_found);
        world_.users.users[ada_].sharing = true;
        EXPECT_TRUE(show(visitor, ada_));
        world_.users.users[ada_].sharing = false;
        EXPECT_EQ(error_of(show(visitor, ada_)), Errc::not_found) << "at once, although it is cached";
    }
    EXPECT_TRUE(show(as_ada(), ada_));
}

TEST_F(DashboardsTest, NotVisibleLooksExactlyLikeNotThere) {
    world_.store_tops(ada_, short_term);
    const Shown hidden = show({}, ada_);
    const Shown absent = show({}, UserId{"nobody"});
    ASSERT_FALSE(hidden);
    ASSERT_FALSE(absent);
    EXPECT_EQ(hidden.error().code, absent.error().code);
    EXPECT_EQ(hidden.error().detail, absent.error().detail);
    EXPECT_EQ(hidden.error().detail, "No data found. Please login again.");
    EXPECT_EQ(peek({}, ada_), nullptr);
    EXPECT_EQ(peek({}, UserId{"nobody"}), nullptr);
}

TEST_F(DashboardsTest, AVisitorNeverCausesASync) {
    world_.users.users[ada_].sharing = true;
    EXPECT_EQ(error_of(show({}, ada_)), Errc::not_found) << "nothing is stored";
    world_.store_tops(ada_, short_term, 48h);
    const Shown shown = show({}, ada_);
    ASSERT_TRUE(shown);
    EXPECT_TRUE((*shown)->stale);
    EXPECT_EQ(world_.spotify.calls, 0);
}

TEST_F(DashboardsTest, PeekingNeverCausesASync) {
    EXPECT_EQ(peek(as_ada(), ada_), nullptr);
    world_.store_tops(ada_, short_term, 48h);
    EXPECT_NE(peek(as_ada(), ada_), nullptr);
    EXPECT_EQ(world_.spotify.calls, 0);
}

TEST_F(DashboardsTest, ASlowReaderNeverBringsOldDataBack) {
    world_.store_tops(ada_, short_term, 2h);
    world_.spotify.tracks = {track("new")};
    world_.library.between = [this] { return sync_ada(); };
    EXPECT_EQ((*show(as_ada(), ada_))->tracks.size(), 3U) << "this one read before the sync";
    const Shown next = show(as_ada(), ada_);
    ASSERT_TRUE(next);
    EXPECT_EQ((*next)->tracks, std::vector{track("new")});
}

TEST_F(DashboardsTest, ABrokenStoreIsNotAMissingUser) {
    world_.library.failure = Error{Errc::overloaded, "busy"};
    EXPECT_EQ(error_of(show(as_ada(), ada_)), Errc::overloaded);
    EXPECT_EQ(world_.spotify.calls, 0);
    world_.users.failure = Error{Errc::internal, "disk"};
    EXPECT_EQ(error_of(show(as_ada(), ada_)), Errc::internal);
}

TEST(PublicDashboards, AreForWhoHasNotChosen) {
    World world{{.profiles_public = true}};
    const UserId ada = world.sign_up("ada");
    world.store_tops(ada, short_term);
    EXPECT_TRUE(run(world.dashboards.show({}, ada, short_term)));
    world.users.users[ada].sharing = false;
    EXPECT_EQ(error_of(run(world.dashboards.show({}, ada, short_term))), Errc::not_found)
        << "their own false wins";
    EXPECT_TRUE(run(world.dashboards.show(world.caller(ada), ada, short_term)));
}

} // namespace personalify::app

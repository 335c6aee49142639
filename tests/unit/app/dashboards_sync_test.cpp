#include "unit/app/dashboard_fixture.hpp"

namespace personalify::app {

using namespace test;
using enum TimeRange;

namespace {

class SyncNowTest : public DashboardsTest {
protected:
    Shown sync_now(Caller caller, UserId user, int items = 10) {
        return run(world_.dashboards.sync_now(std::move(caller), std::move(user), short_term, items));
    }
};

class TopTest : public DashboardsTest {
protected:
    Dashboard top(int items, TopOrder order) {
        return *run(world_.dashboards.top(as_ada(), ada_, short_term, items, order)).value();
    }
    template <class Item>
    static std::vector<std::string> ids(const std::vector<Item>& items) {
        std::vector<std::string> found;
        for (const Item& item : items) {
            found.push_back(item.id);
        }
        return found;
    }
};

using Ids = std::vector<std::string>;

} // namespace

TEST_F(SyncNowTest, SyncsAndCutsToTheItemsAskedFor) {
    world_.store_tops(ada_, short_term, 1h);
    const Shown shown = sync_now(as_ada(), ada_, 1);
    ASSERT_TRUE(shown);
    EXPECT_EQ((*shown)->artists.size(), 1U);
    EXPECT_EQ((*shown)->tracks.size(), 1U);
    EXPECT_EQ((*shown)->synced_at, to_rfc3339(noon));
    EXPECT_FALSE((*shown)->stale);
    EXPECT_EQ((*show(as_ada(), ada_))->tracks.size(), 3U) << "the dashboard keeps them all";
}

TEST_F(SyncNowTest, IsForTheOwnUserOnly) {
    EXPECT_EQ(error_of(sync_now({}, ada_)), Errc::unauthenticated);
    EXPECT_EQ(error_of(sync_now({}, UserId{})), Errc::unauthenticated);
    const UserId bob = world_.sign_up("bob");
    world_.users.users[bob].sharing = true;
    const Shown others = sync_now(as_ada(), bob);
    const Shown absent = sync_now(as_ada(), UserId{"nobody"});
    EXPECT_EQ(error_of(others), Errc::not_found);
    EXPECT_EQ(error_of(absent), Errc::not_found);
    EXPECT_EQ(others.error().detail, absent.error().detail);
    EXPECT_EQ(world_.spotify.calls, 0);
}

TEST_F(SyncNowTest, WhileSpotifyIsAwayWhatIsStoredMarkedStale) {
    world_.store_tops(ada_, short_term, 1h);
    for (const Errc code : {Errc::rate_limited, Errc::upstream_unavailable}) {
        world_.spotify.on_tops = tops_fail(code, 30s);
        const Shown shown = sync_now(as_ada(), ada_);
        ASSERT_TRUE(shown);
        EXPECT_TRUE((*shown)->stale);
        EXPECT_EQ((*shown)->synced_at, to_rfc3339(noon - 1h));
        EXPECT_FALSE((*show(as_ada(), ada_))->stale)
            << "the mark is this answer's, not the cached dashboard's";
    }
}

TEST_F(SyncNowTest, WithNothingStoredTheErrorAndItsWait) {
    world_.spotify.on_tops = tops_fail(Errc::rate_limited, 30s);
    const Shown shown = sync_now(as_ada(), ada_);
    ASSERT_FALSE(shown);
    EXPECT_EQ(shown.error().code, Errc::rate_limited);
    EXPECT_EQ(shown.error().retry_after, 30s);
}

TEST_F(SyncNowTest, ANoOfSpotifyIsNotHidden) {
    world_.store_tops(ada_, short_term, 1h);
    world_.spotify.on_tops = tops_fail(Errc::forbidden);
    const Shown forbidden = sync_now(as_ada(), ada_);
    EXPECT_EQ(error_of(forbidden), Errc::forbidden);
    EXPECT_EQ(forbidden.error().detail, "Spotify says no.");
    world_.spotify.on_tops = tops_fail(Errc::unauthenticated);
    EXPECT_EQ(error_of(sync_now(as_ada(), ada_)), Errc::unauthenticated);
    EXPECT_EQ(error_of(sync_now(as_ada(), ada_)), Errc::unauthenticated) << "reconnect needed";
    EXPECT_TRUE(show(as_ada(), ada_)) << "the session and the stored data stay";
}

TEST_F(TopTest, SortsBothListsAndThenCuts) {
    Artist loud = artist("b");
    Artist quiet = artist("a");
    loud.popularity = 90;
    quiet.popularity = 10;
    Track small = track("1");
    Track big = track("2");
    small.popularity = 1;
    big.popularity = 2;
    world_.spotify.artists = {quiet, loud};
    world_.spotify.tracks = {small, big};
    world_.store_tops(ada_, short_term);
    EXPECT_EQ(ids(top(10, TopOrder::popularity).artists), (Ids{"b", "a"}));
    EXPECT_EQ(ids(top(10, TopOrder::popularity).tracks), (Ids{"2", "1"}));
    EXPECT_EQ(ids(top(10, TopOrder::name).artists), (Ids{"a", "b"}));
    EXPECT_EQ(ids(top(10, TopOrder::name).tracks), (Ids{"1", "2"}));
    EXPECT_EQ(ids(top(1, TopOrder::popularity).artists), Ids{"b"});
    EXPECT_EQ(ids(top(1, TopOrder::popularity).tracks), Ids{"2"});
    EXPECT_EQ(ids((*show(as_ada(), ada_))->artists), (Ids{"a", "b"}))
        << "the cached dashboard keeps its order";
}

TEST_F(TopTest, EqualOnesKeepSpotifysOrder) {
    world_.spotify.tracks = {track("z"), track("m"), track("a")};
    world_.store_tops(ada_, short_term);
    EXPECT_EQ(ids(top(10, TopOrder::popularity).tracks), (Ids{"z", "m", "a"}));
}

TEST_F(TopTest, NothingForStrangersAndNoSync) {
    world_.store_tops(ada_, short_term);
    EXPECT_EQ(run(world_.dashboards.top({}, ada_, short_term, 10, TopOrder::name)).value(), nullptr);
    EXPECT_EQ(run(world_.dashboards.top(as_ada(), ada_, long_term, 10, TopOrder::name)).value(), nullptr);
    EXPECT_EQ(world_.spotify.calls, 0);
}

} // namespace personalify::app

#include "unit/app/world.hpp"

#include <gtest/gtest.h>

namespace personalify::app {

namespace {

using namespace test;
using enum TimeRange;
using Synced = Result<StoredTops>;

class SyncTest : public ::testing::Test {
protected:
    Synced sync(TimeRange range = short_term, int items = SyncService::usual_items) {
        return run(world_.sync.sync(ada_, range, items, Urgency::user_request));
    }

    World world_;
    UserId ada_ = world_.sign_up("ada");
};

} // namespace

TEST_F(SyncTest, StoresTopsAndHistory) {
    world_.clock.advance(5min);
    const Synced synced = sync(long_term);
    ASSERT_TRUE(synced);
    const Tops expected{world_.spotify.artists, world_.spotify.tracks};
    EXPECT_EQ(synced->tops, expected);
    EXPECT_EQ(synced->synced_at, noon + 5min);

    const StoredTops& stored = world_.library.stored.at({ada_, long_term});
    EXPECT_EQ(stored.tops, expected);
    EXPECT_EQ(stored.synced_at, noon + 5min);

    const auto& entries = world_.history_store.entries[ada_];
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].synced_at, noon + 5min);
    const SyncDocument& document = entries[0].document;
    EXPECT_EQ(document.user, "Rani Senja");
    EXPECT_EQ(document.image, "https://images.example/rani");
    EXPECT_EQ(document.time_range, long_term);
    EXPECT_EQ(document.artists, expected.artists);
    EXPECT_EQ(document.tracks, expected.tracks);
    EXPECT_EQ(document.genres, count_genres(expected.artists));
    EXPECT_EQ(document.emotion_paragraph, "Vibe analysis is getting ready...");
    EXPECT_TRUE(document.top_emotions.empty());
}

TEST_F(SyncTest, TheCachedDashboardGoes) {
    auto old = std::make_shared<Dashboard>();
    old->time_range = short_term;
    const std::uint64_t mark = run(world_.cache.get(ada_, short_term)).mark;
    run(world_.cache.put(ada_, old, app::DashboardCache::Audience::own_user, 60s, mark));
    ASSERT_NE(run(world_.cache.get(ada_, short_term)).value, nullptr);
    ASSERT_TRUE(sync());
    EXPECT_EQ(run(world_.cache.get(ada_, short_term)).value, nullptr);
}

TEST_F(SyncTest, TheCachedDashboardGoesEvenWhenTheHistoryFails) {
    world_.history_store.failure = Error{Errc::overloaded, "busy"};
    EXPECT_EQ(error_of(sync()), Errc::overloaded);
    EXPECT_EQ(world_.library.saves, 1);
    EXPECT_EQ(world_.cache.erasures, 1);
}

TEST_F(SyncTest, ReadsBothListsAtOnce) {
    world_.spotify.turns = 5;
    ASSERT_TRUE(sync());
    EXPECT_EQ(world_.spotify.most_under_way, 2);
    EXPECT_EQ(world_.spotify.calls, 2);
}

TEST_F(SyncTest, ReadsBetweenTwentyAndFiftyItems) {
    for (const auto [asked, read] : {std::pair{1, 20}, {20, 20}, {35, 35}, {50, 50}, {1000, 50}}) {
        world_.spotify.limits.clear();
        ASSERT_TRUE(sync(short_term, asked));
        EXPECT_EQ(world_.spotify.limits, (std::vector<int>{read, read})) << asked;
    }
}

TEST_F(SyncTest, EqualSyncsAreOneFlight) {
    world_.spotify.turns = 20;
    std::vector<Task<Synced>> syncs;
    for (const int items : {1, 10, 20}) { // all read twenty
        syncs.push_back(world_.sync.sync(ada_, short_term, items, Urgency::user_request));
    }
    for (const Synced& synced : run_all(std::move(syncs))) {
        EXPECT_TRUE(synced);
    }
    EXPECT_EQ(world_.spotify.calls, 2);
    EXPECT_EQ(world_.library.saves, 1);
    EXPECT_EQ(world_.history_store.entries[ada_].size(), 1U);
}

TEST_F(SyncTest, DifferentSyncsAreNot) {
    const UserId bob = world_.sign_up("bob");
    world_.spotify.turns = 20;
    std::vector<Task<Synced>> syncs;
    syncs.push_back(world_.sync.sync(ada_, short_term, 20, Urgency::user_request));
    syncs.push_back(world_.sync.sync(ada_, long_term, 20, Urgency::user_request));
    syncs.push_back(world_.sync.sync(ada_, short_term, 50, Urgency::user_request));
    syncs.push_back(world_.sync.sync(bob, short_term, 20, Urgency::user_request));
    run_all(std::move(syncs));
    EXPECT_EQ(world_.spotify.calls, 8);
}

TEST_F(SyncTest, NothingIsStoredOfAHalf) {
    int calls = 0;
    world_.spotify.on_tops = [&](const std::string&, TimeRange) {
        return ++calls == 2 ? std::optional<Error>{{Errc::upstream_unavailable, "away"}} : std::nullopt;
    };
    EXPECT_EQ(error_of(sync()), Errc::upstream_unavailable);
    EXPECT_EQ(world_.library.saves, 0);
    EXPECT_TRUE(world_.history_store.entries[ada_].empty());
    EXPECT_EQ(world_.cache.erasures, 0);
}

TEST_F(SyncTest, SpotifysAnswerKeepsItsWordsAndItsWait) {
    world_.spotify.on_tops = tops_fail(Errc::rate_limited, 17s);
    const Synced synced = sync();
    ASSERT_FALSE(synced);
    EXPECT_EQ(synced.error().code, Errc::rate_limited);
    EXPECT_EQ(synced.error().retry_after, 17s);
}

TEST_F(SyncTest, ARefusedTokenIsRefreshedBehindIt) {
    world_.spotify.on_tops = [](const std::string& token, TimeRange) {
        return token == "access-1" ? std::optional<Error>{{Errc::unauthenticated, "expired"}} : std::nullopt;
    };
    EXPECT_TRUE(sync());
    EXPECT_EQ(world_.accounts.refreshes.size(), 1U);
    EXPECT_EQ(world_.spotify.calls, 4);
}

TEST_F(SyncTest, UnknownUsersAndBrokenStores) {
    EXPECT_EQ(error_of(run(world_.sync.sync(UserId{"nobody"}, short_term, 20, Urgency::background))),
              Errc::not_found);
    world_.library.failure = Error{Errc::internal, "disk"};
    EXPECT_EQ(error_of(sync()), Errc::internal);
    EXPECT_TRUE(world_.history_store.entries[ada_].empty());
}

} // namespace personalify::app

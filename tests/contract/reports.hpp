#pragma once

#include "storage/stores.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace personalify::test {

/// What every app::ReportStore does. A World has `storage::Stores& stores()`, empty at first.
template <class World>
class ReportStoreContract : public ::testing::Test {
protected:
    void sign_up(const std::string& id) {
        ASSERT_TRUE(run(world_.stores().users().save_login(profile(id), {"sealed"}, noon)).has_value());
    }
    /// Syncs artists, each a point less popular than the one before, and one track.
    void sync(const std::string& user, TimeRange range, const std::vector<std::string>& artists,
              std::int32_t popularity = 50) {
        Tops tops;
        for (const std::string& id : artists) {
            tops.artists.push_back(artist(id));
            tops.artists.back().popularity = popularity--;
        }
        tops.tracks = {track("of " + user)};
        ASSERT_TRUE(run(world_.stores().library().save_tops(UserId{user}, range, tops, noon)));
        ASSERT_TRUE(run(world_.stores().history().append(UserId{user}, {document(range), noon})));
    }
    StoredTotals totals(int names = 5, int users = 10) { return run(reports().totals(names, users)).value(); }
    /// All that is left in a snapshot.
    template <class Row>
    static std::vector<Row> rest(app::Snapshot<Row>& snapshot, std::size_t at_once = 2) {
        std::vector<Row> all;
        for (;;) {
            std::vector<Row> rows = run(snapshot.next(at_once)).value();
            if (rows.empty()) {
                return all;
            }
            EXPECT_LE(rows.size(), at_once);
            std::ranges::move(rows, std::back_inserter(all));
        }
    }
    app::ReportStore& reports() { return world_.stores().reports(); }
    storage::Stores& stores() { return world_.stores(); }

private:
    World world_;
};
TYPED_TEST_SUITE_P(ReportStoreContract);

using ::testing::ElementsAre;

TYPED_TEST_P(ReportStoreContract, AnEmptyStoreHasNothing) {
    const StoredTotals totals = this->totals();
    EXPECT_EQ(totals.users + totals.artists + totals.tracks + totals.syncs + totals.synced_users, 0);
    EXPECT_TRUE(totals.top_artists.empty() && totals.top_tracks.empty() && totals.last_synced.empty());
    EXPECT_FALSE(totals.engine.empty() || totals.engine_version.empty());
    EXPECT_EQ(run(this->reports().user(UserId{"nobody"}, 5)).value(), std::nullopt);
    EXPECT_TRUE(this->rest(*run(this->reports().users()).value()).empty());
    EXPECT_TRUE(this->rest(*run(this->reports().syncs()).value()).empty());
}

TYPED_TEST_P(ReportStoreContract, CountsOverAllUsers) {
    for (const char* user : {"ada", "bob", "eve"}) {
        this->sign_up(user);
    }
    this->sync("ada", TimeRange::short_term, {"a", "b"}, 90);
    this->sync("ada", TimeRange::long_term, {"a", "c"}, 90);
    this->sync("bob", TimeRange::short_term, {"d", "e"}, 95);
    ASSERT_TRUE(
        run(this->stores().jobs().enqueue({.id = "j", .user = UserId{"ada"}, .created_at = noon}, 9)));
    const StoredTotals totals = this->totals(3);
    EXPECT_EQ(totals.users, 3);
    EXPECT_EQ(totals.artists, 5);
    EXPECT_EQ(totals.tracks, 2);
    EXPECT_EQ(totals.syncs, 3);
    EXPECT_EQ(totals.synced_users, 2);
    EXPECT_THAT(totals.top_artists,
                ElementsAre(Popular{"Artist d", 95}, Popular{"Artist e", 94}, Popular{"Artist a", 90}));
    EXPECT_THAT(totals.top_tracks, ElementsAre(Popular{"Track of ada", 44}, Popular{"Track of bob", 44}));
    EXPECT_THAT(totals.last_synced, ElementsAre(UserId{"bob"}, UserId{"ada"}));
    EXPECT_THAT(totals.jobs, ElementsAre(NamedCount{"queued", 1}));
    EXPECT_THAT(this->totals(1, 1).last_synced, ElementsAre(UserId{"bob"}));
}

TYPED_TEST_P(ReportStoreContract, KnowsAUsersFavouritesOverAllRanges) {
    this->sign_up("ada");
    this->sign_up("bob");
    this->sync("ada", TimeRange::short_term, {"a", "b"}, 60);
    this->sync("ada", TimeRange::long_term, {"c", "b"}, 80);
    this->sync("bob", TimeRange::long_term, {"d"}, 99);
    const auto user = run(this->reports().user(UserId{"ada"}, 2)).value().value();
    EXPECT_EQ(user.display_name, "Rani Senja");
    EXPECT_THAT(user.top_artists, ElementsAre(Popular{"Artist c", 80}, Popular{"Artist b", 79}));
    EXPECT_THAT(user.top_tracks, ElementsAre(Popular{"Track of ada", 44}));
}

TYPED_TEST_P(ReportStoreContract, ExportsTheTopTenOfTheMediumTermOrAnother) {
    for (const char* user : {"ada", "bob", "eve", "joe"}) {
        this->sign_up(user);
    }
    std::vector<std::string> twelve;
    std::vector<std::string> names;
    for (int i = 0; i < 12; ++i) {
        twelve.push_back(std::to_string(20 - i));
        names.push_back("Artist " + twelve.back());
    }
    names.resize(10);
    this->sync("ada", TimeRange::short_term, {"x"});
    this->sync("ada", TimeRange::medium_term, twelve);
    this->sync("bob", TimeRange::long_term, {"x"});
    this->sync("bob", TimeRange::short_term, {"y"});
    this->sync("eve", TimeRange::long_term, {"z", "x"});
    const auto users = this->rest(*run(this->reports().users()).value(), 3);
    ASSERT_EQ(users.size(), 4U);
    EXPECT_EQ(users[0].id, UserId{"ada"});
    EXPECT_EQ(users[0].name, "Rani Senja");
    EXPECT_EQ(users[0].artists, names) << "in their order";
    EXPECT_THAT(users[0].tracks, ElementsAre("Track of ada"));
    EXPECT_THAT(users[1].artists, ElementsAre("Artist y"));
    EXPECT_THAT(users[2].artists, ElementsAre("Artist z", "Artist x"));
    EXPECT_EQ(users[3].id, UserId{"joe"});
    EXPECT_TRUE(users[3].artists.empty() && users[3].tracks.empty());
    EXPECT_LT(users[0].number, users[1].number);
}

TYPED_TEST_P(ReportStoreContract, ASnapshotIsOfOneMoment) {
    for (const char* user : {"ada", "bob", "eve"}) {
        this->sign_up(user);
        this->sync(user, TimeRange::medium_term, {"before"});
    }
    const app::UserSnapshot users = run(this->reports().users()).value();
    const app::SyncSnapshot syncs = run(this->reports().syncs()).value();
    EXPECT_EQ(run(users->next(1))->size(), 1U);
    this->sync("eve", TimeRange::medium_term, {"after"});
    this->sign_up("joe");
    const auto rest = this->rest(*users);
    ASSERT_EQ(rest.size(), 2U);
    EXPECT_THAT(rest[1].artists, ElementsAre("Artist before"));
    EXPECT_EQ(this->rest(*syncs).size(), 3U);
    EXPECT_EQ(this->rest(*run(this->reports().syncs()).value()).size(), 4U);
}

TYPED_TEST_P(ReportStoreContract, ExportsTheHistoryFromItsBeginning) {
    this->sign_up("ada");
    this->sync("ada", TimeRange::long_term, {"a"});
    this->sync("ada", TimeRange::short_term, {"a"});
    const auto syncs = this->rest(*run(this->reports().syncs()).value());
    ASSERT_EQ(syncs.size(), 2U);
    EXPECT_EQ(syncs[0].user, UserId{"ada"});
    EXPECT_EQ(syncs[0].range, TimeRange::long_term);
    EXPECT_EQ(syncs[0].synced_at, noon);
    EXPECT_THAT(syncs[0].document, ::testing::HasSubstr("\"artists\""));
    EXPECT_EQ(syncs[1].range, TimeRange::short_term);
}

REGISTER_TYPED_TEST_SUITE_P(ReportStoreContract, AnEmptyStoreHasNothing, CountsOverAllUsers,
                            KnowsAUsersFavouritesOverAllRanges, ExportsTheTopTenOfTheMediumTermOrAnother,
                            ASnapshotIsOfOneMoment, ExportsTheHistoryFromItsBeginning);

} // namespace personalify::test

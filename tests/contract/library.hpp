#pragma once

#include "storage/stores.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

namespace personalify::test {

/// What every app::LibraryStore does. A World has `storage::Stores& stores()`, empty at first.
template <class World>
class LibraryStoreContract : public ::testing::Test {
protected:
    void SetUp() override {
        for (const char* id : {"ada", "bob"}) {
            ASSERT_TRUE(run(world_.stores().users().save_login(profile(id), {"sealed"}, noon)).has_value());
        }
    }
    void save(const std::string& user, TimeRange range, const Tops& tops, TimePoint at = noon) {
        const Result<> saved = run(library().save_tops(UserId{user}, range, tops, at));
        ASSERT_TRUE(saved.has_value()) << saved.error().cause;
    }
    std::optional<app::StoredTops> tops(const std::string& user, TimeRange range) {
        return run(library().tops(UserId{user}, range)).value();
    }
    app::LibraryStore& library() { return world_.stores().library(); }

private:
    World world_;
};
TYPED_TEST_SUITE_P(LibraryStoreContract);

TYPED_TEST_P(LibraryStoreContract, NothingBeforeTheFirstSync) {
    EXPECT_FALSE(this->tops("ada", TimeRange::short_term).has_value());
    EXPECT_FALSE(this->tops("nobody", TimeRange::short_term).has_value());
}

TYPED_TEST_P(LibraryStoreContract, ComesBackAsSaved) {
    Track bare = track("t2");
    bare.preview_url = std::nullopt;
    bare.artists = {};
    bare.album = {};
    const Tops tops{{artist("a2", {"soul", "dream pop", "indie"}), artist("a1", {}), artist("a3")},
                    {track("t9"), bare, track("t1")}};
    this->save("ada", TimeRange::medium_term, tops, noon + 5ms);
    const std::optional<app::StoredTops> stored = this->tops("ada", TimeRange::medium_term);
    ASSERT_TRUE(stored.has_value());
    EXPECT_EQ(stored->tops, tops);
    EXPECT_EQ(stored->synced_at, noon + 5ms);
    EXPECT_FALSE(this->tops("ada", TimeRange::short_term).has_value());
    EXPECT_FALSE(this->tops("bob", TimeRange::medium_term).has_value());
}

TYPED_TEST_P(LibraryStoreContract, EmptyTopsAreASyncToo) {
    this->save("ada", TimeRange::short_term, {});
    ASSERT_TRUE(this->tops("ada", TimeRange::short_term).has_value());
    EXPECT_EQ(this->tops("ada", TimeRange::short_term)->tops, Tops{});
}

TYPED_TEST_P(LibraryStoreContract, TheNextSyncReplacesTheLast) {
    this->save("ada", TimeRange::short_term, {{artist("a1"), artist("a2"), artist("a3")}, {track("t1")}});
    this->save("ada", TimeRange::long_term, {{artist("a1")}, {}});
    const Tops next{{artist("a3"), artist("a4")}, {}};
    this->save("ada", TimeRange::short_term, next, noon + 1h);
    EXPECT_EQ(this->tops("ada", TimeRange::short_term)->tops, next);
    EXPECT_EQ(this->tops("ada", TimeRange::short_term)->synced_at, noon + 1h);
    EXPECT_EQ(this->tops("ada", TimeRange::long_term)->tops.artists.size(), 1U);
}

TYPED_TEST_P(LibraryStoreContract, AnotherUsersSyncDoesNotChangeMine) {
    const Tops mine{{artist("a1", {"soul"})}, {track("t1")}};
    this->save("ada", TimeRange::short_term, mine);
    Tops theirs{{artist("a1", {})}, {track("t1")}};
    theirs.artists[0].popularity = 0;
    theirs.artists[0].image = "";
    theirs.tracks[0].popularity = 0;
    this->save("bob", TimeRange::short_term, theirs);
    EXPECT_EQ(this->tops("ada", TimeRange::short_term)->tops, mine);
    theirs.artists[0].genres = {"soul"}; // what is known of an artist stands in where a sync names nothing
    EXPECT_EQ(this->tops("bob", TimeRange::short_term)->tops, theirs);
}

TYPED_TEST_P(LibraryStoreContract, RepeatedEntriesAndGenresAreKept) {
    const Tops tops{{artist("a1", {"soul", "soul"}), artist("a1", {"pop"})}, {track("t1"), track("t1")}};
    this->save("ada", TimeRange::short_term, tops);
    EXPECT_EQ(this->tops("ada", TimeRange::short_term)->tops, tops);
}

TYPED_TEST_P(LibraryStoreContract, AnyTextSurvives) {
    Artist odd = artist("a'1\"\\", {"r&b'); DROP TABLE users; --", "ñandú 🎧"});
    odd.name = "Line\nbreak\tand \x01 control";
    const Tops tops{{odd}, {}};
    this->save("ada", TimeRange::short_term, tops);
    EXPECT_EQ(this->tops("ada", TimeRange::short_term)->tops, tops);
}

TYPED_TEST_P(LibraryStoreContract, NeedsAUser) {
    const Result<> saved = run(this->library().save_tops(UserId{"nobody"}, TimeRange::short_term, {}, noon));
    ASSERT_FALSE(saved.has_value());
    EXPECT_EQ(saved.error().code, Errc::not_found);
}

TYPED_TEST_P(LibraryStoreContract, SyncsAtOnceLeaveWholeOnes) {
    std::vector<Task<Result<>>> saves;
    for (int i = 0; i < 30; ++i) {
        const std::string id = std::to_string(i);
        const TimeRange range = all_time_ranges[i % 3];
        saves.push_back(this->library().save_tops(UserId{i % 2 == 0 ? "ada" : "bob"}, range,
                                                  {{artist("a" + id), artist("shared")}, {track("t" + id)}},
                                                  noon));
    }
    for (const Result<>& saved : run_all(std::move(saves))) {
        EXPECT_TRUE(saved.has_value());
    }
    for (const TimeRange range : all_time_ranges) {
        for (const char* user : {"ada", "bob"}) {
            const Tops stored = this->tops(user, range)->tops;
            ASSERT_EQ(stored.artists.size(), 2U);
            ASSERT_EQ(stored.tracks.size(), 1U);
            EXPECT_EQ(stored.artists[0].id.substr(1), stored.tracks[0].id.substr(1));
        }
    }
}

TYPED_TEST_P(LibraryStoreContract, RemembersAnExtendedAnalysisUntilTheNextSync) {
    const auto count = [&](TimeRange range, TimePoint synced_at) {
        return run(this->library().count_all_titles(UserId{"ada"}, range, synced_at)).value();
    };
    EXPECT_FALSE(count(TimeRange::short_term, noon));
    this->save("ada", TimeRange::short_term, {{}, {track("t1")}});
    this->save("ada", TimeRange::long_term, {{}, {track("t1")}});
    EXPECT_FALSE(this->tops("ada", TimeRange::short_term)->all_titles);
    EXPECT_FALSE(count(TimeRange::short_term, noon + 1ms)) << "of another sync";
    EXPECT_TRUE(count(TimeRange::short_term, noon));
    EXPECT_TRUE(this->tops("ada", TimeRange::short_term)->all_titles);
    EXPECT_FALSE(this->tops("ada", TimeRange::long_term)->all_titles);
    this->save("ada", TimeRange::short_term, {{}, {track("t1")}}, noon + 1h);
    EXPECT_FALSE(this->tops("ada", TimeRange::short_term)->all_titles);
}

REGISTER_TYPED_TEST_SUITE_P(LibraryStoreContract, NothingBeforeTheFirstSync, ComesBackAsSaved,
                            EmptyTopsAreASyncToo, TheNextSyncReplacesTheLast,
                            AnotherUsersSyncDoesNotChangeMine, RepeatedEntriesAndGenresAreKept,
                            AnyTextSurvives, NeedsAUser, RemembersAnExtendedAnalysisUntilTheNextSync,
                            SyncsAtOnceLeaveWholeOnes);

} // namespace personalify::test

#pragma once

#include "storage/stores.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace personalify::test {

/// What every app::GenreStore does, with app::LibraryStore beside it. A World has `storage::Stores&
/// stores()`, empty at first.
template <class World>
class GenreStoreContract : public ::testing::Test {
protected:
    using Names = std::vector<std::string>;

    void SetUp() override {
        for (const char* id : {"ada", "bob"}) {
            ASSERT_TRUE(run(world_.stores().users().save_login(profile(id), {"sealed"}, noon)).has_value());
        }
    }
    void sync(const std::string& user, std::vector<Artist> artists, TimeRange range = TimeRange::short_term) {
        ASSERT_TRUE(run(library().save_tops(UserId{user}, range, {std::move(artists), {track("t1")}}, noon)));
    }
    Names waiting(TimePoint looked_before = noon, int limit = 10) {
        Names ids;
        for (const app::NamelessArtist& artist : run(genres().without_genres(looked_before, limit)).value()) {
            EXPECT_EQ(artist.name, "Artist " + artist.id);
            ids.push_back(artist.id);
        }
        return ids;
    }
    Names save(std::string artist, Names found, TimePoint now = noon) {
        Names users;
        for (const UserId& user :
             run(genres().save_genres(std::move(artist), std::move(found), "lastfm", now)).value()) {
            users.push_back(user.str());
        }
        std::ranges::sort(users);
        return users;
    }
    Names genres_of(const std::string& user, std::size_t artist = 0) {
        return run(library().tops(UserId{user}, TimeRange::short_term))
            .value()
            ->tops.artists.at(artist)
            .genres;
    }
    app::GenreStore& genres() { return world_.stores().genres(); }
    app::LibraryStore& library() { return world_.stores().library(); }

private:
    World world_;
};
TYPED_TEST_SUITE_P(GenreStoreContract);

TYPED_TEST_P(GenreStoreContract, ArtistsWithoutGenresWaitBestFirst) {
    EXPECT_EQ(this->waiting(), (std::vector<std::string>{}));
    this->sync("ada", {artist("a1", {}), artist("a2"), artist("a3", {})});
    this->sync("bob", {artist("a3", {}), artist("a4", {})});
    EXPECT_EQ(this->waiting(noon, 2).size(), 2U);
    std::vector<std::string> all = this->waiting();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[2], "a4") << "the lowest in anybody's list";
    EXPECT_EQ(std::ranges::count(all, "a2"), 0);
}

TYPED_TEST_P(GenreStoreContract, WhatWasFoundIsInTheTopsOfAllWhoListen) {
    this->sync("ada", {artist("a1", {}), artist("a2")});
    this->sync("bob", {artist("a1", {})});
    EXPECT_EQ(this->save("a1", {"indie pop", "folk"}), (std::vector<std::string>{"ada", "bob"}));
    EXPECT_EQ(this->genres_of("ada"), (std::vector<std::string>{"indie pop", "folk"}));
    EXPECT_EQ(this->genres_of("bob"), (std::vector<std::string>{"indie pop", "folk"}));
    EXPECT_EQ(this->genres_of("ada", 1), (std::vector<std::string>{"indie"}));
    this->sync("bob", {artist("a1", {})});
    EXPECT_EQ(this->genres_of("bob"), (std::vector<std::string>{"indie pop", "folk"})) << "over a sync";
}

TYPED_TEST_P(GenreStoreContract, TheyAreSoughtAgainAfterAWhile) {
    this->sync("ada", {artist("a1", {})});
    EXPECT_EQ(this->waiting(noon - 24h), (std::vector<std::string>{"a1"})) << "nobody has looked yet";
    this->save("a1", {}, noon);
    EXPECT_TRUE(this->waiting(noon).empty());
    EXPECT_EQ(this->waiting(noon + 1s), (std::vector<std::string>{"a1"}));
    this->save("a1", {"folk"}, noon + 1s);
    EXPECT_TRUE(this->waiting(noon + 1s).empty());
    this->save("a1", {"pop"}, noon + 2s);
    EXPECT_EQ(this->genres_of("ada"), (std::vector<std::string>{"pop"})) << "in place of what was there";
}

TYPED_TEST_P(GenreStoreContract, AVainLookLeavesWhatIsKnown) {
    this->sync("ada", {artist("a1", {})});
    this->save("a1", {"folk"}, noon);
    ASSERT_TRUE(run(this->genres().mark_sought("a1", noon + 5s)));
    EXPECT_EQ(this->genres_of("ada"), (std::vector<std::string>{"folk"}));
    EXPECT_TRUE(this->waiting(noon + 5s).empty());
    EXPECT_EQ(this->waiting(noon + 6s), (std::vector<std::string>{"a1"}));
}

TYPED_TEST_P(GenreStoreContract, WhatSpotifyNamesCounts) {
    this->sync("ada", {artist("a1", {})});
    this->save("a1", {"folk"});
    this->sync("ada", {artist("a1", {"dream pop"})});
    EXPECT_EQ(this->genres_of("ada"), (std::vector<std::string>{"dream pop"}));
    EXPECT_TRUE(this->waiting(noon + 24h).empty());
    EXPECT_TRUE(this->save("a1", {"metal"}).empty()) << "too late";
    this->sync("ada", {artist("a1", {})});
    EXPECT_EQ(this->genres_of("ada"), (std::vector<std::string>{"dream pop"})) << "what Spotify said once";
    EXPECT_TRUE(this->save("nobody", {"folk"}).empty());
}

TYPED_TEST_P(GenreStoreContract, ATrackIsKnownByItsId) {
    this->sync("ada", {artist("a1")});
    EXPECT_EQ(run(this->library().track("t1")).value(), track("t1"));
    EXPECT_EQ(run(this->library().track("t2")).value(), std::nullopt);
}

REGISTER_TYPED_TEST_SUITE_P(GenreStoreContract, ArtistsWithoutGenresWaitBestFirst,
                            WhatWasFoundIsInTheTopsOfAllWhoListen, TheyAreSoughtAgainAfterAWhile,
                            AVainLookLeavesWhatIsKnown, WhatSpotifyNamesCounts, ATrackIsKnownByItsId);

} // namespace personalify::test

#include "simulator/catalogue.hpp"
#include "simulator/catalogue_seed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace personalify::simulator {
namespace {

bool is_base62_id(std::string_view id) {
    return id.size() == 22 && std::ranges::all_of(id, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
           });
}

const Artist* artist_named(std::string_view name) {
    const auto artists = catalogue().artists();
    const auto found = std::ranges::find(artists, name, &Artist::name);
    return found == artists.end() ? nullptr : &*found;
}

TEST(Catalogue, IsLargeAndSungInThreeLanguages) {
    const Catalogue& world = catalogue();
    EXPECT_GE(world.artists().size(), 240U);
    EXPECT_GE(world.tracks().size(), 720U);
    std::map<Scene, std::size_t> scenes;
    std::set<std::string_view> genres;
    for (const Artist& artist : world.artists()) {
        ++scenes[artist.scene];
        genres.insert(artist.genres.begin(), artist.genres.end());
    }
    EXPECT_GE(scenes[Scene::indonesian] * 100, world.artists().size() * 38);
    EXPECT_GE(scenes[Scene::sundanese] * 100, world.artists().size() * 9);
    EXPECT_GE(scenes[Scene::english] * 100, world.artists().size() * 40);
    EXPECT_GE(genres.size(), 35U);
}

TEST(Catalogue, EveryMoodHasManyTitles) {
    std::map<Mood, int> moods;
    for (const Track& track : catalogue().tracks()) {
        ++moods[track.mood];
    }
    EXPECT_EQ(moods.size(), static_cast<std::size_t>(mood_count));
    for (const auto& [mood, titles] : moods) {
        EXPECT_GE(titles, 20) << to_string(mood);
    }
}

TEST(Catalogue, IdsAreUniqueBase62AndFound) {
    const Catalogue& world = catalogue();
    std::set<std::string_view> ids;
    for (const Artist& artist : world.artists()) {
        EXPECT_TRUE(is_base62_id(artist.id)) << artist.id;
        EXPECT_TRUE(ids.insert(artist.id).second) << artist.name;
        EXPECT_EQ(world.find_artist(artist.id), &artist);
    }
    for (const Album& album : world.albums()) {
        EXPECT_TRUE(is_base62_id(album.id)) << album.id;
        EXPECT_TRUE(ids.insert(album.id).second) << album.name;
        EXPECT_EQ(world.find_album(album.id), &album);
    }
    for (const Track& track : world.tracks()) {
        EXPECT_TRUE(is_base62_id(track.id)) << track.id;
        EXPECT_TRUE(ids.insert(track.id).second) << track.name;
        EXPECT_EQ(world.find_track(track.id), &track);
    }
    EXPECT_EQ(world.find_artist("0Artist000000000000001"), nullptr);
    EXPECT_EQ(world.find_album(""), nullptr);
    EXPECT_EQ(world.find_track(world.artists().front().id), nullptr);
}

TEST(Catalogue, NamesAndTitlesAreUnique) {
    std::set<std::string_view> names;
    for (const Artist& artist : catalogue().artists()) {
        EXPECT_TRUE(names.insert(artist.name).second) << artist.name;
    }
    std::set<std::string_view> titles;
    for (const Track& track : catalogue().tracks()) {
        EXPECT_TRUE(titles.insert(track.name).second) << track.name;
    }
}

TEST(Catalogue, ArtistsAreWithinSpotifysBounds) {
    for (const Artist& artist : catalogue().artists()) {
        EXPECT_FALSE(artist.name.empty());
        EXPECT_GE(artist.genres.size(), 1U) << artist.name;
        EXPECT_LE(artist.genres.size(), 4U) << artist.name;
        EXPECT_GE(artist.popularity, 0);
        EXPECT_LE(artist.popularity, 100);
        EXPECT_GT(artist.followers, 0);
        EXPECT_FALSE(artist.tracks.empty()) << artist.name;
        for (const Track* track : artist.tracks) {
            EXPECT_EQ(track->artists.front(), &artist);
        }
    }
}

TEST(Catalogue, TracksAreWithinSpotifysBounds) {
    std::set<std::string_view> isrcs;
    bool guests = false;
    bool explicit_lyrics = false;
    for (const Track& track : catalogue().tracks()) {
        ASSERT_NE(track.album, nullptr) << track.name;
        ASSERT_FALSE(track.artists.empty()) << track.name;
        EXPECT_LE(track.artists.size(), 3U);
        EXPECT_EQ(std::set(track.artists.begin(), track.artists.end()).size(), track.artists.size());
        EXPECT_GE(track.duration_ms, 60'000) << track.name;
        EXPECT_LE(track.duration_ms, 660'000) << track.name;
        EXPECT_EQ(track.isrc.size(), 12U);
        EXPECT_TRUE(isrcs.insert(track.isrc).second) << track.isrc;
        EXPECT_GE(track.popularity, 0);
        EXPECT_LE(track.popularity, 100);
        EXPECT_TRUE(std::ranges::count(track.album->tracks, &track) == 1) << track.name;
        guests = guests || track.artists.size() > 1;
        explicit_lyrics = explicit_lyrics || track.is_explicit;
    }
    EXPECT_TRUE(guests);
    EXPECT_TRUE(explicit_lyrics);
}

TEST(Catalogue, AlbumsAreConsistent) {
    std::set<AlbumType> types;
    std::set<DatePrecision> precisions;
    for (const Album& album : catalogue().albums()) {
        types.insert(album.type);
        precisions.insert(album.precision);
        const std::size_t length = album.precision == DatePrecision::year    ? 4
                                   : album.precision == DatePrecision::month ? 7
                                                                             : 10;
        EXPECT_EQ(album.release_date.size(), length) << album.release_date;
        EXPECT_GE(album.release_date, "1968");
        EXPECT_LT(album.release_date, "2026-06");
        ASSERT_FALSE(album.tracks.empty()) << album.name;
        EXPECT_GE(album.total_tracks, static_cast<int>(album.tracks.size())) << album.name;
        EXPECT_EQ(album.artists.size() > 1, album.type == AlbumType::compilation) << album.name;
        int previous = 0;
        for (const Track* track : album.tracks) {
            EXPECT_EQ(track->album, &album);
            EXPECT_GT(track->track_number, previous) << track->name;
            EXPECT_LE(track->track_number, album.total_tracks) << track->name;
            previous = track->track_number;
        }
    }
    EXPECT_EQ(types.size(), 3U);
    EXPECT_EQ(precisions.size(), 3U);
}

TEST(Catalogue, HoldsNamesThatTestEscaping) {
    EXPECT_NE(artist_named("<null> Parade"), nullptr);
    EXPECT_NE(artist_named("Si \"Kecil\" Raharjo"), nullptr);
    EXPECT_NE(artist_named("moth🌙light"), nullptr);
    EXPECT_NE(artist_named("Éloïse Tarn"), nullptr);
    EXPECT_NE(artist_named("Salt & Sparrowbone"), nullptr);
    EXPECT_NE(artist_named("D'Pantura Ceria"), nullptr);
}

TEST(Catalogue, IsTheSameEveryTime) {
    const Catalogue again;
    const auto first = catalogue().tracks();
    const auto second = again.tracks();
    ASSERT_EQ(first.size(), second.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_EQ(first[i].id, second[i].id);
        EXPECT_EQ(first[i].duration_ms, second[i].duration_ms);
        EXPECT_EQ(first[i].album->release_date, second[i].album->release_date);
    }
    // A stored id, so that a change of the recipe is seen: recordings and bookmarks hold these ids.
    const Artist* lentera = artist_named("Lentera Biru");
    ASSERT_NE(lentera, nullptr);
    EXPECT_EQ(lentera->id, "27v2WkTawAA6WO0PgefeSK");
}

TEST(Random, MatchesThePublishedSplitmix64Stream) {
    std::uint64_t state = 1234567;
    EXPECT_EQ(splitmix64(state), 6457827717110365317U);
    EXPECT_EQ(splitmix64(state), 3203168211198807973U);
}

TEST(Random, StaysWithinItsBounds) {
    Random random(7);
    std::set<int> seen;
    for (int i = 0; i < 200; ++i) {
        seen.insert(random.between(-2, 2));
    }
    EXPECT_EQ(seen, (std::set{-2, -1, 0, 1, 2}));
}

} // namespace
} // namespace personalify::simulator

#include "simulator/listeners.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace personalify::simulator {
namespace {

constexpr TimeRange ranges[] = {TimeRange::short_term, TimeRange::medium_term, TimeRange::long_term};

template <class Item>
std::size_t shared(const std::vector<const Item*>& one, const std::vector<const Item*>& other) {
    return static_cast<std::size_t>(std::ranges::count_if(
        one, [&](const Item* item) { return std::ranges::find(other, item) != other.end(); }));
}

/// How many of the first twenty long-term artists have one of the genres.
int with_genre(const Listener& listener, const std::set<std::string_view>& genres) {
    const auto artists = top_artists(listener, TimeRange::long_term);
    return static_cast<int>(
        std::ranges::count_if(artists.begin(), artists.begin() + 20, [&](const Artist* artist) {
            return std::ranges::any_of(artist->genres, [&](auto genre) { return genres.contains(genre); });
        }));
}

const Listener& listener(std::string_view id) {
    const Listener* found = find_listener(id);
    EXPECT_NE(found, nullptr) << id;
    return found != nullptr ? *found : listeners().front();
}

TEST(Listeners, AreSixPeopleWithDistinctAccounts) {
    EXPECT_EQ(listeners().size(), 6U);
    std::set<std::string_view> ids;
    std::set<std::string_view> accounts;
    for (const Listener& person : listeners()) {
        ids.insert(person.id);
        accounts.insert(person.account_id);
        EXPECT_TRUE(person.email.ends_with("@example.org"));
        EXPECT_EQ(person.country.size(), 2U);
        EXPECT_TRUE(person.product == "premium" || person.product == "free");
        EXPECT_FALSE(person.blurb.empty());
        EXPECT_EQ(find_listener(person.id), &person);
    }
    EXPECT_EQ(ids.size(), 6U);
    EXPECT_EQ(accounts.size(), 6U);
    EXPECT_EQ(find_listener("nobody"), nullptr);
}

TEST(Listeners, OneHasNoNameAndAnIdThatNeedsEncoding) {
    const Listener& rani = listener("rani senja+ñ");
    EXPECT_FALSE(rani.display_name.has_value());
}

TEST(Listeners, TheNewcomerHasPlayedNothing) {
    const Listener& nisa = listener("nisa-baru");
    for (const TimeRange range : ranges) {
        EXPECT_TRUE(top_artists(nisa, range).empty());
        EXPECT_TRUE(top_tracks(nisa, range).empty());
    }
}

TEST(Listeners, TopsAreFiftyToSeventyWithoutRepeats) {
    for (const Listener& person : listeners()) {
        if (person.taste == nullptr) {
            continue;
        }
        for (const TimeRange range : ranges) {
            const auto artists = top_artists(person, range);
            const auto tracks = top_tracks(person, range);
            EXPECT_GE(artists.size(), 50U);
            EXPECT_LE(artists.size(), 70U);
            EXPECT_GE(tracks.size(), 50U);
            EXPECT_LE(tracks.size(), 70U);
            EXPECT_EQ(std::set(artists.begin(), artists.end()).size(), artists.size());
            EXPECT_EQ(std::set(tracks.begin(), tracks.end()).size(), tracks.size());
            EXPECT_EQ(artists, top_artists(person, range));
            EXPECT_EQ(tracks, top_tracks(person, range));
        }
    }
}

TEST(Listeners, RangesDifferButOverlap) {
    for (const Listener& person : listeners()) {
        if (person.taste == nullptr) {
            continue;
        }
        const auto recent = top_artists(person, TimeRange::short_term);
        const auto usual = top_artists(person, TimeRange::long_term);
        EXPECT_NE(recent, usual) << person.id;
        EXPECT_GE(shared(recent, usual), 20U) << person.id;
        const auto recent_tracks = top_tracks(person, TimeRange::short_term);
        const auto usual_tracks = top_tracks(person, TimeRange::long_term);
        EXPECT_GE(shared(recent_tracks, usual_tracks), 15U) << person.id;
        EXPECT_LT(shared(recent_tracks, usual_tracks), recent_tracks.size()) << person.id;
    }
}

TEST(Listeners, TopsFollowTaste) {
    EXPECT_GE(with_genre(listener("bagas.gigs"),
                         {"bandung indie", "indonesian indie", "indonesian shoegaze", "sunda indie"}),
              12);
    EXPECT_GE(with_genre(listener("eulisgarut48"), {"pop sunda", "degung", "tembang sunda", "kacapi suling",
                                                    "calung", "jaipong", "keroncong"}),
              14);
    EXPECT_GE(with_genre(listener("11824630577"), {"dream pop", "shoegaze", "slowcore", "ambient"}), 13);
    EXPECT_GE(with_genre(listener("jajang_koplo_full_bass"), {"dangdut koplo", "dangdut", "funkot"}), 11);
    EXPECT_GE(with_genre(listener("rani senja+ñ"), {"indonesian pop", "indonesian r&b", "alternative r&b"}),
              11);
}

TEST(Listeners, TracksComeFromLovedArtists) {
    const Listener& bagas = listener("bagas.gigs");
    const auto artists = top_artists(bagas, TimeRange::medium_term);
    const auto tracks = top_tracks(bagas, TimeRange::medium_term);
    const auto loved = std::ranges::count_if(tracks, [&](const Track* track) {
        return std::ranges::find(artists, track->artists.front()) != artists.end();
    });
    EXPECT_GE(loved * 100, static_cast<std::ptrdiff_t>(tracks.size()) * 85);
}

TEST(Listeners, TheGrandmotherHearsNoSwearing) {
    for (const TimeRange range : ranges) {
        for (const Track* track : top_tracks(listener("eulisgarut48"), range)) {
            EXPECT_FALSE(track->is_explicit) << track->name;
        }
    }
}

TEST(TimeRanges, AreReadAndWritten) {
    for (const TimeRange range : ranges) {
        EXPECT_EQ(parse_time_range(to_string(range)), range);
    }
    EXPECT_EQ(parse_time_range("SHORT_TERM"), std::nullopt);
    EXPECT_EQ(parse_time_range(""), std::nullopt);
}

} // namespace
} // namespace personalify::simulator

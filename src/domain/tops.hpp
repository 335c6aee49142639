#pragma once

#include "core/clock.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace personalify {

/// Spotify's three windows of affinity: about four weeks, six months, one year.
enum class TimeRange { short_term, medium_term, long_term };
BOOST_DESCRIBE_ENUM(TimeRange, short_term, medium_term, long_term)

inline constexpr TimeRange all_time_ranges[] = {TimeRange::short_term, TimeRange::medium_term,
                                                TimeRange::long_term};

/// "short_term", "medium_term" or "long_term".
std::string_view to_string(TimeRange range);
std::optional<TimeRange> time_range_from(std::string_view text);

struct Artist {
    std::string id;
    std::string name;
    std::vector<std::string> genres; ///< as Spotify names them; empty when it names none
    std::int32_t popularity = 0;     ///< 0 to 100; 0 when Spotify does not say
    std::string image;               ///< URL of the widest image, or ""
    bool operator==(const Artist&) const = default;
};
BOOST_DESCRIBE_STRUCT(Artist, (), (id, name, genres, popularity, image))

struct Album {
    std::string name;
    std::string type; ///< album, single or compilation, in lower case; "" when unknown
    std::int32_t total_tracks = 0;
    bool operator==(const Album&) const = default;
};
BOOST_DESCRIBE_STRUCT(Album, (), (name, type, total_tracks))

struct Track {
    std::string id;
    std::string name;
    std::vector<std::string> artists; ///< names, the main artist first
    Album album;
    std::int32_t popularity = 0;
    std::optional<std::string> preview_url;
    std::string image;            ///< URL of the album's cover, or ""
    std::int64_t duration_ms = 0; ///< milliseconds
    bool operator==(const Track&) const = default;
};
BOOST_DESCRIBE_STRUCT(Track, (), (id, name, artists, album, popularity, preview_url, image, duration_ms))

/// A listener's favourites in one time range, best first.
struct Tops {
    std::vector<Artist> artists;
    std::vector<Track> tracks;
    bool operator==(const Tops&) const = default;
};
BOOST_DESCRIBE_STRUCT(Tops, (), (artists, tracks))

struct GenreCount {
    std::string name;
    std::int32_t count = 0; ///< how many of the artists carry it
    bool operator==(const GenreCount&) const = default;
};
BOOST_DESCRIBE_STRUCT(GenreCount, (), (name, count))

/// Genre to the names of the artists that carry it, in the order of count_genres. A JSON object.
using GenreArtists = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// Genres by count, most frequent first; equal counts in order of first appearance.
std::vector<GenreCount> count_genres(const std::vector<Artist>& artists);
GenreArtists artists_by_genre(const std::vector<Artist>& artists);
/// The names of the tracks, in order.
std::vector<std::string> titles_of(const std::vector<Track>& tracks);

struct Emotion {
    std::string label; ///< "Hazy Confusion": adjective and noun in title case
    double score = 0;  ///< share of the tracks that voted for it, 0 to 1
    bool operator==(const Emotion&) const = default;
};
BOOST_DESCRIBE_STRUCT(Emotion, (), (label, score))

/// What the titles of a listener's tracks say together.
struct EmotionSummary {
    std::string paragraph; ///< "Shades of ..." with the nouns in <b>
    std::vector<Emotion> top;
    bool operator==(const EmotionSummary&) const = default;
};
BOOST_DESCRIBE_STRUCT(EmotionSummary, (), (paragraph, top))

/// Stands in the paragraph's place until the emotions are read. Clients look for the words "getting ready".
inline constexpr std::string_view pending_emotion_paragraph = "Vibe analysis is getting ready...";

} // namespace personalify

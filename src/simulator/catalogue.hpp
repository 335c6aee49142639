#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// An invented world of music: about 250 artists, 780 tracks and their albums. No name in it is real.
namespace personalify::simulator {

/// The language an artist sings in.
enum class Scene : std::uint8_t { indonesian, sundanese, english };

enum class AlbumType : std::uint8_t { album, single, compilation };

enum class DatePrecision : std::uint8_t { year, month, day };

/// The feeling a title was written with. Not part of any Spotify answer: it steers taste, and tests of
/// emotion reading may compare with it.
enum class Mood : std::uint8_t { joy, love, gratitude, hope, calm, longing, sorrow, regret, anger, fear };
inline constexpr int mood_count = 10;

std::string_view to_string(Scene scene);             ///< "id", "su", "en"
std::string_view to_string(AlbumType type);          ///< "album", "single", "compilation"
std::string_view to_string(DatePrecision precision); ///< "year", "month", "day"
std::string_view to_string(Mood mood);               ///< the enumerator's name

struct Album;
struct Track;

struct Artist {
    std::string id; ///< 22 characters of base62, a function of the name alone
    std::string_view name;
    std::vector<std::string_view> genres; ///< 1-4, lower case
    int popularity = 0;                   ///< 0-100
    std::int64_t followers = 0;           ///< grows with popularity
    Scene scene = Scene::indonesian;
    std::vector<const Album*> albums; ///< by release year; without compilations
    std::vector<const Track*> tracks; ///< those on which the artist comes first; not empty
};

struct Album {
    std::string id; ///< 22 characters of base62
    std::string_view name;
    AlbumType type = AlbumType::album;
    std::string release_date; ///< "YYYY", "YYYY-MM" or "YYYY-MM-DD", by `precision`
    DatePrecision precision = DatePrecision::day;
    int total_tracks = 0;               ///< at least tracks.size(): the catalogue need not know every track
    std::vector<const Artist*> artists; ///< one; for a compilation everybody on it
    std::vector<const Track*> tracks;   ///< the known ones, by track_number
};

struct Track {
    std::string id; ///< 22 characters of base62
    std::string_view name;
    std::vector<const Artist*> artists; ///< 1-3, the main one first, then guests
    const Album* album = nullptr;       ///< never null
    int duration_ms = 0;
    bool is_explicit = false;
    std::string isrc; ///< 12 characters, unique
    int popularity = 0;
    int track_number = 1; ///< 1..album->total_tracks, unique on the album
    Mood mood = Mood::calm;
};

/// Immutable, so free to share between threads. All pointers and views live as long as the catalogue.
class Catalogue {
public:
    /// Builds the world from the tables; throws std::logic_error if a table breaks its grammar.
    Catalogue();
    Catalogue(const Catalogue&) = delete;
    Catalogue& operator=(const Catalogue&) = delete;

    std::span<const Artist> artists() const { return artists_; }
    std::span<const Album> albums() const { return albums_; }
    std::span<const Track> tracks() const { return tracks_; }

    /// Null if nobody has this id.
    const Artist* find_artist(std::string_view id) const;
    const Album* find_album(std::string_view id) const;
    const Track* find_track(std::string_view id) const;

private:
    friend class CatalogueBuilder;

    std::vector<Artist> artists_;
    std::vector<Album> albums_;
    std::vector<Track> tracks_;
    std::unordered_map<std::string_view, const Artist*> artists_by_id_;
    std::unordered_map<std::string_view, const Album*> albums_by_id_;
    std::unordered_map<std::string_view, const Track*> tracks_by_id_;
};

/// The one catalogue, built at first use (about a millisecond).
const Catalogue& catalogue();

} // namespace personalify::simulator

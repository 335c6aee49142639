#pragma once

#include "core/error.hpp"
#include "core/task.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace personalify::app {

struct CatalogueArtist {
    std::int64_t id = 0;
    std::string name;
    std::string image; ///< URL, or ""
    bool operator==(const CatalogueArtist&) const = default;
};

struct CatalogueSong {
    std::int64_t id = 0;
    std::string title;
    std::string artist;
    std::string url;        ///< of the page with its words
    std::string image = {}; ///< URL, or ""
    std::optional<std::string> album = std::nullopt;
    std::optional<std::string> date = std::nullopt; ///< for people: "August 2024"
    bool operator==(const CatalogueSong&) const = default;
};

struct ArtistSongs {
    std::vector<CatalogueSong> songs;
    bool cut_off = false;    ///< there are more than were read
    bool broken_off = false; ///< because Genius failed on the way: not worth keeping
};

/// Genius' catalogue of artists and songs. Errors: not_found, upstream_unavailable and rate_limited (it could
/// not be looked; retry_after set), overloaded.
class SongCatalogue {
public:
    virtual ~SongCatalogue() = default;
    /// Artists of the songs that fit best, each once, at most `most`. [] when nothing fits.
    virtual Task<Result<std::vector<CatalogueArtist>>> search_artists(std::string text, std::size_t most) = 0;
    /// The artist's own songs, most popular first, at most `most`; [] for an artist that is not there.
    virtual Task<Result<ArtistSongs>> songs_of(std::int64_t artist, std::size_t most) = 0;
    virtual Task<Result<CatalogueSong>> song(std::int64_t id) = 0;
};

} // namespace personalify::app

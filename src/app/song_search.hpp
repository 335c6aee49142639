#pragma once

#include "app/ports/song_catalogue.hpp"
#include "app/timed_memory.hpp"
#include "core/clock.hpp"
#include "core/single_flight.hpp"

#include <memory>
#include <string>

namespace personalify::app {

/// Looks into the catalogue for those who type: equal questions are asked once, and answered from memory for
/// a few minutes. Any shard may use it.
class SongSearch {
public:
    static constexpr std::chrono::minutes remembered_for{5};
    static constexpr std::size_t most_remembered = 500; ///< of searches
    static constexpr std::size_t most_lists = 50;       ///< of artists' songs, up to 500 each
    static constexpr std::size_t most_artists = 20;
    static constexpr std::chrono::seconds patience{25};

    struct Artists {
        std::vector<CatalogueArtist> artists;
    };

    SongSearch(SongCatalogue& catalogue, const Clock& clock)
        : catalogue_(catalogue)
        , searches_(clock, remembered_for, most_remembered)
        , songs_(clock, remembered_for, most_lists) {}

    /// Errors: as SongCatalogue's.
    Task<Result<std::shared_ptr<const Artists>>> artists(std::string text);
    /// Errors: as SongCatalogue's.
    Task<Result<std::shared_ptr<const ArtistSongs>>> songs_of(std::int64_t artist, std::size_t most);

    /// What is remembered.
    std::size_t size() const { return searches_.size() + songs_.size(); }
    std::size_t clear() { return searches_.clear() + songs_.clear(); }
    metrics::CacheStats search_cache() const { return searches_.stats(); }
    metrics::CacheStats songs_cache() const { return songs_.stats(); }

private:
    Task<Result<std::shared_ptr<const Artists>>> ask(std::string key);
    Task<Result<std::shared_ptr<const ArtistSongs>>> ask_songs(std::int64_t artist, std::size_t most);

    SongCatalogue& catalogue_;
    TimedMemory<std::shared_ptr<const Artists>> searches_;
    TimedMemory<std::shared_ptr<const ArtistSongs>> songs_;
    SingleFlight<std::shared_ptr<const Artists>> searching_;
    SingleFlight<std::shared_ptr<const ArtistSongs>> listing_;
};

} // namespace personalify::app

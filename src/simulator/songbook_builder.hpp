#pragma once

#include "simulator/catalogue_seed.hpp"
#include "simulator/songbook.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace personalify::simulator {

/// Fills a songbook from the catalogue. Whatever the catalogue does not say is drawn from the names.
class SongbookBuilder {
public:
    /// Has far more songs than anybody would page through.
    static constexpr std::string_view prolific_artist = "Orkes Pop Parahyangan Tempo Baheula";

    explicit SongbookBuilder(Songbook& into)
        : into_(into) {}

    void build();

private:
    void add_track(const Track& track);
    void add_lesser_songs(const Artist& artist);
    void add_translation(const GeniusSong& of);
    void add_list(const Album& album);
    GeniusSong& add_song(GeniusArtist& artist, std::string title, std::uint64_t seed);
    void name_path(GeniusSong& song, std::string_view words);
    GeniusArtist& artist_named(std::string_view name, const Artist* artist);
    void index();

    Songbook& into_;
    std::unordered_map<std::string_view, GeniusArtist*> by_name_;
    std::unordered_set<std::int64_t> song_ids_;
    std::unordered_set<std::int64_t> artist_ids_;
    std::unordered_set<std::string> paths_;
};

} // namespace personalify::simulator

#pragma once

#include "simulator/catalogue.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What others than Spotify say about the catalogue's artists.
namespace personalify::simulator {

struct Tag {
    std::string name;
    int count = 0;
};

/// What Last.fm's listeners call the artist, most often first: the genres, and what is none ("seen live").
/// nullopt: Last.fm does not know the artist. Some have no tags.
std::optional<std::vector<Tag>> lastfm_tags(const Artist& artist);

/// An artist of MusicBrainz.
struct MbArtist {
    std::string id; ///< a UUID, a function of the name
    std::string_view name;
    const Artist* artist = nullptr; ///< null: somebody else of that name
    std::string_view disambiguation;
    std::string_view country;
    std::vector<Tag> genres; ///< may be empty
    std::vector<Tag> tags;   ///< genres and others
};

/// Most of the catalogue's artists, and namesakes of a few, which come before them. Made at first use.
const std::vector<MbArtist>& musicbrainz_artists();

} // namespace personalify::simulator

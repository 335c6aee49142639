#pragma once

#include "simulator/songbook.hpp"

#include <boost/json/object.hpp>

#include <string>

/// The songbook in the shapes of Genius' answers. `site` is the address before a page's path.
namespace personalify::simulator {

/// As in hits and lists, where a renamed song has its old address.
boost::json::object song_summary_json(const GeniusSong& song, const std::string& site);

/// With the album, or null, or without that member: all three happen.
boost::json::object artists_song_json(const GeniusSong& song, const std::string& site);

boost::json::object song_json(const GeniusSong& song, const std::string& site);
boost::json::object genius_artist_json(const GeniusArtist& artist, const std::string& site);

} // namespace personalify::simulator

#pragma once

#include "app/ports/song_catalogue.hpp"
#include "upstream/common/service_caller.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <vector>

/// What Genius' API answers, and what it means: pure rules.
namespace personalify::genius {

/// A song summary, and who it belongs to.
struct Song {
    app::CatalogueSong song;
    app::CatalogueArtist artist;
};

/// nullopt without an id, a title or an artist.
std::optional<Song> parse_song(const boost::json::value& value);

/// The songs of a search's hits, in order.
std::vector<Song> songs_in_hits(const boost::json::value& response);

/// One page of an artist's songs.
struct SongsPage {
    std::vector<Song> songs;
    std::optional<std::int64_t> next_page;
};
SongsPage songs_page(const boost::json::value& response);

/// Whether this is an artist, and not who puts up translations and lists at Genius.
bool is_performer(std::string_view artist);

/// Whether the title is that of a song, and not of a list ("Tracklist", "Album Art").
bool is_song_title(std::string_view title);

/// Whether a page of that title holds the names of an album's songs in place of words.
bool is_track_list(std::string_view title);

/// `response` of an answer of the API; not_found for a 404.
upstream::Judgement<boost::json::value> judge_api(const net::HttpReply& reply, const upstream::Try& attempt,
                                                  double jitter);

} // namespace personalify::genius

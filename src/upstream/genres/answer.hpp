#pragma once

#include "upstream/common/service_caller.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <vector>

/// What Last.fm and MusicBrainz answer, and what it means: pure rules.
namespace personalify::genres {

using Tags = std::vector<std::string>;

/// artist.getTopTags: tags that at least a tenth of those who tagged the artist gave, most used first; none
/// for an artist that Last.fm does not know.
upstream::Judgement<Tags> judge_lastfm(const net::HttpReply& reply, const upstream::Try& attempt,
                                       double jitter);

/// The body of a 200; null for a 404.
upstream::Judgement<boost::json::value> judge_musicbrainz(const net::HttpReply& reply,
                                                          const upstream::Try& attempt, double jitter);
/// Of a search for artists: the id of the first whose name is that one; nullopt when there is none.
std::optional<std::string> artist_in(const boost::json::value& body, std::string_view name);
/// Of an artist: genres, then other tags, most used first.
Tags tags_in(const boost::json::value& artist);

/// The text in quotes for MusicBrainz' search.
std::string quoted(std::string_view text);

} // namespace personalify::genres

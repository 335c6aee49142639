#pragma once

#include "app/ports/lyrics_sources.hpp"
#include "upstream/common/service_caller.hpp"

#include <boost/json/value.hpp>

#include <optional>

/// What LRCLIB answers, and what it means: pure rules.
namespace personalify::lrclib {

/// A record as lyrics: found or instrumental; nullopt for a song whose words nobody has entered yet.
std::optional<app::FoundLyrics> parse_record(const boost::json::value& record);

/// Whether the record is of that song: title and artist as domain/songs.hpp compares them, and a duration
/// within three seconds where both have one.
bool is_record_of(const boost::json::value& record, const app::SongQuery& song);

/// The body of a 200; null for a 404 and for what the service calls unanswerable (400).
upstream::Judgement<boost::json::value> judge(const net::HttpReply& reply, const upstream::Try& attempt,
                                              double jitter);

} // namespace personalify::lrclib

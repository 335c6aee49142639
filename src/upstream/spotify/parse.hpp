#pragma once

#include "core/error.hpp"
#include "domain/playing.hpp"
#include "domain/tops.hpp"
#include "domain/user.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <vector>

/// From Spotify's JSON to the domain. Every member but the ids may be missing, null or of another type, as
/// Spotify cut many of them for applications in development mode (2026).
namespace personalify::spotify {

/// GET /v1/me. upstream_unavailable without a usable id.
Result<SpotifyProfile> parse_profile(const boost::json::value& value);

/// nullopt without an id or a name.
std::optional<Artist> parse_artist(const boost::json::value& value);

/// nullopt without an id: local files have none and can't be stored.
std::optional<Track> parse_track(const boost::json::value& value);

/// GET /v1/me/player/currently-playing. What has no name (an item that is missing or of an unknown kind) is
/// nothing. upstream_unavailable when the value is no object.
Result<Playing> parse_playing(const boost::json::value& value);

/// An entry of /v1/me/player/recently-played; nullopt without a track's name or a time.
std::optional<RecentPlay> parse_recent_play(const boost::json::value& value);

/// A track from the listener's own disk, which has no id.
bool is_local_file(const boost::json::value& value);

/// One page of an offset paging object.
struct RawPage {
    const boost::json::array* items = nullptr; ///< into the parsed value; never null
    bool has_next = false;                     ///< whether there is a `next`; its address is not followed
};
/// upstream_unavailable when the value is no paging object or does not list its items: a list that is not
/// known is no empty list.
Result<RawPage> parse_page(const boost::json::value& value);

} // namespace personalify::spotify

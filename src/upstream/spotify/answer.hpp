#pragma once

#include "core/error.hpp"
#include "net/http_client.hpp"

#include <boost/json/value.hpp>

#include <string>

/// Reading answers that may be anything: JSON, text, a proxy's HTML.
namespace personalify::spotify {

/// The body as JSON; upstream_unavailable when it is something else, whatever its bytes look like.
Result<boost::json::value> json_body(const net::HttpReply& reply);

/// What an error answer says, in any of the shapes Spotify uses; members it does not give are "".
struct ErrorAnswer {
    std::string key;     ///< OAuth's error key, e.g. "invalid_grant"
    std::string message; ///< one line, cut to 200 bytes; may be shown
    std::string reason;  ///< e.g. "QUOTA_EXCEEDED"
};
ErrorAnswer error_answer(const net::HttpReply& reply);

/// "Spotify answered 401: The access token expired", for the log.
std::string describe(const net::HttpReply& reply);

} // namespace personalify::spotify

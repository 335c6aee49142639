#pragma once

#include "http/message.hpp"

#include <boost/json/fwd.hpp>

#include <string>
#include <string_view>

/// Answers in the forms Spotify uses.
namespace personalify::simulator {

http::Response json_answer(int status, const boost::json::value& value);
/// {"error":{"status":404,"message":"Resource not found"}}
http::Response api_error(int status, std::string_view message);
/// {"error":"invalid_grant","error_description":"Invalid authorization code"}, status 400
http::Response oauth_error(std::string_view error, std::string_view description);
/// See Other.
http::Response redirect(std::string location);

/// Value of a header, or "" if it is not there.
std::string_view header_of(const http::Response& response, std::string_view name);
/// Adds the header or replaces its value.
void set_header(http::Response& response, std::string_view name, std::string value);

} // namespace personalify::simulator

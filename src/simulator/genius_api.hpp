#pragma once

#include "http/message.hpp"

#include <string_view>

namespace personalify::simulator {

struct State;

/// Genius' API: search, songs and the songs of an artist. What it knows is the songbook.
inline constexpr std::string_view genius_api_path = "/genius-api/";
http::Response answer_genius_api(State& state, const http::Request& request);

/// {"meta":{"status":404,"message":"Not found"}}, or for 401 {"error":"invalid_token",...}.
http::Response genius_api_error(int status, std::string_view path);

} // namespace personalify::simulator

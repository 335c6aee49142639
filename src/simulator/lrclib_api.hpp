#pragma once

#include "http/message.hpp"

#include <string_view>

namespace personalify::simulator {

struct State;

/// LRCLIB: lyrics by name, without a key, but not without a User-Agent.
inline constexpr std::string_view lrclib_path = "/lrclib/";
http::Response answer_lrclib(State& state, const http::Request& request);

/// {"message":"...","name":"TrackNotFound","statusCode":404}, or Cloudflare's HTML where that stands before
/// it.
http::Response lrclib_error(int status, std::string_view path);

} // namespace personalify::simulator

#pragma once

#include "http/message.hpp"

#include <string_view>

namespace personalify::simulator {

struct State;

/// Last.fm, below which one path answers all methods: of them artist.getTopTags.
inline constexpr std::string_view lastfm_path = "/lastfm/";
http::Response answer_lastfm(State& state, const http::Request& request);

/// {"error":29,"message":"..."} with Last.fm's number for the status; a status of 200 has one, too.
http::Response lastfm_error(int status, std::string_view path);

} // namespace personalify::simulator

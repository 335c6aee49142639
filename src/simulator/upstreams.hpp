#pragma once

#include "http/message.hpp"

#include <string_view>

namespace personalify::simulator {

struct State;

/// A route of one of the services played here.
struct Upstream {
    std::string_view service; ///< as the journal names it
    std::string_view path;    ///< with '/' at its end: the beginning of paths
    http::Response (*answer)(State& state, const http::Request& request);
    http::Response (*error)(int status, std::string_view path); ///< what usually comes with the status
    bool shows_pages = false; ///< of HTML, which the fault "huge" makes longer instead of replacing them
};

/// Whose path it is. Paths that nobody has are Spotify's.
const Upstream& upstream_of(std::string_view path);

} // namespace personalify::simulator

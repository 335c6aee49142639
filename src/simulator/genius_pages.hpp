#pragma once

#include "http/message.hpp"
#include "simulator/songbook.hpp"

#include <string>
#include <string_view>

namespace personalify::simulator {

struct State;

/// Genius' site: the pages that show lyrics.
inline constexpr std::string_view genius_pages_path = "/genius/";
http::Response answer_genius_page(State& state, const http::Request& request);

/// What stands between a page and those who seem to be no browser (403, 429, 503; with 200 too), or an error
/// page.
http::Response genius_page_error(int status, std::string_view path);

/// The address before a page's path. Locks the state's mutex.
std::string genius_site(State& state);

} // namespace personalify::simulator

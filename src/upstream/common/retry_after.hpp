#pragma once

#include "core/clock.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace personalify::upstream {

/// Whole seconds or an HTTP date (all three forms of RFC 9110), relative to `now`; between 0 and
/// longest_closure. nullopt for anything else.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view text, TimePoint now);

} // namespace personalify::upstream

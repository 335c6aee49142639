#pragma once

#include <algorithm>
#include <cstdint>

namespace personalify {

/// Users that Spotify admits to an app in development mode. Each has to be listed in its developer dashboard.
inline constexpr std::int64_t development_places = 5;

/// How many are left when so many users are stored.
constexpr std::int64_t places_left(std::int64_t users) {
    return std::max<std::int64_t>(development_places - users, 0);
}

} // namespace personalify

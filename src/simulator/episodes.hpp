#pragma once

#include <span>
#include <string>
#include <string_view>

/// Talk between the music. Every name is invented.
namespace personalify::simulator {

struct Show {
    std::string id; ///< 22 characters of base62
    std::string_view name;
    std::string_view publisher;
    std::string_view description;
    std::string_view language; ///< two letters
};

struct Episode {
    std::string id; ///< 22 characters of base62
    std::string_view name;
    std::string_view description;
    const Show* show = nullptr; ///< never null
    int duration_ms = 0;
    std::string_view release_date; ///< YYYY-MM-DD
    bool is_explicit = false;
};

std::span<const Show> shows();

/// Those of a show stand together, in the order of shows().
std::span<const Episode> episodes();

} // namespace personalify::simulator

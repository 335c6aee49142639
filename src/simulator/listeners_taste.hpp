#pragma once

#include "simulator/catalogue.hpp"

#include <array>
#include <span>
#include <string_view>

namespace personalify::simulator {

struct GenreWeight {
    std::string_view genre;
    int weight = 0; ///< 0-100
};

/// All weights are whole numbers, so that scores, and with them the order, are the same everywhere.
struct Taste {
    std::span<const GenreWeight> genres;
    std::array<int, 3> scenes{}; ///< by Scene: how much an artist counts for the language alone, 0-100
    std::array<int, mood_count> moods{}; ///< by Mood: per cent, 100 is indifferent
    int explicit_lyrics = 100;           ///< per cent
    int fame = 50;                       ///< 0: obscurity does not matter ... 100: hits only
};

/// The tastes behind listeners(), in the same order; the newcomer has none.
namespace tastes {
extern const Taste indie_kid;
extern const Taste pop_sunda_grandmother;
extern const Taste night_owl;
extern const Taste koplo_dancer;
extern const Taste heartbroken;
} // namespace tastes

} // namespace personalify::simulator

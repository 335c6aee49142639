#pragma once

#include "simulator/catalogue.hpp"

#include <array>
#include <string_view>

/// The invented lines of which songs are made, one language each.
namespace personalify::simulator::data {

/// In every list an entry is a line. In lines {a} stands for a thing, {b} for a place.
struct Lines {
    std::array<std::string_view, mood_count> moods; ///< by Mood, four or more each
    std::string_view any;                           ///< that fit every mood
    std::string_view things;
    std::string_view places;
    std::array<std::string_view, 5> headings; ///< first verse, chorus, second verse, bridge, end
};

extern const Lines english_lines;
extern const Lines indonesian_lines;
extern const Lines sundanese_lines;

} // namespace personalify::simulator::data

#pragma once

#include "simulator/catalogue.hpp"

#include <string>
#include <string_view>
#include <vector>

/// What the invented songs say.
namespace personalify::simulator {

/// Part of a song.
struct Verse {
    std::string heading; ///< "Verse 1", "Reff": in the song's language
    std::vector<std::string> lines;
};

/// The words of the song with this name: always the same, and no two songs have the same.
std::vector<Verse> write_words(std::string_view artist, std::string_view title, Scene scene, Mood mood);

/// Lines with a blank one between verses. Headings, when asked for, in brackets on a line of their own.
std::string text_of(const std::vector<Verse>& verses, bool with_headings);

/// Nothing is sung on it.
bool is_instrumental(const Track& track);

} // namespace personalify::simulator

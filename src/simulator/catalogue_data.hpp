#pragma once

#include <string_view>

/// The hand-written tables behind the catalogue. Every name and title in them is invented.
///
/// Two lines an artist, blank lines ignored:
///
///     artist name | genre, genre | album name (empty: the artist only has singles)
///     mood: title / mood: title / mood!: title
///
/// `mood` is a word of simulator::Mood, `!` marks explicit lyrics. Names may hold anything but the
/// separators " | ", " / " and, in a title, a first ": " before the one that follows the mood.
namespace personalify::simulator::data {

extern const std::string_view indonesian;
extern const std::string_view sundanese;
extern const std::string_view english;

} // namespace personalify::simulator::data

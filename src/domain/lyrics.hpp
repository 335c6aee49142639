#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The words of songs as they are stored: lines that end in LF, section tags ("[Chorus]") among them.
namespace personalify {

/// A part of a song.
struct LyricsSection {
    std::string heading; ///< what its tag says, without the brackets; "" for what stands before the first tag
    std::string text;    ///< its lines, without blank ones at the ends; may be empty

    bool operator==(const LyricsSection&) const = default;
};

/// The sections in order. A tag that begins a line begins a section, and what follows it on that line belongs
/// to it; brackets inside a line are words. Nothing for a text that is blank.
std::vector<LyricsSection> sections_of(std::string_view stored);

/// The parts that are read and shown: the sections that have words, or, where there are no tags at all, the
/// stanzas (lines between two blank ones), without headings.
std::vector<LyricsSection> parts_of(std::string_view stored);

/// The words alone: no [tags], wherever they stand on a line, no lines that held only tags, at most one blank
/// line in a row and none at the ends. A bracket that its line doesn't close stays.
std::string without_section_tags(std::string_view stored);

} // namespace personalify

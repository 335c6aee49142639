#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

/// Lyrics with times, as LRC files hold them.
namespace personalify {

/// A line of lyrics and when it is sung.
struct TimedLine {
    std::chrono::milliseconds at{}; ///< from the song's beginning
    std::string text;               ///< "" is a pause
    bool operator==(const TimedLine&) const = default;
};

/// The lines of an LRC file by time (several stamps on one line, id tags, an offset, word stamps, CRLF and a
/// byte order mark are understood). Lines without a stamp are left out, and what is more than 4 MiB of text.
std::vector<TimedLine> parse_lrc(std::string_view lrc);

/// The plain words of timed lines: at most one blank line in a row, none at the ends.
std::string plain_text(const std::vector<TimedLine>& lines);

} // namespace personalify

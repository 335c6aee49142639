#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Text in columns, as a terminal or a fixed-width font shows it. UTF-8 in and out.
namespace personalify {

/// Columns that the text takes: two for wide East Asian characters and emoji (also those that several
/// characters make), none for combining marks and what does not show.
std::size_t display_width(std::string_view text);

/// In one line: control characters and directions become spaces or go, what is no UTF-8 becomes U+FFFD.
std::string one_line(std::string_view text);

/// The text, cut with an ellipsis between characters as people see them when it is wider than `columns` (at
/// least 1).
std::string cut_to_width(std::string_view text, std::size_t columns);

/// In lines of at most `columns` (at least 2), broken between words where there are any; never empty.
std::vector<std::string> wrap(std::string_view text, std::size_t columns);

} // namespace personalify

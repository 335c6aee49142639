#pragma once

#include <cstddef>
#include <string_view>

namespace personalify::json {

/// Length of the well-formed UTF-8 sequence of two to four bytes at `from` (Unicode, table 3-7), or 0.
std::size_t utf8_sequence(const char* from, const char* end);

/// True when the whole text is well-formed UTF-8.
bool is_utf8(std::string_view text);

} // namespace personalify::json

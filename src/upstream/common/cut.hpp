#pragma once

#include <cstddef>
#include <string_view>

namespace personalify::upstream {

/// What the size of a text is counted in.
enum class SizeIn {
    code_points,
    encoded_bytes, ///< as a query parameter: what is not unreserved takes three bytes a byte
};

std::size_t size_of(std::string_view text, SizeIn unit);

/// Where to cut off a piece of at most `most` (> 0): behind the last line break that fits, else the last
/// space, else anywhere but inside a character. In bytes; the whole text when it fits, never 0.
std::size_t cut_point(std::string_view text, std::size_t most, SizeIn unit);

} // namespace personalify::upstream

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text of listeners and of songs. UTF-8 in and out; what is no UTF-8 becomes U+FFFD.
namespace personalify {

/// Whether there is nothing but white space (Unicode's, and what does not show).
bool is_blank(std::string_view text);

/// The first `count` characters (code points).
std::string first_characters(std::string_view text, std::size_t count);

/// A track's title as it is read and remembered: without what says how it was recorded or released ("feat.
/// …", "- Remastered 2009", "(Live)"), in lower case, white space as single spaces, at most 300 characters.
/// Scripts, accents and other brackets stay. Equal results mean the same title. Never empty for a title that
/// is not blank.
std::string normalize_title(std::string_view title);

} // namespace personalify

#pragma once

#include <string>
#include <string_view>

namespace personalify::genius {

/// Lyrics as they are stored, from a page's text: every space is one " ", lines and the whole are trimmed, at
/// most one blank line in a row, section tags on a line of their own even where the page broke them, nothing
/// that leaked from around the lyrics; NFC. Zero-width spaces and control characters go; joiners and marks
/// stay. Empty when nothing is left.
std::string tidied_lyrics(std::string_view text);

} // namespace personalify::genius

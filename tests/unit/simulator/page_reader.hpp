#pragma once

#include <string>
#include <string_view>

namespace personalify::simulator {

/// The lyrics of a page, read with as little as it takes: containers (or div.lyrics), without what is no
/// lyrics, entities decoded, odd spaces made plain, one blank line between paragraphs.
std::string read_lyrics(std::string_view html);

} // namespace personalify::simulator

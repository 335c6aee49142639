#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace personalify::simulator {

/// For comparing names: lower case, Latin letters without accents, apostrophes deleted, other ASCII
/// punctuation turned into a space, single spaces only and none at the ends. Letters of other scripts stay.
std::string fold(std::string_view text);

/// The words of a folded text.
std::vector<std::string> words_of(std::string_view folded);

/// Letters and digits of ASCII with '-' between words, as in addresses: "Lentera Biru!" is "lentera-biru".
std::string slug_of(std::string_view text);

} // namespace personalify::simulator

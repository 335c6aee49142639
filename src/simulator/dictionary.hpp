#pragma once

#include <string>
#include <string_view>

namespace personalify::simulator {

/// What the simulated translators know: a few hundred words, one for one.
struct Translated {
    std::string text;     ///< punctuation, line breaks and unknown words as they were
    std::string language; ///< "id", "su", or "en" when hardly a word is known
};
Translated translate_words(std::string_view text);

} // namespace personalify::simulator

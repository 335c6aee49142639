#pragma once

#include "nlp/language.hpp"

#include <string_view>

namespace personalify::nlp {

/// What the letters of a text are, other than Latin.
struct Scripts {
    int latin = 0;                              ///< letters
    int other = 0;                              ///< letters of all other scripts
    Language language = Language::undetermined; ///< that most of the others are usual for
};

Scripts scripts_of(std::string_view text);

} // namespace personalify::nlp

#pragma once

#include "upstream/genius/lyrics_page.hpp"

#include <string_view>

namespace personalify::genius {

/// What lyrics turn out to be that may only say that there are none: "[Instrumental]", or the sentence that
/// usually stands in their place. lyrics when there are words.
PageKind kind_of_lyrics(std::string_view lyrics);

/// What the message in the place of lyrics says; not_understood when it is none that we know.
PageKind kind_of_placeholder(std::string_view message);

/// Whether a page without lyrics is a check for robots or a refusal. `title` is that of the page.
bool is_blocked(std::string_view title, std::string_view html);

} // namespace personalify::genius

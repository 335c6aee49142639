#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace personalify::genius {

/// What is left of a page for the parser.
struct Markup {
    std::string html;
    std::string title;    ///< the words of <title>, entities and all
    bool cut_off = false; ///< a whole page was begun, and its end is missing
    /// How many of the elements were open at once, at most. The parser has hardly ever more, and never twice
    /// as many (but for the three that it makes up).
    std::size_t depth = 0;
};

/// A page without what has no lyrics in it: scripts, styles, drawings, comments, tables' and forms' tags, and
/// most attributes. It is read once, in linear time.
///
/// This is what makes it safe to have gumbo parse any bytes. Its time and memory grow with the square of the
/// nesting and of unclosed formatting elements, and its way out of a tree is recursive. So of tags only those
/// pass whose nesting can be counted here as it will be there; formatting elements pass under names that HTML
/// doesn't reopen in every later paragraph; and a page with too many of them or too deep is refused.
/// Errors: payload_too_large (too many tags), upstream_unavailable (too deep).
Result<Markup> plain_markup(std::string_view page);

} // namespace personalify::genius

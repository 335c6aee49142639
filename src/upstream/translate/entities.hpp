#pragma once

#include <string>
#include <string_view>

namespace personalify::translate {

/// Whether the text holds something that reads as an HTML entity.
bool has_entity(std::string_view text);

/// HTML's entities as characters, once: "&amp;lt;" becomes "&lt;". Those that Google writes: named &amp; &lt;
/// &gt; &quot; &apos; &nbsp; and every number; others stay.
std::string without_entities(std::string_view text);

} // namespace personalify::translate

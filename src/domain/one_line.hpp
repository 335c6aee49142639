#pragma once

#include <string_view>

namespace personalify {

/// Whether a text holds what does not belong into one line: control characters, line breaks, and marks that
/// turn around what is written after them.
bool has_control_characters(std::string_view text);

} // namespace personalify

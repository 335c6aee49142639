#pragma once

#include <algorithm>
#include <string_view>

namespace personalify {

/// Whether a text may name a model as its hub does: owner/name, of characters that need no escaping in a
/// path.
constexpr bool is_model_name(std::string_view text) {
    const std::size_t slash = text.find('/');
    return slash != std::string_view::npos && slash > 0 && slash + 1 < text.size() &&
           text.find('/', slash + 1) == std::string_view::npos && !text.contains("..") &&
           std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      std::string_view{"/._-"}.contains(c);
           });
}

} // namespace personalify

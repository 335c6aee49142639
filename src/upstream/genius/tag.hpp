#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace personalify::genius {

/// A tag as it stands in a page, with the attributes that lyrics are found by.
struct Tag {
    std::string name; ///< in lower case
    bool closing = false;
    bool container = false; ///< data-lyrics-container
    bool excluded = false;  ///< data-exclude-from-selection
    std::string_view class_names;
    std::size_t end = 0; ///< where the page goes on
};

/// Whether a tag begins at `at`, which is that of a "<": all else is text or a comment.
bool tag_begins(std::string_view page, std::size_t at);

/// The tag that begins at `at`. Nothing when the page ends inside it. Of a repeated attribute the first
/// counts.
std::optional<Tag> read_tag(std::string_view page, std::size_t at);

/// HTML's white space.
constexpr bool is_html_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

constexpr char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// Whether two texts are the same but for the case of ASCII letters.
bool same_word(std::string_view left, std::string_view right);

} // namespace personalify::genius

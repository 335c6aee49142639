#pragma once

#include <optional>
#include <string_view>
#include <utility>

/// Small pieces of HTTP grammar (RFC 9110 and 6265) that several files need.
namespace personalify::http {

constexpr char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_alphanumeric(char c) {
    const char lower = to_lower(c);
    return is_digit(c) || (lower >= 'a' && lower <= 'z');
}
/// RFC 9110's tchar: what header names and methods are made of.
constexpr bool is_token_char(char c) {
    return is_alphanumeric(c) || std::string_view{"!#$%&'*+-.^_`|~"}.contains(c);
}

/// Compares ASCII text without regard to case.
constexpr bool same_ignoring_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (to_lower(a[i]) != to_lower(b[i])) {
            return false;
        }
    }
    return true;
}

/// Without spaces and tabs at both ends.
constexpr std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

/// Takes the text up to the separator off the front of `rest`, trimmed; nullopt when nothing is left.
constexpr std::optional<std::string_view> next_item(std::optional<std::string_view>& rest, char separator) {
    if (!rest) {
        return std::nullopt;
    }
    const std::string_view text = *rest;
    const auto end = text.find(separator);
    if (end == std::string_view::npos) {
        rest.reset();
        return trim(text);
    }
    rest = text.substr(end + 1);
    return trim(text.substr(0, end));
}

} // namespace personalify::http

#pragma once

#include <string>
#include <string_view>

namespace personalify::nlp {

/// Latin letters of UTF-8 text, byte by byte: what the word lists need and no more. Bytes that are no UTF-8
/// are no letters and pass through everything unchanged.

constexpr bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
constexpr bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
constexpr bool is_letter(char c) {
    return is_upper(c) || is_lower(c);
}
constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}
constexpr bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
constexpr char to_lower(char c) {
    return is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
}
constexpr char to_upper(char c) {
    return is_lower(c) ? static_cast<char>(c - ('a' - 'A')) : c;
}

/// How many bytes the letter at the start of `text` takes: 1 for ASCII, 2 for accented Latin letters, 0 when
/// there is none.
std::size_t letter_size(std::string_view text);

/// Lower case, typographic apostrophes as ', and e for é, è, ê: the form of all keys.
std::string fold(std::string_view word);

/// `word` written like `model`: ALL CAPITALS, a First capital, or as it is.
std::string with_case_of(std::string_view model, std::string word);

} // namespace personalify::nlp

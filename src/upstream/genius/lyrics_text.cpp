#include "upstream/genius/lyrics_text.hpp"

#include "upstream/genius/leaks.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <new>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/utf8.h>
#include <vector>

namespace personalify::genius {

namespace {

constexpr std::size_t longest_tag = 200;  ///< bytes; a "[" that is not closed by then opens no section tag
constexpr std::size_t most_tag_lines = 5; ///< that a page breaks a tag into

constexpr char32_t replacement = 0xFFFD;

bool is_space(char32_t c) {
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

/// What does not show and only keeps equal words from being equal.
bool is_dropped(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x200B || c == 0xFEFF;
}

/// The lines, each with single spaces and none at its ends.
std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines(1);
    bool space = false;
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
        const auto begin = static_cast<std::size_t>(at);
        UChar32 decoded = 0;
        U8_NEXT_OR_FFFD(text.data(), at, size, decoded);
        const auto c = static_cast<char32_t>(decoded);
        if (c == U'\n') {
            lines.emplace_back();
            space = false;
        } else if (is_space(c)) {
            space = true;
        } else if (!is_dropped(c)) {
            if (space && !lines.back().empty()) {
                lines.back() += ' ';
            }
            space = false;
            // Entities of numbers that are no characters come out of the parser as bytes that are none,
            // either.
            lines.back() += c == replacement ? std::string_view{"\uFFFD"}
                                             : text.substr(begin, static_cast<std::size_t>(at) - begin);
        }
    }
    return lines;
}

/// How many of the lines from `first` on make up one section tag: 1 when the line is whole as it is.
std::size_t lines_of_tag(const std::vector<std::string>& lines, std::size_t first) {
    const std::string& line = lines[first];
    const std::size_t opening = line.rfind('[');
    if (!line.starts_with('[') || line.find(']', opening) != std::string::npos) {
        return 1;
    }
    std::size_t length = line.size() - opening;
    for (std::size_t count = 1; count < most_tag_lines && first + count < lines.size(); ++count) {
        const std::string& next = lines[first + count];
        const std::size_t end = next.find_first_of("[]");
        length += std::min(end, next.size());
        if (length > longest_tag || next.empty() || (end != std::string::npos && next[end] == '[')) {
            return 1;
        }
        if (end != std::string::npos) {
            return count + 1;
        }
    }
    return 1;
}

/// Puts section tags together that the page broke into several lines.
std::vector<std::string> with_whole_tags(std::vector<std::string> lines) {
    std::vector<std::string> whole;
    whole.reserve(lines.size());
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t count = lines_of_tag(lines, at);
        std::string& tag = whole.emplace_back(std::move(lines[at]));
        for (std::size_t i = 1; i < count; ++i) {
            const std::string& next = lines[at + i];
            const bool close = next.starts_with(']') || next.starts_with(',') || tag == "[";
            tag += close ? next : " " + next;
        }
        at += count;
    }
    return whole;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    bool blank = false;
    for (const std::string& line : lines) {
        if (line.empty()) {
            blank = true;
            continue;
        }
        if (!text.empty()) {
            text += blank ? "\n\n" : "\n";
        }
        blank = false;
        text += line;
    }
    return text;
}

void check(UErrorCode status) {
    if (U_FAILURE(status)) {
        throw std::bad_alloc(); // the only way to fail: ICU carries the data of NFC inside
    }
}

std::string in_nfc(std::string text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    check(status);
    const icu::StringPiece piece{text.data(), static_cast<std::int32_t>(text.size())};
    const bool already = nfc->isNormalizedUTF8(piece, status) != 0;
    check(status);
    if (already) {
        return text;
    }
    std::string composed;
    icu::StringByteSink<std::string> sink{&composed};
    nfc->normalizeUTF8(0, piece, sink, nullptr, status);
    check(status);
    return composed;
}

} // namespace

std::string tidied_lyrics(std::string_view text) {
    std::vector<std::string> lines = lines_of(text);
    drop_leaks(lines);
    return in_nfc(joined(with_whole_tags(std::move(lines))));
}

} // namespace personalify::genius

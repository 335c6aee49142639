#include "domain/width.hpp"

#include <array>
#include <memory>
#include <stdexcept>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

namespace personalify {

namespace {

constexpr UChar32 emoji_style = 0xFE0F; ///< asks for the colourful shape of what stands before it
constexpr UChar32 soft_hyphen = 0xAD;
constexpr std::string_view ellipsis = "…";

struct CloseText {
    void operator()(UText* text) const { utext_close(text); }
};
struct CloseBreaks {
    void operator()(UBreakIterator* breaks) const { ubrk_close(breaks); }
};

/// What people see as one character, with its columns.
struct Cluster {
    std::string_view bytes;
    std::size_t width = 0;
};

UChar32 next_point(std::string_view text, std::size_t& at) {
    UChar32 point = 0;
    auto index = static_cast<std::int32_t>(at);
    U8_NEXT_OR_FFFD(text.data(), index, static_cast<std::int32_t>(text.size()), point);
    at = static_cast<std::size_t>(index);
    return point;
}

/// Alone, without its neighbours.
std::size_t width_of(UChar32 point) {
    const auto bit = U_MASK(u_charType(point));
    const int syllable = u_getIntPropertyValue(point, UCHAR_HANGUL_SYLLABLE_TYPE);
    const bool joins = syllable == U_HST_VOWEL_JAMO || syllable == U_HST_TRAILING_JAMO;
    if (joins ||
        ((bit & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK)) != 0 && point != soft_hyphen)) {
        return 0;
    }
    const int breadth = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
    return breadth == U_EA_WIDE || breadth == U_EA_FULLWIDTH ? 2 : 1;
}

std::size_t width_of_cluster(std::string_view bytes) {
    std::size_t at = 0;
    const UChar32 first = next_point(bytes, at);
    std::size_t width = width_of(first);
    bool emoji = u_hasBinaryProperty(first, UCHAR_EMOJI_PRESENTATION) != 0;
    while (at < bytes.size()) {
        const UChar32 point = next_point(bytes, at);
        width += width_of(point);
        emoji = emoji || point == emoji_style ||
                (u_hasBinaryProperty(first, UCHAR_EMOJI) != 0 &&
                 u_hasBinaryProperty(point, UCHAR_EMOJI_MODIFIER) != 0);
    }
    return emoji ? 2 : width; // however many characters it is made of
}

/// Throws std::runtime_error when ICU has no data.
std::vector<Cluster> clusters_of(std::string_view text) {
    UErrorCode failure = U_ZERO_ERROR;
    const std::unique_ptr<UText, CloseText> source{
        utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &failure)};
    const std::unique_ptr<UBreakIterator, CloseBreaks> breaks{
        ubrk_open(UBRK_CHARACTER, "", nullptr, 0, &failure)};
    if (breaks != nullptr) {
        ubrk_setUText(breaks.get(), source.get(), &failure);
    }
    if (U_FAILURE(failure) != 0) {
        throw std::runtime_error("ICU cannot tell characters apart");
    }
    std::vector<Cluster> clusters;
    std::size_t begin = 0;
    for (std::int32_t end = ubrk_next(breaks.get()); end != UBRK_DONE; end = ubrk_next(breaks.get())) {
        const std::string_view bytes = text.substr(begin, static_cast<std::size_t>(end) - begin);
        clusters.push_back({bytes, width_of_cluster(bytes)});
        begin = static_cast<std::size_t>(end);
    }
    return clusters;
}

bool turns_text_around(UChar32 point) {
    const auto direction = u_charDirection(point);
    return direction == U_LEFT_TO_RIGHT_EMBEDDING || direction == U_RIGHT_TO_LEFT_EMBEDDING ||
           direction == U_LEFT_TO_RIGHT_OVERRIDE || direction == U_RIGHT_TO_LEFT_OVERRIDE ||
           direction == U_POP_DIRECTIONAL_FORMAT || direction == U_FIRST_STRONG_ISOLATE ||
           direction == U_LEFT_TO_RIGHT_ISOLATE || direction == U_RIGHT_TO_LEFT_ISOLATE ||
           direction == U_POP_DIRECTIONAL_ISOLATE;
}

void append_point(std::string& text, UChar32 point) {
    std::array<char, U8_MAX_LENGTH> bytes{};
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, point);
    text.append(bytes.data(), static_cast<std::size_t>(length));
}

} // namespace

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (const Cluster& cluster : clusters_of(text)) {
        width += cluster.width;
    }
    return width;
}

std::string one_line(std::string_view text) {
    std::string line;
    for (std::size_t at = 0; at < text.size();) {
        const UChar32 point = next_point(text, at);
        const auto bit = U_MASK(u_charType(point));
        if ((bit & (U_GC_CC_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK)) != 0) {
            line += ' ';
        } else if (!turns_text_around(point)) {
            append_point(line, point);
        }
    }
    return line;
}

std::string cut_to_width(std::string_view text, std::size_t columns) {
    const std::vector<Cluster> clusters = clusters_of(text);
    std::size_t width = 0;
    std::size_t fits = 0; // bytes, with an ellipsis after them
    for (const Cluster& cluster : clusters) {
        width += cluster.width;
        if (width + 1 <= columns) {
            fits += cluster.bytes.size();
        }
    }
    return width <= columns ? std::string{text} : std::string{text.substr(0, fits)}.append(ellipsis);
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines{""};
    std::size_t width = 0;      // of the last line
    std::size_t word_at = 0;    // where its last word begins, in bytes; 0: it is the first one
    std::size_t word_width = 0; // of that word
    for (const Cluster& cluster : clusters_of(text)) {
        if (width + cluster.width > columns && cluster.bytes != " ") {
            const bool whole = word_at > 0; // the word moves on as a whole
            std::string rest = whole ? lines.back().substr(word_at) : "";
            lines.back().resize(whole ? word_at - 1 : lines.back().size());
            width = whole ? word_width : 0;
            lines.push_back(std::move(rest));
            word_at = 0;
        }
        if (width + cluster.width > columns) {
            lines.emplace_back(); // a space at the end of a line goes
            width = word_at = word_width = 0;
            continue;
        }
        lines.back().append(cluster.bytes);
        width += cluster.width;
        word_width += cluster.width;
        if (cluster.bytes == " ") {
            word_at = lines.back().size();
            word_width = 0;
        }
    }
    if (lines.size() > 1 && lines.back().empty()) {
        lines.pop_back();
    }
    return lines;
}

} // namespace personalify

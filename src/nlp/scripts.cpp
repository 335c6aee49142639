#include "nlp/scripts.hpp"

#include "nlp/letters.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace personalify::nlp {

namespace {

struct Range {
    char32_t first;
    char32_t last;
    Language language;
};

constexpr std::array<Range, 19> ranges{{{0x0370, 0x03FF, Language::greek},
                                        {0x0400, 0x052F, Language::russian},
                                        {0x0590, 0x05FF, Language::hebrew},
                                        {0x0600, 0x06FF, Language::arabic},
                                        {0x0750, 0x077F, Language::arabic},
                                        {0x0900, 0x097F, Language::hindi},
                                        {0x0E00, 0x0E7F, Language::thai},
                                        {0x1100, 0x11FF, Language::korean},
                                        {0x1B80, 0x1BBF, Language::sundanese},
                                        {0x3040, 0x30FF, Language::japanese},
                                        {0x31F0, 0x31FF, Language::japanese},
                                        {0x3400, 0x4DBF, Language::chinese},
                                        {0x4E00, 0x9FFF, Language::chinese},
                                        {0xA980, 0xA9DF, Language::undetermined}, // Javanese
                                        {0xAC00, 0xD7AF, Language::korean},
                                        {0xF900, 0xFAFF, Language::chinese},
                                        {0xFB50, 0xFDFF, Language::arabic},
                                        {0xFE70, 0xFEFE, Language::arabic},
                                        {0xFF66, 0xFF9D, Language::japanese}}};

/// The character at the start of `text`, which begins with a byte above 0x7F, and its size; size 1 and 0 for
/// broken bytes.
struct Character {
    char32_t code = 0;
    std::size_t size = 1;
};

Character character_at(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    std::size_t size = 0;
    if (first >= 0xC2 && first < 0xE0) {
        size = 2;
    } else if (first >= 0xE0 && first < 0xF0) {
        size = 3;
    } else if (first >= 0xF0 && first < 0xF5) {
        size = 4;
    }
    if (size == 0 || text.size() < size) {
        return {};
    }
    char32_t code = first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0U) != 0x80) {
            return {};
        }
        code = (code << 6U) | (byte & 0x3FU);
    }
    return {code, size};
}

} // namespace

Scripts scripts_of(std::string_view text) {
    Scripts scripts;
    std::array<int, static_cast<std::size_t>(Language::thai) + 1> counts{};
    for (std::size_t i = 0; i < text.size();) {
        if (static_cast<unsigned char>(text[i]) < 0x80) {
            scripts.latin += is_letter(text[i]) ? 1 : 0;
            ++i;
            continue;
        }
        const Character character = character_at(text.substr(i));
        scripts.latin += character.code >= 0xC0 && character.code <= 0x24F ? 1 : 0;
        for (const Range& range : ranges) {
            if (character.code >= range.first && character.code <= range.last) {
                ++counts[static_cast<std::size_t>(range.language)];
                ++scripts.other;
            }
        }
        i += character.size;
    }
    const auto most = std::ranges::max_element(counts);
    if (*most > 0) {
        scripts.language = static_cast<Language>(most - counts.begin());
    }
    // Japanese is written with Chinese characters, but never without kana in a line or two.
    if (scripts.language == Language::chinese && counts[static_cast<std::size_t>(Language::japanese)] > 0) {
        scripts.language = Language::japanese;
    }
    return scripts;
}

} // namespace personalify::nlp

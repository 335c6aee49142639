#pragma once

#include <cstddef>
#include <string_view>

namespace personalify {

/// Whether the text has a letter of any script: digits, punctuation, symbols and emoji alone say nothing that
/// could be translated. UTF-8; a coarse look at code blocks, in doubt a letter.
constexpr bool has_letters(std::string_view text) {
    struct Block {
        char32_t first;
        char32_t last;
    };
    constexpr Block no_letters[] = {
        {0x80, 0xA9},     {0xAB, 0xB4},     {0xB6, 0xB9},       {0xBB, 0xBF},       {0xD7, 0xD7},
        {0xF7, 0xF7},     {0x300, 0x36F},   {0x2000, 0x206F},   {0x20A0, 0x20FF},   {0x2190, 0x2BFF},
        {0x2E00, 0x2E7F}, {0x3000, 0x3004}, {0x3008, 0x3020},   {0xE000, 0xF8FF},   {0xFE00, 0xFE6F},
        {0xFF01, 0xFF20}, {0xFFE0, 0xFFFF}, {0x1F000, 0x1FBFF}, {0xE0000, 0x10FFFF}};
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t point = length == 1 ? lead : lead & (0x7FU >> length);
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k) {
            point = (point << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        }
        i += length;
        if (point < 0x80) {
            const char32_t lower = point | 0x20U;
            if (lower >= 'a' && lower <= 'z') {
                return true;
            }
            continue;
        }
        bool letter = true;
        for (const Block& block : no_letters) {
            letter = letter && (point < block.first || point > block.last);
        }
        if (letter) {
            return true;
        }
    }
    return false;
}

} // namespace personalify

#include "json/utf8.hpp"

namespace personalify::json {

std::size_t utf8_sequence(const char* from, const char* end) {
    const auto at = [from](int i) { return static_cast<unsigned char>(from[i]); };
    const auto left = end - from;
    const auto follows = [&](int i, unsigned low = 0x80, unsigned high = 0xBF) {
        return i < left && at(i) >= low && at(i) <= high;
    };
    const unsigned first = at(0);
    if (first >= 0xC2 && first <= 0xDF) {
        return follows(1) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
        const unsigned low = first == 0xE0 ? 0xA0 : 0x80;  // no overlong forms
        const unsigned high = first == 0xED ? 0x9F : 0xBF; // no surrogates
        return follows(1, low, high) && follows(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const unsigned low = first == 0xF0 ? 0x90 : 0x80;
        const unsigned high = first == 0xF4 ? 0x8F : 0xBF; // nothing above U+10FFFF
        return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

bool is_utf8(std::string_view text) {
    const char* from = text.data();
    const char* const end = from + text.size();
    while (from != end) {
        if (static_cast<unsigned char>(*from) < 0x80) {
            ++from;
            continue;
        }
        const std::size_t length = utf8_sequence(from, end);
        if (length == 0) {
            return false;
        }
        from += length;
    }
    return true;
}

} // namespace personalify::json

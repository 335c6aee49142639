#include "upstream/common/cut.hpp"

#include "json/utf8.hpp"

#include <algorithm>

namespace personalify::upstream {

namespace {

/// Bytes of the code point that begins the text; 1 for what is no UTF-8.
std::size_t first_point(std::string_view text) {
    const std::size_t length = static_cast<unsigned char>(text.front()) < 0x80
                                   ? 1
                                   : json::utf8_sequence(text.data(), text.data() + text.size());
    return std::max<std::size_t>(length, 1);
}

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"-._~"}.contains(c);
}

std::size_t cost_of(std::string_view point, SizeIn unit) {
    if (unit == SizeIn::code_points) {
        return 1;
    }
    return point.size() == 1 && (is_unreserved(point.front()) || point.front() == ' ') ? 1 : 3 * point.size();
}

/// What belongs to the character before it: combining marks, joiners, variation and skin tone selectors.
bool continues(std::string_view point) {
    const auto within = [point](std::string_view first, std::string_view last) {
        return point.size() == first.size() && point >= first && point <= last;
    };
    return within("\u0300", "\u036F") || within("\u200D", "\u200D") || within("\uFE00", "\uFE0F") ||
           within("\u20D0", "\u20FF") || within("\U0001F3FB", "\U0001F3FF");
}

} // namespace

std::size_t size_of(std::string_view text, SizeIn unit) {
    std::size_t size = 0;
    while (!text.empty()) {
        const std::size_t length = first_point(text);
        size += cost_of(text.substr(0, length), unit);
        text.remove_prefix(length);
    }
    return size;
}

std::size_t cut_point(std::string_view text, std::size_t most, SizeIn unit) {
    std::size_t at = 0;
    std::size_t size = 0;
    std::size_t behind_line = 0;
    std::size_t behind_space = 0;
    std::size_t behind_character = 0;
    bool joined = false; // by a zero width joiner
    while (at < text.size()) {
        const std::size_t length = first_point(text.substr(at));
        const std::string_view point = text.substr(at, length);
        if (at > 0 && !joined && !continues(point)) {
            behind_character = at;
        }
        size += cost_of(point, unit);
        if (size > most) {
            const std::size_t best = behind_line > 0    ? behind_line
                                     : behind_space > 0 ? behind_space
                                                        : behind_character;
            // A heap of combining marks larger than the piece is cut where it must be.
            return best > 0 ? best : std::max(at, length);
        }
        at += length;
        joined = point == "\u200D";
        if (point == "\n") {
            behind_line = at;
        } else if (point == " ") {
            behind_space = at;
        }
    }
    return text.size();
}

} // namespace personalify::upstream

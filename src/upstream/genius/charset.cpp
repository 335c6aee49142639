#include "upstream/genius/charset.hpp"

#include "json/utf8.hpp"
#include "upstream/genius/tag.hpp"

#include <algorithm>
#include <array>

namespace personalify::genius {

namespace {

constexpr std::size_t declaration_bytes = 4096;

/// What 0x80 to 0x9F are on pages that call themselves Latin-1: browsers read Windows-1252.
constexpr std::array<std::string_view, 32> windows_1252{
    "\u20AC", "",       "\u201A", "\u0192", "\u201E", "\u2026", "\u2020", "\u2021",
    "\u02C6", "\u2030", "\u0160", "\u2039", "\u0152", "",       "\u017D", "",
    "",       "\u2018", "\u2019", "\u201C", "\u201D", "\u2022", "\u2013", "\u2014",
    "\u02DC", "\u2122", "\u0161", "\u203A", "\u0153", "",       "\u017E", "\u0178"};

bool says_latin1(std::string_view html) {
    std::string head{html.substr(0, declaration_bytes)};
    std::ranges::transform(head, head.begin(), ascii_lower);
    constexpr std::array<std::string_view, 3> names{"iso-8859-1", "windows-1252", "latin1"};
    for (std::size_t at = head.find("charset="); at != std::string::npos;
         at = head.find("charset=", at + 1)) {
        std::string_view name = std::string_view{head}.substr(at + std::string_view{"charset="}.size());
        name.remove_prefix(name.starts_with('"') || name.starts_with('\'') ? 1 : 0);
        if (std::ranges::any_of(names, [&](std::string_view known) { return name.starts_with(known); })) {
            return true;
        }
    }
    return false;
}

} // namespace

std::optional<std::string> from_latin1(std::string_view html) {
    if (json::is_utf8(html) || !says_latin1(html)) {
        return std::nullopt;
    }
    std::string text;
    text.reserve(html.size() + html.size() / 4);
    for (const char c : html) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            text += c;
        } else if (byte < 0xA0) {
            text += windows_1252[byte - 0x80U];
        } else {
            text += static_cast<char>(0xC0U | (byte >> 6U));
            text += static_cast<char>(0x80U | (byte & 0x3FU));
        }
    }
    return text;
}

} // namespace personalify::genius

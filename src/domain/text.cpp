#include "domain/text.hpp"

#include "domain/one_line.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace personalify {

namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr std::size_t title_characters = 300;

/// The code point at the start of `text`, which is not empty, and takes it off.
char32_t take_code_point(std::string_view& text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char lead = byte(0);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code = length == 1 ? lead : lead & (0x7FU >> length);
    std::size_t used = 1;
    while (used < length && used < text.size() && (byte(used) & 0xC0U) == 0x80U) {
        code = (code << 6U) | (byte(used++) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> least{0x110000, 0, 0x80, 0x800, 0x10000}; // shorter forms are wrong
    const bool whole =
        used == length && code >= least[length] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    text.remove_prefix(used);
    return whole ? code : replacement;
}

std::u32string decode(std::string_view text) {
    std::u32string decoded;
    while (!text.empty()) {
        decoded += take_code_point(text);
    }
    return decoded;
}

void append(std::string& out, char32_t code) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) {
        return put(code);
    }
    if (code < 0x800) {
        put(0xC0U | (code >> 6U));
    } else if (code < 0x10000) {
        put(0xE0U | (code >> 12U));
        put(0x80U | ((code >> 6U) & 0x3FU));
    } else {
        put(0xF0U | (code >> 18U));
        put(0x80U | ((code >> 12U) & 0x3FU));
        put(0x80U | ((code >> 6U) & 0x3FU));
    }
    put(0x80U | (code & 0x3FU));
}

std::string encode(std::u32string_view text) {
    std::string encoded;
    for (const char32_t code : text) {
        append(encoded, code);
    }
    return encoded;
}

/// White space, controls, and the marks without width that text is copied with.
bool is_space(char32_t c) {
    return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 ||
           c == 0xFEFF;
}

/// Lower case of the scripts that have one and that titles are written in: Latin, Greek, Cyrillic, Armenian
/// and the full-width letters. No locale has a say: a key is the same on every machine.
char32_t lower(char32_t c) {
    const auto in = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    if (in('A', 'Z') || (in(0xC0, 0xDE) && c != 0xD7) || (in(0x391, 0x3AB) && c != 0x3A2) ||
        in(0x410, 0x42F) || in(0xFF21, 0xFF3A)) {
        return c + 32;
    }
    if (in(0x400, 0x40F)) {
        return c + 80;
    }
    if (in(0x531, 0x556)) {
        return c + 48;
    }
    // Pairs of one capital and its small letter: the capital is even here, odd there.
    if (c == 0x130) { // a dotted capital I has no single small letter of its own
        return 'i';
    }
    if (c == 0x178) {
        return 0xFF;
    }
    const bool even = (in(0x100, 0x137) || in(0x14A, 0x177) || in(0x460, 0x481) || in(0x48A, 0x4BF) ||
                       in(0x4D0, 0x52F) || in(0x1E00, 0x1E95) || in(0x1EA0, 0x1EFF));
    const bool odd = in(0x139, 0x148) || in(0x179, 0x17E) || in(0x4C1, 0x4CE);
    return (even && c % 2 == 0) || (odd && c % 2 == 1) ? c + 1 : c;
}

std::u32string collapsed(std::u32string_view text) {
    std::u32string out;
    for (const char32_t c : text) {
        if (!is_space(c)) {
            out += c;
        } else if (!out.empty() && out.back() != U' ') {
            out += U' ';
        }
    }
    while (!out.empty() && out.back() == U' ') {
        out.pop_back();
    }
    return out;
}

bool is_letter(char32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/// What tells of the recording or release, and hardly ever of the song.
constexpr std::array<std::u32string_view, 33> release_words{
    U"remaster", U"remastered",  U"remasterizado", U"version",      U"edit",      U"mix",
    U"remix",    U"live",        U"acoustic",      U"demo",         U"mono",      U"stereo",
    U"bonus",    U"deluxe",      U"feat",          U"ft",           U"featuring", U"karaoke",
    U"explicit", U"soundtrack",  U"ost",           U"session",      U"sessions",  U"unplugged",
    U"extended", U"outtake",     U"anniversary",   U"instrumental", U"reprise",   U"rework",
    U"original", U"re-recorded", U"sped-up"};

/// Whether one of the words of `part`, which is in lower case, tells of a recording or release.
bool tells_of_release(std::u32string_view part) {
    std::u32string word;
    const auto known = [&word] { return std::ranges::find(release_words, word) != release_words.end(); };
    for (const char32_t c : part) {
        if (is_letter(c) || (c == U'-' && !word.empty())) {
            word += c;
        } else if (known()) {
            return true;
        } else {
            word.clear();
        }
    }
    return known();
}

std::optional<char32_t> closing_of(char32_t opening) {
    switch (opening) {
    case U'(':
        return U')';
    case U'[':
        return U']';
    case U'（':
        return U'）';
    case U'【':
        return U'】';
    default:
        return std::nullopt;
    }
}

/// Takes out the bracketed parts that tell of a release. A bracket that never closes stays.
std::u32string without_brackets(std::u32string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto closing = closing_of(text[at]);
        const std::size_t end = closing ? text.find(*closing, at) : std::u32string_view::npos;
        if (end != std::u32string_view::npos && tells_of_release(text.substr(at + 1, end - at - 1))) {
            at = end;
            out += U' ';
        } else {
            out += text[at];
        }
    }
    return out;
}

/// Cuts " - Remastered 2009" and its like off the end, as often as there is one.
std::u32string_view without_suffix(std::u32string_view text) {
    constexpr std::array<std::u32string_view, 2> dashes{U" - ", U" – "};
    for (;;) {
        std::size_t cut = std::u32string_view::npos;
        for (const std::u32string_view dash : dashes) {
            const std::size_t at = text.rfind(dash);
            if (at != std::u32string_view::npos && (cut == std::u32string_view::npos || at > cut)) {
                cut = at;
            }
        }
        if (cut == std::u32string_view::npos || cut == 0 || !tells_of_release(text.substr(cut + 3))) {
            return text;
        }
        text = text.substr(0, cut);
    }
}

/// Cuts " feat. Somebody" off the end.
std::u32string_view without_guests(std::u32string_view text) {
    constexpr std::array<std::u32string_view, 3> marks{U" feat. ", U" ft. ", U" featuring "};
    for (const std::u32string_view mark : marks) {
        if (const std::size_t at = text.find(mark); at != std::u32string_view::npos && at > 0) {
            text = text.substr(0, at);
        }
    }
    return text;
}

} // namespace

bool is_blank(std::string_view text) {
    while (!text.empty()) {
        if (!is_space(take_code_point(text))) {
            return false;
        }
    }
    return true;
}

bool has_control_characters(std::string_view text) {
    while (!text.empty()) {
        const char32_t c = take_code_point(text);
        const bool turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || turns) {
            return true;
        }
    }
    return false;
}

std::string first_characters(std::string_view text, std::size_t count) {
    std::string out;
    while (!text.empty() && count-- > 0) {
        append(out, take_code_point(text));
    }
    return out;
}

std::string normalize_title(std::string_view title) {
    std::u32string whole = decode(title);
    std::ranges::transform(whole, whole.begin(), lower);
    whole = collapsed(whole);
    const std::u32string bare = collapsed(without_guests(without_suffix(collapsed(without_brackets(whole)))));
    const bool says_something = std::ranges::any_of(bare, is_letter); // "(Live)" is a title, too
    std::u32string_view kept = says_something ? bare : whole;
    return encode(collapsed(kept.substr(0, title_characters)));
}

} // namespace personalify

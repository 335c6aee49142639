#include "nlp/character_table.hpp"

#include <algorithm>
#include <unicode/utf8.h>

namespace personalify::nlp {

namespace {

// Unicode, section 3.12: syllables are numbered by their parts.
constexpr char32_t first_syllable = 0xAC00;
constexpr char32_t last_syllable = 0xD7A3;
constexpr char32_t first_lead = 0x1100;
constexpr char32_t first_vowel = 0x1161;
constexpr char32_t before_trail = 0x11A7;
constexpr char32_t vowels = 21;
constexpr char32_t trails = 28;

constexpr std::size_t longest_replacement = 63; // what Range::length can say

void append_jamo(char32_t syllable, std::u32string& out) {
    const char32_t index = syllable - first_syllable;
    out += static_cast<char32_t>(first_lead + index / (vowels * trails));
    out += static_cast<char32_t>(first_vowel + index % (vowels * trails) / trails);
    if (index % trails != 0) {
        out += static_cast<char32_t>(before_trail + index % trails);
    }
}

} // namespace

bool CharacterTable::add(char32_t first, char32_t last, Rule rule, std::u32string_view replacement) {
    const bool ascending = first <= last && (ranges_.empty() || ranges_.back().last < first);
    const bool syllables = rule != Rule::hangul || (first >= first_syllable && last <= last_syllable);
    if (!ascending || !syllables || last > 0x10FFFF || replacement.size() > longest_replacement ||
        pool_.size() >= 1U << 24U) {
        return false;
    }
    ranges_.push_back({first, last, static_cast<std::uint32_t>(pool_.size()) & 0xFFFFFFU,
                       static_cast<std::uint32_t>(replacement.size()) & 0x3FU,
                       static_cast<std::uint32_t>(rule) & 3U});
    pool_ += replacement;
    return true;
}

bool CharacterTable::add_class(char32_t mark, std::uint8_t combining_class) {
    if (!marks_.empty() && marks_.back().mark >= mark) {
        return false;
    }
    marks_.push_back({mark, combining_class});
    return true;
}

void CharacterTable::append(char32_t c, std::u32string& out) const {
    const auto range = std::ranges::lower_bound(ranges_, c, {}, &Range::last);
    if (range == ranges_.end() || range->first > c) {
        out += c;
        return;
    }
    switch (static_cast<Rule>(range->rule)) {
    case Rule::replace:
        out += std::u32string_view(pool_).substr(range->at, range->length);
        break;
    case Rule::isolate:
        out += {U' ', c, U' '};
        break;
    case Rule::hangul:
        append_jamo(c, out);
        break;
    }
}

std::u32string CharacterTable::apply(std::string_view utf8) const {
    std::u32string out;
    out.reserve(utf8.size() + utf8.size() / 4);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
    const auto length = static_cast<std::int64_t>(utf8.size());
    for (std::int64_t i = 0; i < length;) {
        std::int32_t c = 0;
        U8_NEXT_OR_FFFD(bytes, i, length, c);
        append(static_cast<char32_t>(c), out);
    }
    put_marks_in_order(out);
    return out;
}

std::uint8_t CharacterTable::combining_class(char32_t c) const {
    if (marks_.empty() || c < marks_.front().mark) {
        return 0;
    }
    const auto mark = std::ranges::lower_bound(marks_, c, {}, &Mark::mark);
    return mark == marks_.end() || mark->mark != c ? std::uint8_t{0} : mark->combining_class;
}

void CharacterTable::put_marks_in_order(std::u32string& text) const {
    const auto of = [this](char32_t c) { return combining_class(c); };
    for (auto from = text.begin(); from != text.end();) {
        const auto begin = std::find_if(from, text.end(), [&](char32_t c) { return of(c) != 0; });
        const auto end = std::find_if(begin, text.end(), [&](char32_t c) { return of(c) == 0; });
        if (end - begin > 1) {
            std::ranges::stable_sort(begin, end, {}, of);
        }
        from = end;
    }
}

void append_utf8(char32_t c, std::string& out) {
    std::array<char, U8_MAX_LENGTH> bytes{};
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, c);
    out.append(bytes.data(), static_cast<std::size_t>(length));
}

} // namespace personalify::nlp

#include "domain/songs.hpp"

#include "domain/text.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace personalify {

namespace {

constexpr std::size_t longest_key = 400; // bytes

const icu::Normalizer2& decomposition() {
    static const icu::Normalizer2& normalizer = [] -> const icu::Normalizer2& {
        UErrorCode failure = U_ZERO_ERROR;
        const icu::Normalizer2* found = icu::Normalizer2::getNFKDInstance(failure);
        if (U_FAILURE(failure) != 0 || found == nullptr) {
            throw std::runtime_error("ICU has no normalisation data");
        }
        return *found;
    }();
    return normalizer;
}

/// Letters and digits without accents, in folded case; what has none of either (a title of "!!!") as it is.
std::string letters_of(std::string_view text) {
    UErrorCode failure = U_ZERO_ERROR;
    icu::UnicodeString whole =
        icu::UnicodeString::fromUTF8(icu::StringPiece{text.data(), static_cast<std::int32_t>(text.size())});
    whole.foldCase();
    icu::UnicodeString apart = decomposition().normalize(whole, failure);
    apart.foldCase(); // after it, too: "№" is "No"
    icu::UnicodeString kept;
    for (std::int32_t at = 0; at < apart.length(); at = apart.moveIndex32(at, 1)) {
        const UChar32 point = apart.char32At(at);
        if (u_isalnum(point) != 0 || (u_charType(point) == U_COMBINING_SPACING_MARK)) {
            kept.append(point);
        }
    }
    std::string out;
    kept.toUTF8String(out);
    return out.empty() ? std::string{text} : out;
}

/// Whether the name is the artist's, and then guests follow, or the same in another script.
bool goes_on_after(std::string_view artist, std::string_view name) {
    constexpr std::array<std::string_view, 16> marks{",",   ";",     "/",      " & ",  " + ",   " x ",
                                                     " × ", " and ", " with ", " vs ", " vs. ", " (",
                                                     "（",  "、",    "＆",     "，"};
    const std::string whole = normalize_title(name);
    return std::ranges::any_of(marks, [&](std::string_view mark) {
        for (std::size_t at = whole.find(mark); at != std::string::npos; at = whole.find(mark, at + 1)) {
            if (comparable(whole.substr(0, at)) == artist) {
                return true;
            }
        }
        return false;
    });
}

/// At most so many bytes, in whole characters.
std::string_view first_bytes(std::string_view text, std::size_t most) {
    while (most < text.size() && most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) {
        --most;
    }
    return text.substr(0, most);
}

} // namespace

std::string comparable(std::string_view name) {
    std::string letters = letters_of(normalize_title(name));
    const std::string whole = letters_of(name);
    for (const std::string_view wordless : {"instrumental", "karaoke"}) {
        if (whole.contains(wordless) &&
            !letters.contains(wordless)) { // another song, for who wants the words
            letters += wordless;
        }
    }
    return letters;
}

std::string plain_title(std::string_view title) {
    // The normalised title is the given one without some parts, in lower case: where lower case changes no
    // lengths, the parts that stay are found again in the given one.
    const std::string normal = normalize_title(title);
    const std::string folded = [&] {
        std::string lower{title};
        std::ranges::transform(lower, lower.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        return lower;
    }();
    const std::size_t at = folded.find(normal);
    return at == std::string::npos ? normal : std::string{title.substr(at, normal.size())};
}

bool is_same_song(std::string_view title, std::string_view artist, std::string_view other_title,
                  std::string_view other_artist) {
    const std::string one = comparable(title);
    if (one.empty() || one != comparable(other_title)) {
        return false;
    }
    const std::string singer = comparable(artist);
    const std::string other = comparable(other_artist);
    return !singer.empty() && !other.empty() &&
           (singer == other || goes_on_after(singer, other_artist) || goes_on_after(other, artist));
}

std::string song_key(std::string_view artist, std::string_view title) {
    const std::string singer = comparable(artist);
    const std::string song = comparable(title);
    if (singer.size() + song.size() + 1 <= longest_key) {
        return singer + '/' + song;
    }
    // Cut, but at least those of other lengths are other songs.
    const std::string sizes = '/' + std::to_string(singer.size()) + '+' + std::to_string(song.size());
    std::string key{first_bytes(singer, longest_key / 2)};
    key += '/';
    key += first_bytes(song, longest_key - key.size() - sizes.size());
    return key + sizes;
}

} // namespace personalify

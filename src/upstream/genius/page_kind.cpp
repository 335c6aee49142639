#include "upstream/genius/page_kind.hpp"

#include "upstream/genius/tag.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace personalify::genius {

namespace {

constexpr std::size_t longest_message = 400; ///< bytes

std::string lower(std::string_view text) {
    std::string lowered{text};
    std::ranges::transform(lowered, lowered.begin(), ascii_lower);
    return lowered;
}

/// Whether every line that is not blank is a section tag.
bool only_tags(std::string_view text) {
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        if (!line.empty() && !(line.starts_with('[') && line.find(']') == line.size() - 1)) {
            return false;
        }
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return true;
}

} // namespace

PageKind kind_of_placeholder(std::string_view message) {
    const std::string words = lower(message.substr(0, longest_message));
    if (words.contains("instrumental")) {
        return PageKind::instrumental;
    }
    if (words.contains("yet to be released") || words.contains("not been released") ||
        words.contains("unreleased")) {
        return PageKind::unreleased;
    }
    if (words.contains("transcribed")) {
        return PageKind::not_transcribed;
    }
    return PageKind::not_understood;
}

PageKind kind_of_lyrics(std::string_view lyrics) {
    if (only_tags(lyrics)) {
        const bool says_so = lower(lyrics).contains("instrumental");
        return says_so ? PageKind::instrumental : PageKind::not_transcribed;
    }
    // A sentence of the page is all there is; a line of a song may hold any of these words.
    const std::string words = lower(lyrics.substr(0, longest_message));
    constexpr std::array<std::string_view, 3> whole{"instrumental", "(instrumental)",
                                                    "this song is an instrumental"};
    const bool is_message =
        words.starts_with("lyrics for this song have yet to be ") ||
        std::ranges::find(whole, words.substr(0, words.find_last_not_of(".!") + 1)) != whole.end();
    const PageKind said = is_message ? kind_of_placeholder(lyrics) : PageKind::lyrics;
    return said == PageKind::not_understood ? PageKind::lyrics : said;
}

bool is_blocked(std::string_view title, std::string_view html) {
    constexpr std::array<std::string_view, 4> titles{"just a moment...", "attention required!",
                                                     "access denied", "ddos-guard"};
    // Of the challenges themselves: ordinary pages load other scripts of Cloudflare's.
    constexpr std::array<std::string_view, 4> marks{"_cf_chl_opt", "cf-browser-verification",
                                                    "cf-error-details", "id=\"challenge-form\""};
    const std::string words = lower(title.substr(0, longest_message));
    return std::ranges::any_of(titles, [&](std::string_view known) { return words.starts_with(known); }) ||
           std::ranges::any_of(marks, [&](std::string_view mark) { return html.contains(mark); });
}

} // namespace personalify::genius

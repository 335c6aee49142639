#include "upstream/genius/lyrics_page.hpp"

#include "domain/lyrics.hpp"
#include "fuzz/target.hpp"
#include "json/utf8.hpp"
#include "upstream/genius/markup.hpp"

#include <algorithm>
#include <gumbo.h>
#include <memory>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <utility>
#include <vector>

/// Any bytes as a song's page.
namespace personalify {

namespace {

using fuzz::require;

struct Destroy {
    void operator()(GumboOutput* output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};

/// How deep elements nest in gumbo's tree of a page.
std::size_t depth_of(std::string_view html) {
    const std::unique_ptr<GumboOutput, Destroy> output{
        gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size())};
    std::size_t deepest = 0;
    std::vector<std::pair<const GumboNode*, std::size_t>> left{{output->root, 1}};
    while (!left.empty()) {
        const auto [node, depth] = left.back();
        left.pop_back();
        if (node->type != GUMBO_NODE_ELEMENT) {
            continue;
        }
        deepest = std::max(deepest, depth);
        const GumboVector& children = node->v.element.children;
        for (unsigned i = 0; i < children.length; ++i) {
            left.emplace_back(static_cast<const GumboNode*>(children.data[i]), depth + 1);
        }
    }
    return deepest;
}

bool is_nfc(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    return nfc->isNormalizedUTF8({text.data(), static_cast<std::int32_t>(text.size())}, status) != 0 &&
           U_SUCCESS(status) != 0;
}

/// Lines without blanks at their ends, none but single blank ones between them, nothing that doesn't show.
bool is_tidy(std::string_view text) {
    return !text.starts_with('\n') && !text.ends_with('\n') && !text.contains("\n\n\n") &&
           !text.contains(" \n") && !text.contains("\n ") && !text.starts_with(' ') && !text.ends_with(' ') &&
           std::ranges::none_of(text, [](char c) { return (c >= 0 && c < ' ' && c != '\n') || c == 0x7F; });
}

void check_lyrics(std::string_view text, std::size_t page_size) {
    require(!text.empty(), "lyrics have words");
    require(json::is_utf8(text) && is_nfc(text), "lyrics are UTF-8 in NFC");
    require(is_tidy(text), "lyrics are tidy");
    require(!text.contains("\u200B") && !text.contains("\uFEFF") && !text.contains("\u00A0") &&
                !text.contains("  "),
            "spaces are spaces");
    require(text.size() <= 4 * page_size, "lyrics come from the page");

    const std::string words = without_section_tags(text);
    require(words.size() <= text.size() && is_tidy(words), "words are tidy");
    const std::vector<LyricsSection> sections = sections_of(text);
    require(!sections.empty(), "lyrics have a section");
    std::size_t size = 0;
    for (const LyricsSection& section : sections) {
        require(is_tidy(section.text) && !section.heading.contains('\n'), "sections are tidy");
        size += section.heading.size() + section.text.size();
    }
    require(size <= text.size(), "sections come from the lyrics");
}

} // namespace

} // namespace personalify

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace personalify;
    const std::string page = fuzz::text_of(data, size);
    if (const auto markup = genius::plain_markup(page)) {
        // and html, body, and one that closes as soon as it is opened
        require(depth_of(markup->html) <= 2 * markup->depth + 3, "the nesting was counted");
    }
    const auto read = genius::read_lyrics_page(page);
    if (!read) {
        require(!read.error().detail.empty(), "a refusal says why");
        return 0;
    }
    const bool is_lyrics = read->kind == genius::PageKind::lyrics;
    require(is_lyrics == genius::reason_of(read->kind).empty(), "no lyrics have a reason");
    require(is_lyrics || read->text.empty(), "only lyrics have text");
    if (is_lyrics) {
        check_lyrics(read->text, size);
    }
    return 0;
}

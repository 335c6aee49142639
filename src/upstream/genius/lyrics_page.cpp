#include "upstream/genius/lyrics_page.hpp"

#include "upstream/genius/charset.hpp"
#include "upstream/genius/lyrics_text.hpp"
#include "upstream/genius/markup.hpp"
#include "upstream/genius/page_kind.hpp"
#include "upstream/genius/page_tree.hpp"

#include <string>
#include <utility>

namespace personalify::genius {

namespace {

LyricsPage page_with(std::string text, bool cut_off) {
    const PageKind kind = kind_of_lyrics(text);
    if (kind != PageKind::lyrics) {
        return {kind, ""};
    }
    // Of a page that ends early we can't know that the words are all there.
    return cut_off ? LyricsPage{} : LyricsPage{kind, std::move(text)};
}

LyricsPage read_markup(std::string_view html, const Markup& markup) {
    const PageTree tree{markup.html};
    std::string text = tidied_lyrics(tree.text_of(Region::containers));
    if (!text.empty()) {
        return page_with(std::move(text), markup.cut_off);
    }
    const PageKind message = kind_of_placeholder(tidied_lyrics(tree.text_of(Region::placeholder)));
    if (message != PageKind::not_understood) {
        return {message, ""};
    }
    text = tidied_lyrics(tree.text_of(Region::old_layout));
    if (!text.empty()) {
        return page_with(std::move(text), markup.cut_off);
    }
    return {is_blocked(markup.title, html) ? PageKind::blocked : PageKind::not_understood, ""};
}

} // namespace

Result<LyricsPage> read_lyrics_page(std::string_view html) {
    if (html.size() > max_page_bytes) {
        return fail(Errc::payload_too_large,
                    "The page is too large: more than " + std::to_string(max_page_bytes) + " bytes.");
    }
    const std::optional<std::string> converted = from_latin1(html);
    const Result<Markup> markup = plain_markup(converted ? std::string_view{*converted} : html);
    if (!markup) {
        return std::unexpected(markup.error());
    }
    return read_markup(html, *markup);
}

std::string_view reason_of(PageKind kind) {
    switch (kind) {
    case PageKind::lyrics:
        return "";
    case PageKind::instrumental:
        return "The song is an instrumental.";
    case PageKind::unreleased:
        return "The song is not released yet.";
    case PageKind::not_transcribed:
        return "The song's lyrics are not transcribed yet.";
    case PageKind::blocked:
        return "The page is blocked: a check for robots or a refusal, not the song's page.";
    case PageKind::not_understood:
        return "The page was not understood: neither lyrics nor a word on why there are none.";
    }
    return "";
}

} // namespace personalify::genius

#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>

/// What a Genius song page says: pure rules, no network.
namespace personalify::genius {

/// What a page turned out to be.
enum class PageKind {
    lyrics,
    instrumental,    ///< the page says that there are no words
    unreleased,      ///< the song is not out yet
    not_transcribed, ///< the song is out, but nobody has written its words down
    blocked,         ///< not the song's page, but a check for robots or a refusal
    not_understood,  ///< none of these: a new layout, another page, or one that ends early
};

/// A page as it was read. `text` is empty for every kind but lyrics: lines that end in LF, with section tags
/// ("[Chorus]") as lines of their own, at most one blank line in a row, none at the ends. UTF-8 in NFC.
struct LyricsPage {
    PageKind kind = PageKind::not_understood;
    std::string text;
};

/// The largest page that is read, in bytes. Real ones have up to 2 MB.
inline constexpr std::size_t max_page_bytes = 4 * 1024 * 1024;

/// Reads a song page. Time and memory are bounded, whatever the bytes are. A page that is no UTF-8 and says
/// that it is Latin-1 is read as that. Errors: payload_too_large for more than max_page_bytes, or more tags
/// than a page has; upstream_unavailable for one that is nested too deep.
Result<LyricsPage> read_lyrics_page(std::string_view html);

/// Why there is no text, as a sentence for people. Empty for lyrics.
std::string_view reason_of(PageKind kind);

} // namespace personalify::genius

#pragma once

#include <string>
#include <string_view>

/// Telling whether two services mean the same song.
namespace personalify {

/// A name for comparing: without accents, case, punctuation, spaces and what tells of the release. Equal
/// results mean the same name. A version without words ("Instrumental", "Karaoke") is another song. A name
/// without letters ("!!!") is its marks; "" is only what is blank.
std::string comparable(std::string_view name);

/// The title to ask other services for: without "feat. …", "- Remastered 2009", "(Live)"; case kept.
std::string plain_title(std::string_view title);

/// Whether the titles are the same, and the artists too, or one artist is the other with guests.
bool is_same_song(std::string_view title, std::string_view artist, std::string_view other_title,
                  std::string_view other_artist);

/// The key under which a song is remembered, whatever release it is of.
std::string song_key(std::string_view artist, std::string_view title);

} // namespace personalify

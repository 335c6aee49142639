#include "app/song_search.hpp"

#include <algorithm>

namespace personalify::app {

namespace {

/// The question without what makes no difference: case (of ASCII), blanks at its ends and more than one
/// between words.
std::string question(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c != ' ' && c != '\t') {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    while (out.ends_with(' ')) {
        out.pop_back();
    }
    return out;
}

} // namespace

Task<Result<std::shared_ptr<const SongSearch::Artists>>> SongSearch::artists(std::string text) {
    const std::string key = question(text);
    if (std::optional<std::shared_ptr<const Artists>> known = searches_.find(key)) {
        co_return *known;
    }
    co_return co_await searching_.run(key, patience, [this, key] { return ask(key); });
}

Task<Result<std::shared_ptr<const SongSearch::Artists>>> SongSearch::ask(std::string key) {
    Result<std::vector<CatalogueArtist>> found = co_await catalogue_.search_artists(key, most_artists);
    if (!found) {
        co_return std::unexpected(std::move(found.error()));
    }
    const auto artists = std::make_shared<const Artists>(Artists{std::move(*found)});
    searches_.keep(std::move(key), artists);
    co_return artists;
}

Task<Result<std::shared_ptr<const ArtistSongs>>> SongSearch::songs_of(std::int64_t artist, std::size_t most) {
    const std::string key = std::to_string(artist);
    if (std::optional<std::shared_ptr<const ArtistSongs>> known = songs_.find(key)) {
        co_return *known;
    }
    co_return co_await listing_.run(key, patience, [this, artist, most] { return ask_songs(artist, most); });
}

Task<Result<std::shared_ptr<const ArtistSongs>>> SongSearch::ask_songs(std::int64_t artist,
                                                                       std::size_t most) {
    Result<ArtistSongs> found = co_await catalogue_.songs_of(artist, most);
    if (!found) {
        co_return std::unexpected(std::move(found.error()));
    }
    const auto songs = std::make_shared<const ArtistSongs>(std::move(*found));
    if (!songs->broken_off) {
        songs_.keep(std::to_string(artist), songs);
    }
    co_return songs;
}

} // namespace personalify::app

#pragma once

#include "app/lyrics.hpp"
#include "app/ports/genres.hpp"
#include "support/run_task.hpp"
#include "unit/app/fakes.hpp"
#include "unit/app/turns.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

/// Services that know songs, and what remembers them, without any of them.
namespace personalify::test {

class FakeLyricsSource final : public app::LyricsSource {
public:
    explicit FakeLyricsSource(std::string name)
        : name_(std::move(name)) {}
    std::string name() const override { return name_; }
    Task<Result<app::FoundLyrics>> find(app::SongQuery song) override {
        asked.push_back(song);
        co_await pass_turns(turns);
        co_return answer();
    }

    void knows(std::string text, app::LyricsState state = app::LyricsState::found) {
        answer = [this, text = std::move(text), state] {
            app::FoundLyrics found;
            found.state = state;
            found.text = text;
            found.source = name_;
            return found;
        };
    }
    void fails(Errc code, std::optional<std::chrono::seconds> retry_after = std::nullopt) {
        answer = [code, retry_after]() -> Result<app::FoundLyrics> {
            return std::unexpected(Error{code, "Away.", "scripted", retry_after});
        };
    }

    std::vector<app::SongQuery> asked;
    int turns = 0;
    std::function<Result<app::FoundLyrics>()> answer = [] { return app::FoundLyrics{}; };

private:
    std::string name_;
};

class FakeCatalogue final : public app::SongCatalogue {
public:
    Task<Result<std::vector<app::CatalogueArtist>>> search_artists(std::string text, std::size_t) override {
        searches.push_back(std::move(text));
        co_await pass_turns(turns);
        if (failure) {
            co_return std::unexpected(*failure);
        }
        co_return artists;
    }
    Task<Result<app::ArtistSongs>> songs_of(std::int64_t artist, std::size_t) override {
        listed.push_back(artist);
        if (failure) {
            co_return std::unexpected(*failure);
        }
        co_return app::ArtistSongs{.songs = {known}, .cut_off = true};
    }
    Task<Result<app::CatalogueSong>> song(std::int64_t id) override {
        ++songs_asked;
        if (failure) {
            co_return std::unexpected(*failure);
        }
        if (id != known.id) {
            co_return fail(Errc::not_found, "Genius does not know this.");
        }
        co_return known;
    }

    app::CatalogueSong known{
        .id = 7, .title = "Pulang Larut", .artist = "Lentera Biru", .url = "https://genius.com/pulang"};
    std::vector<app::CatalogueArtist> artists{{1, "Lentera Biru", ""}, {2, "Toko Hujan", ""}};
    std::optional<Error> failure;
    std::vector<std::string> searches;
    std::vector<std::int64_t> listed;
    int songs_asked = 0;
    int turns = 0;
};

class FakeLyricsStore final : public app::LyricsStore, public Failing {
public:
    Task<Result<std::optional<app::StoredLyrics>>> find(std::string key) override {
        const auto at = kept.find(key);
        co_return unless_failing(at == kept.end() ? std::nullopt : std::optional{at->second});
    }
    Task<Result<>> save(app::StoredLyrics lyrics, app::LyricsBounds) override {
        if (!failure) {
            kept[lyrics.key] = std::move(lyrics);
        }
        co_return unless_failing();
    }

    std::map<std::string, app::StoredLyrics> kept;
};

} // namespace personalify::test

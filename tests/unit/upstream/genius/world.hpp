#pragma once

#include "unit/upstream/watched.hpp"
#include "upstream/genius/pages.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <initializer_list>
#include <string>
#include <string_view>

namespace personalify::genius::testing {

using namespace upstream::testing;
using personalify::test::run;

/// A song summary as the API gives it.
struct SongJson {
    std::int64_t id = 7'000'001;
    std::string title = "Pulang Larut";
    std::string artist = "Lentera Biru";
    std::int64_t artist_id = 900'001;
    std::string url = "https://genius.com/Lentera-biru-pulang-larut-lyrics";

    boost::json::object json() const {
        return {{"id", id},
                {"title", title},
                {"full_title", title + " by\u00a0" + artist},
                {"url", url},
                {"lyrics_state", "complete"},
                {"song_art_image_thumbnail_url", "https://images.genius.example/t1.jpg"},
                {"release_date_for_display", nullptr},
                {"featured_artists", boost::json::array{}},
                {"primary_artist", boost::json::object{{"id", artist_id}, {"name", artist}}}};
    }
};

inline net::HttpReply answer(boost::json::object response) {
    return reply(200,
                 boost::json::serialize(boost::json::object{{"meta", boost::json::object{{"status", 200}}},
                                                            {"response", std::move(response)}}),
                 {{"content-type", "application/json; charset=utf-8"}});
}

inline net::HttpReply hits(std::initializer_list<SongJson> songs) {
    boost::json::array list;
    for (const SongJson& song : songs) {
        list.push_back(boost::json::object{{"index", "song"}, {"type", "song"}, {"result", song.json()}});
    }
    return answer({{"hits", std::move(list)}});
}

inline net::HttpReply page(std::string_view inside) {
    return reply(200,
                 "<!DOCTYPE html><html><head><title>Lentera Biru – Pulang Larut Lyrics | Genius "
                 "Lyrics</title></head><body>" +
                     std::string{inside} + "</body></html>",
                 {{"content-type", "text/html; charset=utf-8"}});
}
inline net::HttpReply words(std::string_view lines) {
    return page("<div data-lyrics-container=\"true\">" + std::string{lines} + "</div>");
}
inline net::HttpReply redirect(int status, std::string to) {
    return reply(status, "", {{"location", std::move(to)}});
}
inline const std::string challenge =
    "<!DOCTYPE html><html lang=\"en-US\"><head><title>Just a moment...</title></head><body></body></html>";

struct World : Watched {
    GeniusOptions options{.access_token = "secret-token",
                          .api_url = "https://api.example/",
                          .web_url = "https://pages.example",
                          .report = report};
    Catalogue catalogue{options, send, states, timing};
    Pages pages{
        options, catalogue,
        send,    [](std::string html) -> Task<Result<LyricsPage>> { co_return read_lyrics_page(html); },
        states,  timing};

    Result<app::FoundLyrics> find(app::SongQuery song = {.title = "Pulang Larut", .artist = "Lentera Biru"}) {
        return run(pages.find(std::move(song)));
    }
    /// By the address of its page: no search.
    Result<app::FoundLyrics> read() {
        return find({.title = "Pulang Larut",
                     .artist = "Lentera Biru",
                     .genius_url = "https://genius.com/Lentera-biru-pulang-larut-lyrics"});
    }
};

} // namespace personalify::genius::testing

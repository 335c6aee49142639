#include "page_reader.hpp"
#include "simulator/songbook.hpp"
#include "simulator/songbook_builder.hpp"
#include "visit.hpp"

#include <boost/json/array.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace personalify::simulator {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

class Genius : public testing::Test {
protected:
    http::Response ask(const std::string& target, std::string_view token = "genius-demo") {
        return visit.get("/genius-api" + target, bearer(token));
    }
    boost::json::object answer(const std::string& target) {
        const auto response = ask(target);
        EXPECT_EQ(response.status, 200) << response.body;
        return json_of(response).at("response").as_object();
    }
    http::Response page(const std::string& path) { return visit.get("/genius" + path); }
    static const GeniusSong& a_song(SongKind kind, bool renamed = false) {
        const auto& songs = songbook().songs();
        return *std::ranges::find_if(songs, [&](const GeniusSong& song) {
            return song.kind == kind && song.old_path.empty() != renamed;
        });
    }
    void fail_with(const std::string& members) {
        const auto response = visit.send("PUT", "/_sim/faults", "{\"rules\":[{" + members + "}]}");
        ASSERT_EQ(response.status, 200) << response.body;
    }

    Visit visit;
};

TEST_F(Genius, Search) {
    const auto hits = answer("/search?q=Lentera%20Biru%20Pulang%20Larut").at("hits").as_array();
    ASSERT_EQ(hits.size(), 10U);
    EXPECT_EQ(hits.at(0).at("type"), "song");
    const auto hit = std::ranges::find_if(
        hits, [](const auto& each) { return each.at("result").at("title") == "Pulang Larut"; });
    ASSERT_NE(hit, hits.end());
    const auto& song = hit->at("result").as_object();
    EXPECT_EQ(song.at("primary_artist").at("name"), "Lentera Biru");
    EXPECT_EQ(song.at("url").as_string(),
              std::string{public_url} + "/genius" + std::string{song.at("path").as_string()});
    EXPECT_THAT(std::string{song.at("full_title").as_string()}, HasSubstr("by\u00a0Lentera Biru"));
    const auto second = answer("/search?q=Lentera%20Biru&per_page=3&page=2").at("hits").as_array();
    ASSERT_EQ(second.size(), 3U);
    const auto both = answer("/search?q=Lentera%20Biru&per_page=6").at("hits").as_array();
    EXPECT_EQ(both.at(3), second.at(0));
    EXPECT_TRUE(answer("/search?q=%20").at("hits").as_array().empty());
    EXPECT_TRUE(answer("/search").at("hits").as_array().empty());
}

TEST_F(Genius, OneSong) {
    const GeniusSong& known = a_song(SongKind::lyrics, true);
    const auto song = answer("/songs/" + std::to_string(known.id)).at("song").as_object();
    EXPECT_EQ(song.at("title").as_string(), known.title);
    EXPECT_EQ(song.at("path").as_string(), known.path) << "the search has the old one";
    EXPECT_EQ(song.at("lyrics_state"), "complete");
    const auto unreleased = answer("/songs/" + std::to_string(a_song(SongKind::unreleased).id));
    EXPECT_EQ(unreleased.at("song").at("lyrics_state"), "unreleased");
    EXPECT_EQ(ask("/songs/1").status, 404);
    EXPECT_EQ(ask("/songs/x").status, 404);
    EXPECT_THAT(ask("/nothing").body, HasSubstr(R"({"meta":{"status":404,"message":"Not found"}})"));
}

TEST_F(Genius, SongsOfAnArtistInPages) {
    const auto& artists = songbook().artists();
    const auto prolific = std::ranges::find(artists, SongbookBuilder::prolific_artist, &GeniusArtist::name);
    const std::string target = "/artists/" + std::to_string(prolific->id) + "/songs?per_page=200&page=";
    std::set<std::int64_t> ids;
    int pages = 0;
    boost::json::value next = 1;
    while (!next.is_null()) {
        const auto read = answer(target + std::to_string(next.as_int64()));
        EXPECT_LE(read.at("songs").as_array().size(), 50U);
        for (const auto& song : read.at("songs").as_array()) {
            EXPECT_TRUE(ids.insert(song.at("id").as_int64()).second);
        }
        next = read.at("next_page");
        ++pages;
    }
    EXPECT_GT(pages, 10);
    EXPECT_EQ(ids.size(), prolific->songs.size());
    EXPECT_TRUE(answer(target + "99").at("songs").as_array().empty());

    const auto lentera = std::ranges::find(artists, "Lentera Biru", &GeniusArtist::name);
    const std::string songs = "/artists/" + std::to_string(lentera->id) + "/songs";
    EXPECT_LE(answer(songs).at("songs").as_array().size(), 20U);
    for (const auto* sort : {"title", "popularity", "release_date"}) {
        EXPECT_EQ(answer(songs + "?per_page=50&sort=" + sort).at("songs").as_array().size(),
                  lentera->songs.size());
    }
    EXPECT_EQ(ask("/artists/1/songs").status, 404);
    EXPECT_EQ(json_of(ask("/artists/" + std::to_string(lentera->id))).at("response").at("artist").at("name"),
              "Lentera Biru");
}

TEST_F(Genius, TheAlbumIsThereOrNullOrMissing) {
    std::set<std::string> seen;
    for (const GeniusArtist& artist : songbook().artists()) {
        for (const auto& song :
             answer("/artists/" + std::to_string(artist.id) + "/songs").at("songs").as_array()) {
            const auto* album = song.as_object().if_contains("primary_album");
            seen.insert(album == nullptr ? "missing" : album->is_null() ? "null" : "object");
        }
        if (seen.size() == 3) {
            break;
        }
    }
    EXPECT_EQ(seen.size(), 3U);
}

TEST_F(Genius, NeedsAToken) {
    const auto without = visit.get("/genius-api/search?q=x");
    EXPECT_EQ(without.status, 401);
    EXPECT_THAT(without.body, HasSubstr("This call requires an access_token"));
    const auto wrong = ask("/search?q=x", "other");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_THAT(wrong.body, HasSubstr(R"("error":"invalid_token")"));
    EXPECT_EQ(visit.get("/genius-api/search?q=x&access_token=genius-demo").status, 200);
}

TEST_F(Genius, Pages) {
    const GeniusSong& song = a_song(SongKind::lyrics);
    const auto response = page(song.path);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(header_of(response, "Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(read_lyrics(response.body), page_text(song));
    EXPECT_THAT(page(a_song(SongKind::instrumental).path).body, HasSubstr("This song is an instrumental"));
    EXPECT_THAT(page(a_song(SongKind::unreleased).path).body, HasSubstr("yet to be released"));
    EXPECT_EQ(page("/nobody-nothing-lyrics").status, 404);
    EXPECT_EQ(visit.send("POST", "/genius" + song.path).status, 404);
}

TEST_F(Genius, RenamedSongsHaveMoved) {
    const GeniusSong& song = a_song(SongKind::lyrics, true);
    const auto moved = page(song.old_path);
    EXPECT_EQ(moved.status, 301);
    EXPECT_EQ(header_of(moved, "Location"), std::string{public_url} + "/genius" + song.path);
    EXPECT_EQ(page(song.path).status, 200);
}

TEST_F(Genius, ATranslatedSongHasItsMenuInTheFirstContainer) {
    const auto& songs = songbook().songs();
    const auto song = std::ranges::find_if(songs, [](const GeniusSong& each) {
        return !each.translations.empty() && each.language == Scene::indonesian;
    });
    ASSERT_NE(song, songs.end());
    const std::string html = page(song->path).body;
    const auto container = html.find("data-lyrics-container");
    EXPECT_THAT(html.substr(container, 600), HasSubstr("<button>Translations</button>"));
    EXPECT_EQ(read_lyrics(html), page_text(*song));
}

TEST_F(Genius, BlockPages) {
    const std::string path = a_song(SongKind::lyrics).path;
    for (const int status : {200, 403, 503}) {
        fail_with(R"("route":"/genius/*","status":)" + std::to_string(status));
        const auto response = page(path);
        EXPECT_EQ(response.status, status);
        EXPECT_THAT(response.body, HasSubstr("<title>Just a moment...</title>"));
        EXPECT_EQ(header_of(response, "CF-Mitigated"), "challenge");
        EXPECT_EQ(header_of(response, "Server"), "cloudflare");
    }
    fail_with(R"("route":"/genius/*","status":500)");
    EXPECT_THAT(page(path).body, HasSubstr("<h1>Something is wrong"));
    fail_with(R"("route":"/genius-api/*","status":401)");
    EXPECT_THAT(ask("/search?q=x").body, HasSubstr("invalid_token"));
    fail_with(R"("route":"/genius-api/*","status":429)");
    EXPECT_THAT(ask("/search?q=x").body, HasSubstr(R"("meta":{"status":429)"));
}

TEST_F(Genius, HugePagesStayPages) {
    const GeniusSong& song = a_song(SongKind::lyrics);
    fail_with(R"("route":"/genius/*","huge":2)");
    const RawReply reply = visit.receive(page(song.path));
    const auto end = reply.bytes.find("\r\n\r\n") + 4;
    EXPECT_GT(reply.bytes.size() - end, 2U * 1024 * 1024);
    EXPECT_THAT(reply.bytes,
                HasSubstr("Content-Length: " + std::to_string(reply.bytes.size() - end) + "\r\n"));
    EXPECT_EQ(read_lyrics(std::string_view{reply.bytes}.substr(end)), page_text(song));
    EXPECT_THAT(reply.bytes, EndsWith("</html>\n"));
    fail_with(R"("route":"/genius-api/*","huge":1)");
    EXPECT_THAT(visit.receive(ask("/search?q=x")).bytes, HasSubstr("{\"padding\":\"x"));
}

TEST_F(Genius, TheJournalTellsTheServices) {
    ask("/search?q=x");
    page("/x-lyrics");
    page("/y-lyrics");
    visit.get("/v1/me");
    const auto count = [&](const std::string& service) {
        return json_of(visit.get("/_sim/journal?service=" + service)).at("entries").as_array().size();
    };
    EXPECT_EQ(count("genius_api"), 1U);
    EXPECT_EQ(count("genius_web"), 2U);
    EXPECT_EQ(count("spotify"), 1U);
    EXPECT_EQ(count("google"), 0U);
    EXPECT_EQ(count(""), 4U);
}

} // namespace
} // namespace personalify::simulator

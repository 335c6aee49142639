#include "unit/upstream/genius/world.hpp"
#include "upstream/genius/answer.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace personalify::genius {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::optional<Song> song_of(std::string_view json) {
    return parse_song(boost::json::parse(json));
}
std::vector<std::string> titles(const std::vector<Song>& songs) {
    std::vector<std::string> all;
    for (const Song& song : songs) {
        all.push_back(song.song.title);
    }
    return all;
}

TEST(GeniusSong, WithEverything) {
    const auto song = song_of(
        R"({"id":7000001,"title":"Pulang Larut","artist_names":"Lentera Biru","stats":{"hot":false},
            "url":"https://genius.com/Lentera-biru-pulang-larut-lyrics","path":"/Lentera-biru-pulang-larut-lyrics",
            "song_art_image_thumbnail_url":"https://i.example/t1.jpg","song_art_image_url":"https://i.example/s1.jpg",
            "release_date_for_display":"August 2024","primary_album":{"id":1,"name":"Kota Kertas"},
            "primary_artist":{"id":900001,"name":"Lentera Biru","image_url":"https://i.example/ai.jpg"}})");
    ASSERT_TRUE(song);
    EXPECT_EQ(song->song, (app::CatalogueSong{.id = 7'000'001,
                                              .title = "Pulang Larut",
                                              .artist = "Lentera Biru",
                                              .url = "https://genius.com/Lentera-biru-pulang-larut-lyrics",
                                              .image = "https://i.example/t1.jpg",
                                              .album = "Kota Kertas",
                                              .date = "August 2024"}));
    EXPECT_EQ(song->artist, (app::CatalogueArtist{900'001, "Lentera Biru", "https://i.example/ai.jpg"}));
}

TEST(GeniusSong, WithNothingMoreThanItNeeds) {
    const auto song = song_of(R"({"id":1,"title":"a","primary_artist":{"id":2,"name":"b"},"album":null,
        "primary_album":null,"release_date_for_display":null,"song_art_image_url":null,"url":null,"path":"/b-a-lyrics"})");
    ASSERT_TRUE(song);
    EXPECT_EQ(song->song, (app::CatalogueSong{.id = 1, .title = "a", .artist = "b", .url = "/b-a-lyrics"}));
    EXPECT_EQ(song->artist, (app::CatalogueArtist{2, "b", ""}));
}

TEST(GeniusSong, NeedsAnIdATitleAndAnArtist) {
    for (const char* json :
         {"{}", "[]", "null", "7", R"({"id":1,"title":"a"})", R"({"id":1,"title":"a","primary_artist":null})",
          R"({"id":1,"title":"a","primary_artist":[]})",
          R"({"id":1,"title":"a","primary_artist":{"name":"b"}})",
          R"({"id":1,"title":"a","primary_artist":{"id":2}})",
          R"({"id":1,"primary_artist":{"id":2,"name":"b"}})",
          R"({"id":1,"title":"","primary_artist":{"id":2,"name":"b"}})",
          R"({"id":0,"title":"a","primary_artist":{"id":2,"name":"b"}})",
          R"({"id":-1,"title":"a","primary_artist":{"id":2,"name":"b"}})",
          R"({"id":"1","title":"a","primary_artist":{"id":2,"name":"b"}})",
          R"({"id":1.5,"title":"a","primary_artist":{"id":2,"name":"b"}})",
          R"({"id":1,"title":7,"primary_artist":{"id":2,"name":"b"}})"}) {
        EXPECT_FALSE(song_of(json)) << json;
    }
}

TEST(GeniusSong, TheSitesOwnDrawingIsNoPicture) {
    const auto song = song_of(R"({"id":1,"title":"a",
        "song_art_image_thumbnail_url":"https://assets.genius.com/images/default_cover_image.png?1",
        "song_art_image_url":"https://i.example/s1.jpg",
        "primary_artist":{"id":2,"name":"b","image_url":"https://assets.genius.com/images/default_avatar_300.png"}})");
    EXPECT_EQ(song->song.image, "https://i.example/s1.jpg");
    EXPECT_EQ(song->artist.image, "");
}

TEST(GeniusHits, OnlySongsInOrder) {
    const boost::json::value response{{"hits",
                                       {{{"type", "song"}, {"result", SongJson{.title = "a"}.json()}},
                                        {{"type", "artist"}, {"result", SongJson{.title = "no song"}.json()}},
                                        {{"type", "song"}, {"result", {{"id", 5}, {"title", "nobody's"}}}},
                                        {{"type", "song"}, {"result", nullptr}},
                                        {{"type", "song"}},
                                        {{"result", SongJson{.title = "b"}.json()}},
                                        7}}};
    EXPECT_THAT(titles(songs_in_hits(response)), ElementsAre("a", "b"));
    for (const char* none : {"{}", R"({"hits":null})", R"({"hits":[]})", R"({"hits":{}})", "[]"}) {
        EXPECT_THAT(songs_in_hits(boost::json::parse(none)), IsEmpty()) << none;
    }
}

TEST(GeniusSongsPage, SongsAndTheNextPage) {
    const auto songs =
        songs_page(boost::json::value{{"songs", {SongJson{}.json(), nullptr}}, {"next_page", 2}});
    EXPECT_THAT(titles(songs.songs), ElementsAre("Pulang Larut"));
    EXPECT_EQ(songs.next_page, 2);
    for (const char* last : {R"({"songs":[],"next_page":null})", R"({"songs":[]})", R"({"next_page":0})",
                             R"({"next_page":"2"})", "{}"}) {
        EXPECT_EQ(songs_page(boost::json::parse(last)).next_page, std::nullopt) << last;
    }
}

TEST(GeniusPageOwners, AreNoPerformers) {
    for (const char* owner :
         {"Genius English Translations", "Genius Romanizations", "Genius Traducciones al Español",
          "Genius Brasil Traduções", "Genius Traductions françaises", "Genius Traduzioni italiane",
          "Genius Deutsche Übersetzungen", "Genius Türkçe Çeviriler", "Genius Nederlandse Vertalingen",
          "Genius Terjemahan Bahasa Indonesia", "Polskie tłumaczenia Genius", "Genius Русские переводы",
          "Genius Lists", "Genius", "GENIUS ENGLISH TRANSLATIONS"}) {
        EXPECT_FALSE(is_performer(owner)) << owner;
    }
    for (const char* artist : {"Lentera Biru", "Genius/GZA", "Genius Cru", "The Geniuses",
                               "Lost in Translation", "YOASOBI", "夜", ""}) {
        EXPECT_TRUE(is_performer(artist)) << artist;
    }
}

TEST(GeniusTitles, OfLists) {
    for (const char* list : {"Kota Kertas [Tracklist]", "Kota Kertas (Album Art)", "Kota Kertas Credits",
                             "Tour 2024 Setlist", "Pulang (Skit)", "Rani [Interview]", "KOTA TRACK LIST"}) {
        EXPECT_FALSE(is_song_title(list)) << list;
    }
    for (const char* song : {"Pulang Larut", "Interview", "Skit", "夜に駆ける", "!!!", ""}) {
        EXPECT_TRUE(is_song_title(song)) << song;
    }
}

upstream::Judgement<boost::json::value> judged(int status, std::string body,
                                               std::vector<net::HttpHeader> headers = {}, int number = 0) {
    return judge_api(reply(status, std::move(body), std::move(headers)), {number, noon}, 0.0);
}

TEST(GeniusApiAnswer, IsItsResponse) {
    EXPECT_EQ(judged(200, R"({"meta":{"status":200},"response":{"hits":[]}})")
                  .outcome->at("hits")
                  .as_array()
                  .size(),
              0U);
    EXPECT_EQ(judged(404, R"({"meta":{"status":404,"message":"Not found"}})").outcome.error().code,
              Errc::not_found);
    EXPECT_FALSE(judged(404, "").is_trouble);
}

TEST(GeniusApiAnswer, AnythingElseInA200IsTrouble) {
    for (const char* body : {"", "<html>", "null", "[]", "{}", R"({"response":null})", R"({"response":[]})",
                             R"({"response":{"hits":[)", R"({"error":"invalid_token"})"}) {
        const auto judgement = judged(200, body);
        EXPECT_EQ(judgement.outcome.error().code, Errc::upstream_unavailable) << body;
        EXPECT_TRUE(judgement.is_trouble);
        EXPECT_FALSE(judgement.retry_after);
    }
    EXPECT_FALSE(judged(200, R"({"response":{}})", {{"content-type", "text/html"}}).outcome);
}

TEST(GeniusApiAnswer, ARefusedTokenInBothShapes) {
    for (const char* body :
         {R"({"error":"invalid_token","error_description":"The access token provided is expired"})",
          R"({"meta":{"status":401,"message":"This call requires an access_token."}})", ""}) {
        const auto judgement = judged(401, body);
        EXPECT_EQ(judgement.outcome.error().code, Errc::upstream_unavailable);
        EXPECT_EQ(judgement.outcome.error().retry_after, 600s);
        EXPECT_EQ(judgement.close_until, noon + 10min);
        EXPECT_FALSE(judgement.retry_after);
    }
}

TEST(GeniusApiAnswer, RefusalsAndLimits) {
    EXPECT_EQ(judged(403, R"({"meta":{"status":403}})").close_until, noon + 30min);
    EXPECT_EQ(judged(403, challenge, {{"cf-mitigated", "challenge"}}).close_until, noon + 30min);
    EXPECT_EQ(judged(429, "").close_until, noon + 30s);
    EXPECT_EQ(judged(429, "", {{"retry-after", "90"}}).close_until, noon + 90s);
    EXPECT_EQ(judged(429, "").outcome.error().code, Errc::rate_limited);
    EXPECT_EQ(judged(503, "", {{"retry-after", "5"}}).close_until, noon + 5s);
    for (const int status : {500, 502, 503}) {
        EXPECT_EQ(judged(status, "<html>").retry_after, 100ms);
        EXPECT_FALSE(judged(status, "<html>", {}, 1).retry_after);
        EXPECT_TRUE(judged(status, "<html>").is_trouble);
    }
    for (const int status : {301, 400, 418}) {
        EXPECT_EQ(judged(status, "").outcome.error().code, Errc::upstream_unavailable);
        EXPECT_FALSE(judged(status, "").retry_after);
    }
}

} // namespace
} // namespace personalify::genius

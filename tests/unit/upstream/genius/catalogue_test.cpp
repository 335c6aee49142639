#include "unit/upstream/genius/world.hpp"

#include <gmock/gmock.h>

namespace personalify::genius {
namespace {

using namespace testing;
using app::CatalogueArtist;
using net::HttpProgress;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(GeniusCatalogue, AsksWithTheTokenInAHeader) {
    World world;
    world.answers = {hits({{}})};
    EXPECT_THAT(run(world.catalogue.search_artists("lentera \"biru\" & #1 夜", 5)).value(),
                ElementsAre(CatalogueArtist{900'001, "Lentera Biru", ""}));
    ASSERT_EQ(world.sent.size(), 1U);
    EXPECT_EQ(world.sent[0].method, "GET");
    EXPECT_EQ(world.sent[0].url,
              "https://api.example/search?q=lentera+%22biru%22+%26+%231+%E5%A4%9C&per_page=20");
    EXPECT_EQ(world.sent[0].headers.at(1).name, "Authorization");
    EXPECT_EQ(world.sent[0].headers.at(1).value, "Bearer secret-token");
}

TEST(GeniusCatalogue, ArtistsOfHitsOnceInOrder) {
    World world;
    world.answers = {hits({{.artist = "Genius English Translations", .artist_id = 1},
                           {.artist = "b", .artist_id = 2},
                           {.artist = "a", .artist_id = 3},
                           {.artist = "b again", .artist_id = 2},
                           {.artist = "c", .artist_id = 4}})};
    EXPECT_THAT(run(world.catalogue.search_artists("x", 2)).value(),
                ElementsAre(CatalogueArtist{2, "b", ""}, CatalogueArtist{3, "a", ""}));
    world.answers = {hits({})};
    EXPECT_THAT(run(world.catalogue.search_artists("x", 2)).value(), IsEmpty());
}

TEST(GeniusCatalogue, AnyTextMayBeSearchedFor) {
    World world;
    world.answers = {hits({})};
    for (const std::string& text :
         {std::string{"   "}, std::string{"💔"}, std::string(300, 'a'), std::string{"a\nb&q=c"}}) {
        EXPECT_TRUE(run(world.catalogue.search_artists(text, 5)));
        EXPECT_THAT(world.sent.back().url, Not(HasSubstr("\n")));
        EXPECT_THAT(world.sent.back().url, Not(HasSubstr("&q=c")));
    }
}

/// The songs of an artist, `pages` pages of one song each.
net::HttpResult songs_of_page(const net::HttpCall& call, int pages) {
    const int number = std::stoi(call.url.substr(call.url.find("&page=") + 6));
    boost::json::object response{
        {"songs", {SongJson{.id = number, .title = "song " + std::to_string(number)}.json()}},
        {"next_page", nullptr}};
    if (number < pages) {
        response["next_page"] = number + 1;
    }
    return answer(std::move(response));
}

std::vector<std::int64_t> ids(const app::ArtistSongs& songs) {
    std::vector<std::int64_t> all;
    for (const auto& song : songs.songs) {
        all.push_back(song.id);
    }
    return all;
}

TEST(GeniusCatalogue, SongsOverAllPages) {
    World world;
    world.answer_to = [](const net::HttpCall& call) { return songs_of_page(call, 3); };
    const auto songs = run(world.catalogue.songs_of(900'001, 100)).value();
    EXPECT_THAT(ids(songs), ElementsAre(1, 2, 3));
    EXPECT_FALSE(songs.cut_off);
    EXPECT_EQ(world.asked().at(2),
              "https://api.example/artists/900001/songs?sort=popularity&per_page=50&page=3");
}

TEST(GeniusCatalogue, NoMorePagesOrSongsThanWanted) {
    World world;
    world.answer_to = [](const net::HttpCall& call) { return songs_of_page(call, 100); };
    auto songs = run(world.catalogue.songs_of(900'001, 1000)).value();
    EXPECT_EQ(songs.songs.size(), 20U);
    EXPECT_TRUE(songs.cut_off);
    EXPECT_EQ(world.sent.size(), 20U);
    songs = run(world.catalogue.songs_of(900'001, 2)).value();
    EXPECT_THAT(ids(songs), ElementsAre(1, 2));
    EXPECT_TRUE(songs.cut_off);
    world.answer_to = [](const net::HttpCall& call) { return songs_of_page(call, 2); };
    songs = run(world.catalogue.songs_of(900'001, 2)).value();
    EXPECT_FALSE(songs.cut_off) << "all there are";
}

TEST(GeniusCatalogue, ANextPageThatDoesNotGrowIsTheEnd) {
    for (const int next : {1, 0, -1}) {
        World world;
        world.answers = {answer({{"songs", {SongJson{}.json()}}, {"next_page", next}})};
        EXPECT_EQ(run(world.catalogue.songs_of(900'001, 100))->songs.size(), 1U);
        EXPECT_EQ(world.sent.size(), 1U);
    }
}

TEST(GeniusCatalogue, OnlySongsOfTheArtistsOwnEachOnce) {
    World world;
    world.answers = {
        answer({{"songs",
                 {SongJson{.id = 1}.json(), SongJson{.id = 2, .artist = "Host", .artist_id = 5}.json(),
                  SongJson{.id = 1}.json(), SongJson{.id = 3}.json()}},
                {"next_page", nullptr}})};
    EXPECT_THAT(ids(run(world.catalogue.songs_of(900'001, 100)).value()), ElementsAre(1, 3));
}

TEST(GeniusCatalogue, WhatWasReadBeforeAFailureIsPartial) {
    World world;
    world.answer_to = [](const net::HttpCall& call) {
        return call.url.ends_with("&page=2") ? net::HttpResult{reply(500, "")} : songs_of_page(call, 3);
    };
    const auto songs = run(world.catalogue.songs_of(900'001, 100)).value();
    EXPECT_THAT(ids(songs), ElementsAre(1));
    EXPECT_TRUE(songs.cut_off);
}

TEST(GeniusCatalogue, AnArtistThatIsEmptyOrNotThere) {
    World world;
    world.answers = {answer({{"songs", boost::json::array{}}, {"next_page", nullptr}}), reply(404, "{}")};
    for (int i = 0; i < 2; ++i) {
        const auto songs = run(world.catalogue.songs_of(900'001, 100));
        EXPECT_TRUE(songs->songs.empty());
        EXPECT_FALSE(songs->cut_off);
    }
}

TEST(GeniusCatalogue, SongsWithinTheirDeadline) {
    World world;
    world.each_takes = 4s;
    world.answer_to = [](const net::HttpCall& call) { return songs_of_page(call, 100); };
    const auto songs = run(world.catalogue.songs_of(900'001, 100)).value();
    EXPECT_TRUE(songs.cut_off);
    EXPECT_FALSE(songs.songs.empty());
    EXPECT_LE(world.clock.now() - noon, 24s);
}

TEST(GeniusCatalogue, ASong) {
    World world;
    world.answers = {answer({{"song", SongJson{}.json()}})};
    EXPECT_EQ(run(world.catalogue.song(7'000'001))->title, "Pulang Larut");
    EXPECT_EQ(world.asked().at(0), "https://api.example/songs/7000001?text_format=plain");
    world.answers = {reply(404, R"({"meta":{"status":404,"message":"Not found"}})")};
    EXPECT_EQ(run(world.catalogue.song(5)).error().code, Errc::not_found);
    for (const char* body :
         {R"({"response":{}})", R"({"response":{"song":null}})", R"({"response":{"song":{"id":1}}})"}) {
        world.answers = {reply(200, body)};
        EXPECT_EQ(run(world.catalogue.song(5)).error().code, Errc::upstream_unavailable) << body;
    }
}

TEST(GeniusCatalogue, WithoutATokenNothingIsAsked) {
    World world;
    world.options.access_token = "";
    Catalogue catalogue{world.options, world.send, world.states, world.timing};
    EXPECT_EQ(run(catalogue.search_artists("x", 5)).error().code, Errc::upstream_unavailable);
    EXPECT_EQ(run(catalogue.songs_of(1, 5)).error().code, Errc::upstream_unavailable);
    const auto song = run(catalogue.song(1));
    EXPECT_EQ(song.error().code, Errc::upstream_unavailable);
    EXPECT_THAT(song.error().detail, HasSubstr("GENIUS_ACCESS_TOKEN"));
    EXPECT_TRUE(song.error().retry_after);
    EXPECT_TRUE(world.sent.empty());
}

TEST(GeniusCatalogue, AClosureIsKeptAndOnlyTheApis) {
    World world;
    world.answers = {reply(403, challenge, {{"cf-mitigated", "challenge"}})};
    EXPECT_EQ(run(world.catalogue.song(1)).error().retry_after, 1800s);
    ASSERT_EQ(world.states.closed.size(), 1U);
    EXPECT_EQ(world.states.closed.begin()->second, noon + 30min);
    EXPECT_EQ(world.catalogue.closed_for(), 1800s);
    EXPECT_EQ(world.pages.closed_for(), std::nullopt);

    World later;
    later.states.closed = world.states.closed;
    run(later.catalogue.restore());
    const auto song = run(later.catalogue.song(1));
    EXPECT_EQ(song.error().code, Errc::upstream_unavailable);
    EXPECT_EQ(song.error().retry_after, 1800s);
    EXPECT_TRUE(later.sent.empty());
    later.clock.advance(31min);
    later.answers = {answer({{"song", SongJson{}.json()}})};
    EXPECT_TRUE(run(later.catalogue.song(1)));
}

struct Fault {
    const char* name;
    net::HttpResult answer;
    std::size_t tries;
};
class CatalogueFaults : public ::testing::TestWithParam<Fault> {};

TEST_P(CatalogueFaults, AreErrorsWithinTheDeadlineAndHoldNoSecrets) {
    World world;
    world.answers = {GetParam().answer};
    const auto artists = run(world.catalogue.search_artists("secret words", 5));
    ASSERT_FALSE(artists);
    EXPECT_THAT(artists.error().code, ::testing::AnyOf(Errc::upstream_unavailable, Errc::rate_limited));
    EXPECT_EQ(world.sent.size(), GetParam().tries);
    EXPECT_LE(world.clock.now() - noon, 8s);
    EXPECT_THAT(artists.error().cause + artists.error().detail, Not(HasSubstr("secret")));
}
INSTANTIATE_TEST_SUITE_P(
    Every, CatalogueFaults,
    ::testing::Values(Fault{"BadToken", reply(401, R"({"error":"invalid_token"})"), 1},
                      Fault{"Refused", reply(403, "{}"), 1}, Fault{"Limited", reply(429, ""), 1},
                      Fault{"Down", reply(503, "<html></html>"), 2}, Fault{"Failed", reply(500, ""), 2},
                      Fault{"Moved", redirect(302, "https://evil.example"), 1},
                      Fault{"Gone", reply(404, "<html></html>"), 1},
                      Fault{"Page", reply(200, "<html></html>", {{"content-type", "text/html"}}), 1},
                      Fault{"BadJson", reply(200, R"({"response":)"), 1}, Fault{"Empty", reply(200, ""), 1},
                      Fault{"Slow", broken(HttpProgress::sent, true), 1},
                      Fault{"Reset", broken(HttpProgress::sent), 2},
                      Fault{"Truncated", broken(HttpProgress::answered), 1}),
    [](const auto& info) { return info.param.name; });

TEST(GeniusCatalogue, AddressesAreCheckedAtOnce) {
    World world;
    for (const char* url : {"", "api.genius.com", "http://api.genius.com", "https://user@api.genius.com"}) {
        world.options.api_url = url;
        EXPECT_THROW(Catalogue(world.options, world.send, world.states, world.timing), std::invalid_argument)
            << url;
    }
}

} // namespace
} // namespace personalify::genius

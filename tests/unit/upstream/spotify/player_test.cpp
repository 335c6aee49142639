#include "unit/upstream/spotify/world.hpp"
#include "upstream/spotify/parse.hpp"

#include <boost/json/parse.hpp>

namespace personalify::spotify {
namespace {

using namespace testing;

constexpr const char* track =
    R"({"album":{"album_type":"single","images":[{"url":"u64","width":64},{"url":"u640","width":640}],
    "name":"Pulang Larut","total_tracks":1},"artists":[{"id":"a1","name":"Lentera Biru"},{"name":"Tamu"}],
    "duration_ms":214533,"external_urls":{"spotify":"https://open.spotify.com/track/t1"},"id":"t1",
    "is_local":false,"name":"Pulang Larut","type":"track"})";

Result<Playing> parse(std::string_view text) {
    return parse_playing(boost::json::parse(text));
}
Result<Playing> playing(std::string item, std::string type = "track", std::string progress = "78823",
                        std::string is_playing = "true") {
    return parse(R"({"timestamp":1795338400123,"context":null,"progress_ms":)" + progress + R"(,"item":)" +
                 item + R"(,"currently_playing_type":")" + type + R"(","is_playing":)" + is_playing + "}");
}

TEST(ParsePlaying, ATrack) {
    const Result<Playing> found = playing(track);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->what, Playing::What::track);
    EXPECT_TRUE(found->is_playing);
    EXPECT_EQ(found->progress_ms, 78'823);
    EXPECT_EQ(found->track, (PlayedTrack{.id = "t1",
                                         .name = "Pulang Larut",
                                         .artists = {"Lentera Biru", "Tamu"},
                                         .album = "Pulang Larut",
                                         .image = "u640",
                                         .duration_ms = 214'533,
                                         .external_url = "https://open.spotify.com/track/t1"}));
    EXPECT_FALSE(playing(track, "track", "1", "false")->is_playing);
    EXPECT_EQ(playing(track, "track", "null")->progress_ms, std::nullopt);
    EXPECT_EQ(playing(track, "track", "-5")->progress_ms, 0);
    EXPECT_EQ(playing(track, "track", "\"12\"")->progress_ms, 12);
    EXPECT_LT(playing(track, "track", "18446744073709551615")->progress_ms, std::int64_t{1} << 40);
}

TEST(ParsePlaying, AnEpisodeHasItsShowForAnAlbum) {
    const Result<Playing> found = playing(R"({"duration_ms":1800000,"id":"e1","name":"Obrolan Malam 12",
        "external_urls":{"spotify":"https://open.spotify.com/episode/e1"},"images":[{"url":"e","width":640}],
        "show":{"id":"s1","images":[{"url":"s","width":640}],"name":"Obrolan Malam","publisher":"Radio Senja"},
        "type":"episode"})",
                                          "episode");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->track, (PlayedTrack{.id = "e1",
                                         .name = "Obrolan Malam 12",
                                         .artists = {"Radio Senja"},
                                         .album = "Obrolan Malam",
                                         .image = "e",
                                         .duration_ms = 1'800'000,
                                         .external_url = "https://open.spotify.com/episode/e1"}));
    EXPECT_EQ(playing(R"({"id":"e1","name":"N","show":{"images":[{"url":"s","width":1}]}})")->track.image,
              "s");
}

TEST(ParsePlaying, AFileOfOnesOwn) {
    const Result<Playing> found = playing(R"({"id":null,"is_local":true,"name":"demo.mp3","duration_ms":1000,
        "album":{"images":[],"name":""},"artists":[{"id":null,"name":""}],"uri":"spotify:local:..."})");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->what, Playing::What::track);
    EXPECT_EQ(found->track.id, "");
    EXPECT_EQ(found->track.name, "demo.mp3");
    EXPECT_TRUE(found->track.artists.empty());
}

TEST(ParsePlaying, AnAdHasNoItem) {
    const Result<Playing> found = playing("null", "ad", "7000");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->what, Playing::What::ad);
    EXPECT_EQ(found->progress_ms, 7000);
    EXPECT_EQ(playing("null", "ad", "7000", "false")->what, Playing::What::nothing);
}

TEST(ParsePlaying, WhatHasNoNameIsNothing) {
    for (const char* item : {"null", "17", "[]", "{}", R"({"name":7,"id":[]})"}) {
        const Result<Playing> found = playing(item, "unknown");
        ASSERT_TRUE(found) << item;
        EXPECT_EQ(*found, Playing{}) << item;
    }
    EXPECT_EQ(*parse("{}"), Playing{});
    EXPECT_EQ(parse(R"({"item":)" + std::string{track} + R"(,"is_playing":"yes"})")->is_playing, false);
    for (const char* text : {"[]", "null", "7", "\"text\""}) {
        EXPECT_EQ(parse(text).error().code, Errc::upstream_unavailable) << text;
    }
}

Result<Playing> ask(World& world) {
    return run(world.api.currently_playing("token"));
}

TEST(PlayerCall, AsksForEpisodesToo) {
    World world;
    world.answers = {reply(200, R"({"is_playing":true,"item":)" + std::string{track} + "}")};
    EXPECT_EQ(ask(world)->track.id, "t1");
    EXPECT_EQ(world.sent.back().url, "https://api.example/sub/v1/me/player/currently-playing"
                                     "?additional_types=track,episode");
}

TEST(PlayerCall, SilenceIsAnAnswer) {
    World world;
    world.answers = {reply(204, ""), reply(404, R"({"error":{"reason":"NO_ACTIVE_DEVICE"}})")};
    EXPECT_EQ(*ask(world), Playing{});
    EXPECT_EQ(*ask(world), Playing{});
}

TEST(PlayerCall, NothingIsRepeatedOrWaitedFor) {
    struct Case {
        net::HttpResult answer;
        Errc code;
    };
    const Case cases[] = {
        {reply(500, "{}"), Errc::upstream_unavailable},
        {reply(502, "<html>"), Errc::upstream_unavailable},
        {reply(503, "", {{"retry-after", "2"}}), Errc::upstream_unavailable},
        {reply(429, "", {{"retry-after", "1"}}), Errc::rate_limited},
        {reply(429, "", {{"retry-after", "48925"}}), Errc::rate_limited},
        {reply(401, "{}"), Errc::unauthenticated},
        {reply(403, "User not registered in the Developer Dashboard"), Errc::forbidden},
        {reply(200, "<html>", {{"content-type", "text/html"}}), Errc::upstream_unavailable},
        {reply(200, R"({"is_playing":tr)"), Errc::upstream_unavailable},
        {reply(200, ""), Errc::upstream_unavailable},
        {broken(net::HttpProgress::not_sent), Errc::upstream_unavailable},
        {broken(net::HttpProgress::sent, true), Errc::upstream_unavailable},
    };
    for (const Case& each : cases) {
        World world;
        world.answers = {each.answer};
        const Result<Playing> found = ask(world);
        ASSERT_FALSE(found);
        EXPECT_EQ(found.error().code, each.code) << found.error().cause;
        EXPECT_EQ(world.sent.size(), 1U);
        EXPECT_TRUE(world.sleeps.empty());
        EXPECT_LE(world.sent.back().deadline, 4s);
    }
}

TEST(PlayerCall, ARateLimitKeepsThePlayerAwayForAsLong) {
    World world;
    world.answers = {reply(429, "", {{"retry-after", "7"}}), reply(204, "")};
    EXPECT_EQ(ask(world).error().retry_after, 7s);
    EXPECT_EQ(ask(world).error().code, Errc::rate_limited);
    EXPECT_EQ(world.sent.size(), 1U);
    world.clock.advance(7s);
    EXPECT_TRUE(ask(world));
}

std::string played(std::string at, std::string item = track) {
    return R"({"context":null,"played_at":")" + std::move(at) + R"(","track":)" + std::move(item) + "}";
}

TEST(RecentlyPlayed, IsAsSpotifyTellsItWithoutRepetitions) {
    World world;
    world.answers = {reply(
        200, R"({"cursors":null,"next":null,"limit":50,"items":[)" + played("2026-11-20T09:15:32.412Z") +
                 "," + played("2026-11-20T09:15:32.412Z") + "," + played("2026-11-20T09:18:00Z") +
                 R"(,17,{"track":null,"played_at":"2026-11-20T09:15:32.412Z"},{"track":)" + track + "}," +
                 played("2026-11-19T00:00:00Z", R"({"id":null,"name":"demo.mp3"})") + "]}")};
    const auto plays = run(world.api.recently_played("token", 50, app::Urgency::user_request));
    ASSERT_TRUE(plays);
    ASSERT_EQ(plays->size(), 3U);
    EXPECT_EQ(plays->front().played_at, "2026-11-20T09:15:32.412Z");
    EXPECT_EQ(plays->front().track.name, "Pulang Larut");
    EXPECT_EQ(plays->front().album, (Album{.name = "Pulang Larut", .type = "single", .total_tracks = 1}));
    EXPECT_EQ(plays->at(1).played_at, "2026-11-20T09:18:00Z");
    EXPECT_EQ(plays->at(2).track.name, "demo.mp3");
    EXPECT_EQ(world.sent.back().url, "https://api.example/sub/v1/me/player/recently-played?limit=50");
}

TEST(RecentlyPlayed, AsksForNoMoreThanAPage) {
    World world;
    world.answers = {reply(200, R"({"items":[]})")};
    for (const int limit : {-1, 0, 51, 1000}) {
        EXPECT_TRUE(run(world.api.recently_played("token", limit, app::Urgency::user_request)));
        EXPECT_TRUE(world.sent.back().url.ends_with(limit < 1 ? "limit=1" : "limit=50"));
    }
}

} // namespace
} // namespace personalify::spotify

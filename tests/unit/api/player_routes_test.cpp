#include "unit/api/stream_reader.hpp"

namespace personalify::api {
namespace {

using namespace test;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

Playing playing(std::string id) {
    return {.what = Playing::What::track,
            .is_playing = true,
            .track = {.id = std::move(id),
                      .name = "Pulang Larut",
                      .artists = {"Lentera Biru", "Tamu"},
                      .album = "Kota \"Kertas\"",
                      .image = "https://images.example/t1",
                      .duration_ms = 214'533,
                      .external_url = "https://open.spotify.com/track/t1"},
            .progress_ms = 78'823};
}

constexpr const char* unknown = R"({"is_playing":false,"error":"No refresh token"})";

class PlayerRoutes : public ::testing::Test {
protected:
    PlayerRoutes() { add_player_routes(routes_, player_, 20ms); }

    http::Request question(std::string target, std::vector<http::Header> headers = {}) {
        if (!token_.empty()) {
            headers.push_back({"Authorization", "Bearer " + token_});
        }
        return request("GET", std::move(target), std::move(headers));
    }
    http::Response get(std::string target) {
        const http::Request asked = question(std::move(target));
        return run(routes_.handler()(asked));
    }
    http::Handler handler() const { return routes_.handler(); }
    void sign_in(const UserId& user) {
        token_ = run(world_.sessions.start(user, app::SessionKind::web)).value();
    }
    /// What a stream brought until `enough`, or until it ended by itself.
    std::string events(std::function<bool(const std::string&)> enough,
                       std::vector<http::Header> headers = {}) {
        const http::Request asked = question("/api/currently-playing/ada/events", std::move(headers));
        return run(read(routes_.handler(), asked, std::move(enough)));
    }
    static auto has(std::string part, int times = 1) {
        return [part = std::move(part), times](const std::string& text) {
            int found = 0;
            for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) {
                ++found;
            }
            return found >= times;
        };
    }

    World world_;
    UserId ada_ = world_.sign_up("ada");
    std::string token_;
    SystemClock clock_;
    app::PlayerService player_{world_.users,
                               world_.spotify,
                               world_.tokens,
                               world_.sessions,
                               clock_,
                               player_event,
                               {.poll = 5ms, .patience = 5s, .short_patience = 5s, .looks_per_second = 1e6}};

private:
    static Task<std::string> read(http::Handler handler, http::Request asked,
                                  std::function<bool(const std::string&)> enough) {
        const http::Response response = co_await handler(asked);
        EXPECT_EQ(response.status, 200);
        EXPECT_EQ(header(response, "Content-Type"), "text/event-stream");
        EXPECT_EQ(header(response, "Cache-Control"), "no-store");
        EXPECT_EQ(header(response, "X-Accel-Buffering"), "no");
        StreamReader reader{co_await asio::this_coro::executor, std::move(enough)};
        co_await response.stream(reader);
        co_return std::move(reader.text);
    }

    Routes routes_{{.identify = Identity{world_.sessions}, .render_error = render, .status_of = status_of}};
};

TEST_F(PlayerRoutes, ShowWhatPlays) {
    sign_in(ada_);
    world_.spotify.on_player = [] {
        Playing paused = playing("t1");
        paused.is_playing = false;
        return paused;
    };
    const http::Response response = get("/api/currently-playing/ada");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(header(response, "Cache-Control"), "no-store");
    EXPECT_EQ(
        response.body,
        R"({"is_playing":false,"track":{"id":"t1","name":"Pulang Larut","artists":["Lentera Biru","Tamu"],)"
        R"("album":"Kota \"Kertas\"","image":"https://images.example/t1","duration_ms":214533,)"
        R"("progress_ms":78823,"external_url":"https://open.spotify.com/track/t1"}})");
}

TEST_F(PlayerRoutes, ShowSilenceAdsAndTrouble) {
    sign_in(ada_);
    EXPECT_EQ(get("/api/currently-playing/ada").body, R"({"is_playing":false})");
    sign_in(world_.sign_up("bob"));
    world_.spotify.on_player = [] {
        return Playing{.what = Playing::What::ad, .is_playing = true, .progress_ms = 30'000};
    };
    EXPECT_EQ(get("/api/currently-playing/bob").body,
              R"({"is_playing":true,"is_ad":true,"track":{"progress_ms":30000,"duration_ms":30000}})");
    sign_in(world_.sign_up("eve"));
    world_.spotify.on_player = [] { return fail(Errc::upstream_unavailable, "Spotify is away."); };
    EXPECT_EQ(get("/api/currently-playing/eve").body, R"({"is_playing":false,"error":"Spotify is away."})");
}

TEST_F(PlayerRoutes, AFileOfOnesOwnHasNoIdAndNoPages) {
    sign_in(ada_);
    world_.spotify.on_player = [] {
        return Playing{.what = Playing::What::track, .track = {.name = "demo.mp3"}};
    };
    EXPECT_EQ(
        get("/api/currently-playing/ada").body,
        R"({"is_playing":false,"track":{"id":null,"name":"demo.mp3","artists":[],"album":"","image":null,)"
        R"("duration_ms":0,"progress_ms":0,"external_url":null}})");
}

TEST_F(PlayerRoutes, TheInvisibleLooksUnknown) {
    EXPECT_EQ(get("/api/currently-playing/ada").body, unknown);
    EXPECT_EQ(get("/api/currently-playing/nobody").body, unknown);
    world_.users.failure = Error{Errc::internal, "the disk is on fire"};
    EXPECT_THAT(get("/api/currently-playing/ada").body, Not(HasSubstr("fire")));
}

TEST_F(PlayerRoutes, EventsTellTheStateOfNowAndThenWhatIsNew) {
    sign_in(ada_);
    world_.spotify.on_player = [this] { return playing(world_.spotify.player_calls < 5 ? "t1" : "t2"); };
    const std::string text = events(has("\"t2\""));
    EXPECT_THAT(text, StartsWith("retry: 3000\n\nid: "));
    EXPECT_THAT(text, HasSubstr("-1\ndata: {\"is_playing\":true,\"track\":{\"id\":\"t1\""));
    EXPECT_THAT(text, HasSubstr("-2\ndata: {\"is_playing\":true,\"track\":{\"id\":\"t2\""));
    EXPECT_THAT(text, EndsWith("}}\n\n"));
    EXPECT_FALSE(has("\ndata: ", 3)(text));
}

TEST_F(PlayerRoutes, EventsGoOnWhereTheReaderWas) {
    sign_in(ada_);
    world_.spotify.on_player = [] { return playing("t1"); };
    const std::string text = events(has("data: "));
    const std::string id = text.substr(text.find("id: ") + 4, text.find("\ndata") - text.find("id: ") - 4);
    EXPECT_THAT(events(has(": still here"), {{"Last-Event-ID", id}}), Not(HasSubstr("data: ")));
    EXPECT_THAT(events(has(": still here"), {{"Last-Event-ID", "older-0"}}), HasSubstr("data: "));
}

TEST_F(PlayerRoutes, EventsShowASignOfLife) {
    sign_in(ada_);
    EXPECT_THAT(events(has(": still here\n\n", 3)), HasSubstr("data: {\"is_playing\":false}\n\n"));
}

TEST_F(PlayerRoutes, EventsEndWithTheSession) {
    sign_in(ada_);
    const std::string text = events([this](const std::string& so_far) {
        if (has(": still here")(so_far)) {
            EXPECT_TRUE(run(world_.sessions.end(run(world_.sessions.identify(token_)).value())));
        }
        return false;
    });
    EXPECT_THAT(text, EndsWith(std::string{"retry: 60000\ndata: "} + unknown + "\n\n"));
}

TEST_F(PlayerRoutes, EventsEndWhenSharingDoes) {
    world_.users.users[ada_].sharing = true;
    const std::string text = events([this](const std::string& so_far) {
        world_.users.users[ada_].sharing = !has(": still here")(so_far);
        return false;
    });
    EXPECT_THAT(text, EndsWith(std::string{"data: "} + unknown + "\n\n"));
}

TEST_F(PlayerRoutes, EventsOfTheInvisibleAreOneAnswerAndTheEnd) {
    EXPECT_EQ(events(has("never")), std::string{"retry: 60000\ndata: "} + unknown + "\n\n");
    EXPECT_EQ(world_.spotify.player_calls, 0);
}

TEST_F(PlayerRoutes, AskingForTheHeadersOfEventsWatchesNothing) {
    sign_in(ada_);
    http::Request asked = question("/api/currently-playing/ada/events");
    asked.method = "HEAD";
    const http::Response response = run(handler()(asked));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(header(response, "Content-Type"), "text/event-stream");
    EXPECT_TRUE(response.stream);
    EXPECT_EQ(world_.spotify.player_calls, 0);
}

TEST_F(PlayerRoutes, EventsEndWhenTheIdGoesToSomebodyElse) {
    sign_in(ada_);
    world_.spotify.on_player = [] { return playing("t1"); };
    bool gone = false;
    const std::string text = events([&](const std::string& so_far) {
        if (has("\"t1\"")(so_far) && !std::exchange(gone, true)) {
            player_.signed_in({.user = world_.users.users[ada_], .changed_hands = true});
        }
        return false;
    });
    EXPECT_TRUE(gone);
    EXPECT_THAT(text, Not(HasSubstr("error")))
        << "the reader comes back after three seconds and is asked anew";
}

TEST_F(PlayerRoutes, RecentPlays) {
    sign_in(ada_);
    world_.spotify.on_recent = [] {
        return std::vector<RecentPlay>{
            {.played_at = "2026-11-20T09:15:32.412Z",
             .track = playing("t1").track,
             .album = {"Kota Kertas", "album", 9}},
            {.played_at = "2026-11-20T09:10:00Z", .track = {.name = "demo.mp3"}, .album = {}}};
    };
    const http::Response response = get("/api/spotify/recently-played?limit=2&spotify_id=ada");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(
        response.body,
        R"([{"played_at":"2026-11-20T09:15:32.412Z","track_name":"Pulang Larut",)"
        R"("artist_name":"Lentera Biru, Tamu","image_url":"https://images.example/t1",)"
        R"("spotify_url":"https://open.spotify.com/track/t1","album_name":"Kota Kertas","album_type":"album",)"
        R"("total_tracks":9},{"played_at":"2026-11-20T09:10:00Z","track_name":"demo.mp3","artist_name":"",)"
        R"("image_url":null,"spotify_url":null,"album_name":"","album_type":"","total_tracks":0}])");
    EXPECT_EQ(world_.spotify.limits.back(), 2);
    EXPECT_EQ(get("/api/spotify/recently-played").status, 200);
    EXPECT_EQ(world_.spotify.limits.back(), 50);
    for (const char* limit : {"0", "51", "many"}) {
        EXPECT_EQ(get(std::string{"/api/spotify/recently-played?limit="} + limit).status, 422);
    }
    EXPECT_EQ(get("/api/spotify/recently-played?spotify_id=nobody").status, 404);
    token_.clear();
    EXPECT_EQ(get("/api/spotify/recently-played?spotify_id=ada").status, 401);
}

} // namespace
} // namespace personalify::api

// The whole upstream over real sockets against a scripted server.
#include "unit/upstream/spotify/world.hpp"
#include "upstream/spotify/spotify.hpp"

#include <gmock/gmock.h>

#include <latch>

namespace personalify::spotify {
namespace {

using namespace testing;
using personalify::testing::closed_port;
using personalify::testing::Peer;
using personalify::testing::ScriptedServer;
using ::testing::HasSubstr;

constexpr auto user = app::Urgency::user_request;

struct Live {
    explicit Live(const std::string& base) {
        SpotifyOptions options;
        options.client_id = "client123";
        options.client_secret = "secret456";
        options.accounts_url = base + "/accounts/";
        options.api_url = base + "/prefix/";
        upstream = connect_spotify(options, client, states, clock);
    }
    SystemClock clock;
    States states;
    net::HttpClient client;
    std::unique_ptr<SpotifyUpstream> upstream;
};

TEST(Spotify, AllCallsOfALoginAreUnderWayTogether) {
    constexpr int calls = 8;
    std::latch all_here{calls};
    ScriptedServer server([&](Peer& peer) {
        const std::string request = peer.read_request();
        if (request.empty()) {
            return;
        }
        all_here.arrive_and_wait(); // a call that waited for another one would never let this pass
        const bool token = request.starts_with("POST /accounts/api/token ");
        const bool me = request.starts_with("GET /prefix/v1/me ");
        peer.answer(200,
                    token ? R"({"access_token":"a"})"
                    : me  ? R"({"id":"rani"})"
                          : R"({"items":[]})",
                    "Content-Type: application/json\r\n");
        peer.wait_closed();
    });
    Live live{server.url("")};
    run(live.upstream->restore());
    asio::io_context shard{1};
    int good = 0;
    const auto count = [&](std::exception_ptr, const auto& result) { good += result.has_value() ? 1 : 0; };
    asio::co_spawn(shard, live.upstream->accounts().refresh("r"), count);
    asio::co_spawn(shard, live.upstream->api().me("a", user), count);
    for (const TimeRange range : all_time_ranges) {
        asio::co_spawn(shard, live.upstream->api().top_artists("a", range, 20, user), count);
        asio::co_spawn(shard, live.upstream->api().top_tracks("a", range, 20, user), count);
    }
    shard.run();
    EXPECT_EQ(good, calls);
    EXPECT_EQ(server.connections(), calls);
}

TEST(Spotify, AServerThatIsDown) {
    Live live{"http://127.0.0.1:" + std::to_string(closed_port())};
    const auto profile = run(live.upstream->api().me("a", user));
    ASSERT_FALSE(profile.has_value());
    EXPECT_EQ(profile.error().code, Errc::upstream_unavailable);
    EXPECT_THAT(profile.error().detail, HasSubstr("Spotify could not be reached"));
}

TEST(Spotify, AResetBeforeTheAnswerIsTriedAgain) {
    std::atomic<int> requests = 0;
    ScriptedServer server([&](Peer& peer) {
        peer.read_request();
        if (++requests < 3) {
            peer.reset();
        } else {
            peer.answer(200, R"({"id":"rani"})");
        }
    });
    Live live{server.url("")};
    EXPECT_TRUE(run(live.upstream->api().me("a", user)).has_value());
    EXPECT_EQ(requests, 3);
}

TEST(Spotify, AnAnswerCutShortIsAFailure) {
    ScriptedServer server([&](Peer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"id\":\"rani\"}");
    });
    Live live{server.url("")};
    EXPECT_EQ(run(live.upstream->api().me("a", user)).error().code, Errc::upstream_unavailable);
}

TEST(Spotify, AddressesAreCheckedAtOnce) {
    net::HttpClient client;
    States states;
    const SystemClock clock;
    for (const char* url : {"http://api.spotify.com", "api.spotify.com", ""}) {
        SpotifyOptions options;
        options.api_url = url;
        EXPECT_THROW(connect_spotify(options, client, states, clock), std::invalid_argument) << url;
    }
}

} // namespace
} // namespace personalify::spotify

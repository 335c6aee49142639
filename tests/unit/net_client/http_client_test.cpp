#include "net/http_client.hpp"
#include "unit/net_client/scripted_server.hpp"

#include <gmock/gmock.h>

#include <latch>

namespace personalify::net {
namespace {

using namespace std::chrono_literals;
using personalify::testing::closed_port;
using personalify::testing::Peer;
using personalify::testing::run;
using personalify::testing::ScriptedServer;
using ::testing::HasSubstr;
using ::testing::Not;

HttpCall get(std::string url) {
    HttpCall call;
    call.url = std::move(url);
    call.unreachable = "Spotify could not be reached";
    return call;
}

HttpResult fetch(HttpCall call) {
    HttpClient client;
    return run(client.send(std::move(call)));
}

TEST(HttpClient, ReturnsStatusHeadersAndBody) {
    std::string request;
    ScriptedServer server([&](Peer& peer) {
        request = peer.read_request();
        peer.answer(418, "{\"a\":1}", "Content-Type: application/json\r\nX-Two:  spaced  \r\n");
    });
    HttpCall call = get(server.url("/v1/me?x=%20y"));
    call.headers = {{"Authorization", "Bearer t"}, {"X-Empty", ""}};
    const HttpResult reply = fetch(call);
    ASSERT_TRUE(reply.has_value());
    EXPECT_EQ(reply->status, 418);
    EXPECT_EQ(reply->body, "{\"a\":1}");
    EXPECT_EQ(reply->header("content-type"), "application/json");
    EXPECT_EQ(reply->header("x-two"), "spaced");
    EXPECT_EQ(reply->header("x-none"), std::nullopt);
    EXPECT_THAT(request, HasSubstr("GET /v1/me?x=%20y HTTP/1.1\r\n"));
    EXPECT_THAT(request, HasSubstr("\r\nAuthorization: Bearer t\r\n"));
    EXPECT_THAT(request, HasSubstr("\r\nX-Empty:"));
    EXPECT_THAT(request, HasSubstr("\r\nAccept-Encoding: gzip\r\n"));
}

TEST(HttpClient, SendsBodiesWithoutWaitingFor100Continue) {
    std::string request;
    ScriptedServer server([&](Peer& peer) {
        request = peer.read_request();
        peer.answer(200, "ok");
    });
    HttpCall call = get(server.url("/api/token"));
    call.method = "POST";
    call.body = std::string(2'000'000, 'x');
    EXPECT_TRUE(fetch(call).has_value());
    EXPECT_THAT(request.substr(0, 300), HasSubstr("POST /api/token HTTP/1.1\r\n"));
    EXPECT_THAT(request.substr(0, 300), Not(HasSubstr("Expect")));
    EXPECT_EQ(request.size() - request.find("\r\n\r\n") - 4, call.body.size());
}

TEST(HttpClient, RedirectsAreAnswers) {
    ScriptedServer server([](Peer& peer) {
        peer.read_request();
        peer.answer(302, "", "Location: https://elsewhere.example/\r\n");
    });
    const HttpResult reply = fetch(get(server.url()));
    ASSERT_TRUE(reply.has_value());
    EXPECT_EQ(reply->status, 302);
    EXPECT_EQ(reply->header("location"), "https://elsewhere.example/");
    EXPECT_EQ(server.connections(), 1);
}

TEST(HttpClient, InterimAnswersAreSkipped) {
    ScriptedServer server([](Peer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
        peer.answer(200, "done", "X-Real: yes\r\n");
    });
    const HttpResult reply = fetch(get(server.url()));
    ASSERT_TRUE(reply.has_value());
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->header("link"), std::nullopt);
    EXPECT_EQ(reply->header("x-real"), "yes");
}

TEST(HttpClient, NoContentHasNoBody) {
    ScriptedServer server([](Peer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 204 No Content\r\n\r\n");
    });
    const HttpResult reply = fetch(get(server.url()));
    ASSERT_TRUE(reply.has_value());
    EXPECT_EQ(reply->status, 204);
    EXPECT_EQ(reply->body, "");
}

struct Refused {
    const char* url;
    const char* detail;
};
class HttpClientRefuses : public ::testing::TestWithParam<Refused> {};
TEST_P(HttpClientRefuses, BeforeAnythingIsSent) {
    const HttpResult reply = fetch(get(GetParam().url));
    ASSERT_FALSE(reply.has_value());
    EXPECT_EQ(reply.error().code, Errc::invalid_argument);
    EXPECT_THAT(reply.error().detail, HasSubstr(GetParam().detail));
    EXPECT_EQ(reply.error().progress, HttpProgress::not_sent);
}
INSTANTIATE_TEST_SUITE_P(
    Addresses, HttpClientRefuses,
    ::testing::Values(Refused{"http://api.spotify.com/v1/me", "loopback"},
                      Refused{"http://127.0.0.1.example.org/", "loopback"},
                      Refused{"http://[::ffff:10.0.0.1]/", "loopback"},
                      Refused{"http://0.0.0.0/", "loopback"}, Refused{"ftp://127.0.0.1/", "http and https"},
                      Refused{"file:///etc/passwd", ""},
                      Refused{"https://user:secret@api.spotify.com/", "not an address"},
                      Refused{"http://example.org@127.0.0.1/", "not an address"}, Refused{"/v1/me", "not an"},
                      Refused{"https://api.spotify.com/a b", "not an address"},
                      Refused{"https://api.spotify.com/\r\nX: y", "not an address"}, Refused{"", "not an"}));

TEST(HttpClient, HeadersCannotSmuggleLines) {
    HttpCall call = get("http://127.0.0.1:1/");
    call.headers = {{"Authorization", "Bearer a\r\nX-Evil: 1"}};
    EXPECT_EQ(fetch(call).error().code, Errc::invalid_argument);
    call.headers = {{"X Y", "1"}};
    EXPECT_EQ(fetch(call).error().code, Errc::invalid_argument);
    call.headers = {};
    call.method = "GET /";
    EXPECT_EQ(fetch(call).error().code, Errc::invalid_argument);
}

TEST(HttpClient, NobodyListening) {
    const HttpResult reply =
        fetch(get("http://127.0.0.1:" + std::to_string(closed_port()) + "/secret?code=1"));
    ASSERT_FALSE(reply.has_value());
    EXPECT_EQ(reply.error().code, Errc::upstream_unavailable);
    EXPECT_EQ(reply.error().detail, "Spotify could not be reached");
    EXPECT_FALSE(reply.error().cause.empty());
    EXPECT_THAT(reply.error().cause, Not(HasSubstr("secret")));
    EXPECT_EQ(reply.error().progress, HttpProgress::not_sent);
    EXPECT_FALSE(reply.error().timed_out);
}

struct Broken {
    const char* name;
    const char* bytes;
    bool reset;
    HttpProgress progress;
};
class HttpClientBrokenAnswer : public ::testing::TestWithParam<Broken> {};
TEST_P(HttpClientBrokenAnswer, IsATransportError) {
    ScriptedServer server([](Peer& peer) {
        peer.read_request();
        peer.send(GetParam().bytes);
        if (GetParam().reset) {
            peer.reset();
        }
    });
    const HttpResult reply = fetch(get(server.url()));
    ASSERT_FALSE(reply.has_value()) << reply->status << ' ' << reply->body;
    EXPECT_EQ(reply.error().code, Errc::upstream_unavailable);
    EXPECT_EQ(reply.error().progress, GetParam().progress) << reply.error().cause;
    EXPECT_FALSE(reply.error().timed_out);
}
INSTANTIATE_TEST_SUITE_P(
    Answers, HttpClientBrokenAnswer,
    ::testing::Values(
        Broken{"reset_before", "", true, HttpProgress::sent},
        Broken{"closed_before", "", false, HttpProgress::sent},
        Broken{"cut_head", "HTTP/1.1 200 OK\r\nContent-", false, HttpProgress::answered},
        Broken{"short_body", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", false, HttpProgress::answered},
        Broken{"reset_amid", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", true, HttpProgress::answered},
        Broken{"cut_chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", false,
               HttpProgress::answered},
        Broken{"bad_chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n", false,
               HttpProgress::answered},
        Broken{"bad_length", "HTTP/1.1 200 OK\r\nContent-Length: nine\r\n\r\n{}", false,
               HttpProgress::answered},
        Broken{"unknown_encoding",
               "HTTP/1.1 200 OK\r\nContent-Encoding: rot13\r\nContent-Length: 2\r\n\r\n{}", false,
               HttpProgress::answered},
        Broken{"bad_gzip", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", false,
               HttpProgress::answered},
        Broken{"not_http", "SSH-2.0-OpenSSH_9.2\r\n", false, HttpProgress::answered},
        Broken{"a_few_bytes_and_reset", "HTT", true, HttpProgress::answered}),
    [](const auto& info) { return info.param.name; });

TEST(HttpClient, ConcurrentCallsOpenConnectionsAtOnceAndReuseThemLater) {
    constexpr int calls = 8;
    std::latch all_here{calls};
    ScriptedServer server([&](Peer& peer) {
        if (peer.read_request().empty()) {
            return;
        }
        all_here.arrive_and_wait(); // only passes when all eight are under way together
        peer.answer(200, "first");
        while (!peer.read_request().empty()) {
            peer.answer(200, "again");
        }
    });
    HttpClient client;
    asio::io_context shard{1};
    int good = 0;
    for (int i = 0; i < calls; ++i) {
        asio::co_spawn(shard, client.send(get(server.url())), [&](std::exception_ptr, HttpResult reply) {
            good += reply.has_value() && reply->body == "first" ? 1 : 0;
        });
    }
    shard.run();
    EXPECT_EQ(good, calls);
    EXPECT_EQ(server.connections(), calls);
    for (int i = 0; i < calls; ++i) {
        EXPECT_EQ(run(client.send(get(server.url())))->body, "again");
    }
    EXPECT_EQ(server.connections(), calls);
}

TEST(HttpClient, ServesShardsOnManyThreads) {
    ScriptedServer server([](Peer& peer) {
        while (!peer.read_request().empty()) {
            peer.answer(200, "ok");
        }
    });
    HttpClient client;
    std::atomic<int> good = 0;
    std::vector<std::thread> shards;
    for (int i = 0; i < 4; ++i) {
        shards.emplace_back([&] {
            for (int call = 0; call < 50; ++call) {
                good += run(client.send(get(server.url()))).has_value() ? 1 : 0;
            }
        });
    }
    for (std::thread& shard : shards) {
        shard.join();
    }
    EXPECT_EQ(good, 200);
    EXPECT_LE(server.connections(), 4);
}

} // namespace
} // namespace personalify::net

// Deadlines, sizes, crowding, callers that leave, shutting down.
#include "net/http_client.hpp"
#include "unit/net_client/scripted_server.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <gmock/gmock.h>

#include <latch>
#include <zlib.h>

namespace personalify::net {
namespace {

using namespace std::chrono_literals;
using personalify::testing::Peer;
using personalify::testing::run;
using personalify::testing::ScriptedServer;
using ::testing::HasSubstr;

HttpCall get(std::string url) {
    HttpCall call;
    call.url = std::move(url);
    return call;
}

std::string gzip(const std::string& plain) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, plain.size()), '\0');
    std::string input = plain;
    stream.next_in = static_cast<Bytef*>(static_cast<void*>(input.data()));
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = static_cast<Bytef*>(static_cast<void*>(packed.data()));
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

TEST(HttpClientLimits, UnpacksGzip) {
    ScriptedServer server([](Peer& peer) {
        peer.read_request();
        peer.answer(200, gzip("{\"hello\":true}"), "Content-Encoding: gzip\r\n");
    });
    HttpClient client;
    EXPECT_EQ(run(client.send(get(server.url())))->body, "{\"hello\":true}");
}

TEST(HttpClientLimits, StopsAGzipBomb) {
    const std::string bomb = gzip(std::string(64 * 1024 * 1024, '\0'));
    ASSERT_LT(bomb.size(), 100'000U);
    ScriptedServer server([&](Peer& peer) {
        peer.read_request();
        peer.answer(200, bomb, "Content-Encoding: gzip\r\n");
    });
    HttpClient client;
    HttpCall call = get(server.url());
    call.max_body_bytes = 1024 * 1024;
    const HttpResult reply = run(client.send(call));
    ASSERT_FALSE(reply.has_value());
    EXPECT_EQ(reply.error().code, Errc::upstream_unavailable);
    EXPECT_EQ(reply.error().progress, HttpProgress::answered);
    EXPECT_THAT(reply.error().cause, HasSubstr("larger body"));
}

TEST(HttpClientLimits, ABodyOfExactlyTheLimitPasses) {
    ScriptedServer server([](Peer& peer) {
        while (!peer.read_request().empty()) {
            peer.answer(200, std::string(1000, 'x'));
        }
    });
    HttpClient client;
    HttpCall call = get(server.url());
    call.max_body_bytes = 1000;
    EXPECT_TRUE(run(client.send(call)).has_value());
    call.max_body_bytes = 999;
    EXPECT_FALSE(run(client.send(call)).has_value());
}

TEST(HttpClientLimits, StopsEndlessBodiesAndHeaders) {
    ScriptedServer server([](Peer& peer) {
        const bool headers = peer.read_request().starts_with("GET /headers");
        peer.send(headers ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
        const std::string more =
            headers ? "X-More: " + std::string(8000, 'h') + "\r\n" : std::string(65536, 'b');
        while (peer.send(more)) {
        }
    });
    HttpClient client;
    EXPECT_THAT(run(client.send(get(server.url("/body")))).error().cause, HasSubstr("larger body"));
    EXPECT_THAT(run(client.send(get(server.url("/headers")))).error().cause, HasSubstr("headers"));
}

TEST(HttpClientLimits, DeadlineWhileNothingComes) {
    ScriptedServer server([](Peer& peer) { peer.wait_closed(); });
    HttpClient client;
    HttpCall call = get(server.url());
    call.deadline = 500ms; // a slow machine gets as far, too
    const HttpResult reply = run(client.send(call));
    ASSERT_FALSE(reply.has_value());
    EXPECT_EQ(reply.error().code, Errc::upstream_unavailable);
    EXPECT_TRUE(reply.error().timed_out);
    EXPECT_EQ(reply.error().progress, HttpProgress::sent);
}

TEST(HttpClientLimits, DeadlineAmidTheBody) {
    ScriptedServer server([](Peer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nab");
        peer.wait_closed();
    });
    HttpClient client;
    HttpCall call = get(server.url());
    call.deadline = 500ms; // a slow machine gets as far, too
    const HttpResult reply = run(client.send(call));
    ASSERT_FALSE(reply.has_value());
    EXPECT_TRUE(reply.error().timed_out);
    EXPECT_EQ(reply.error().progress, HttpProgress::answered);
}

TEST(HttpClientLimits, WaitsForAPlaceAndRefusesWhenTheLineIsFull) {
    std::latch release{1};
    ScriptedServer server([&](Peer& peer) {
        while (!peer.read_request().empty()) {
            release.wait();
            peer.answer(200, "ok");
        }
    });
    HttpClientOptions options;
    options.calls_in_flight = 1;
    options.calls_waiting = 1;
    HttpClient client{options};
    asio::io_context shard{1};
    int good = 0;
    int overloaded = 0;
    for (int i = 0; i < 3; ++i) {
        asio::co_spawn(shard, client.send(get(server.url())), [&](std::exception_ptr, HttpResult reply) {
            good += reply.has_value() ? 1 : 0;
            if (!reply && reply.error().code == Errc::overloaded) {
                ++overloaded;
                release.count_down(); // the third one was turned away while two were still there
            }
        });
    }
    shard.run();
    EXPECT_EQ(good, 2);
    EXPECT_EQ(overloaded, 1);
    EXPECT_EQ(server.connections(), 1);
}

TEST(HttpClientLimits, TheDeadlineCountsTheWaitForAPlace) {
    ScriptedServer server([](Peer& peer) { peer.wait_closed(); });
    HttpClientOptions options;
    options.calls_in_flight = 1;
    HttpClient client{options};
    asio::io_context shard{1};
    std::vector<HttpProgress> timed_out;
    for (const auto deadline : {400ms, 20ms}) {
        HttpCall call = get(server.url());
        call.deadline = deadline;
        asio::co_spawn(shard, client.send(call), [&](std::exception_ptr, HttpResult reply) {
            if (!reply && reply.error().timed_out) {
                timed_out.push_back(reply.error().progress);
            }
        });
    }
    shard.run();
    EXPECT_THAT(timed_out, ::testing::UnorderedElementsAre(HttpProgress::sent, HttpProgress::not_sent));
}

TEST(HttpClientLimits, ACancelledCallerFreesItsPlace) {
    std::latch arrived{1};
    std::latch closed{1};
    ScriptedServer server([&](Peer& peer) {
        if (peer.read_request().starts_with("GET /hang")) {
            arrived.count_down();
            peer.wait_closed();
            closed.count_down();
        } else {
            peer.answer(200, "ok");
        }
    });
    HttpClientOptions options;
    options.calls_in_flight = 1;
    HttpClient client{options};
    asio::io_context shard{1};
    asio::cancellation_signal leave;
    bool ended = false;
    asio::co_spawn(shard, client.send(get(server.url("/hang"))),
                   asio::bind_cancellation_slot(leave.slot(), [&](std::exception_ptr, HttpResult reply) {
                       ended = !reply.has_value();
                   }));
    std::thread canceller([&] {
        arrived.wait();
        asio::post(shard, [&] { leave.emit(asio::cancellation_type::terminal); });
    });
    shard.run();
    canceller.join();
    EXPECT_TRUE(ended);
    closed.wait(); // the connection of the abandoned call is closed, not left to its deadline
    EXPECT_TRUE(run(client.send(get(server.url("/next")))).has_value());
}

TEST(HttpClientLimits, ACallerDestroyedWithItsShardIsForgotten) {
    std::latch arrived{1};
    std::latch closed{1};
    ScriptedServer server([&](Peer& peer) {
        peer.read_request();
        arrived.count_down();
        peer.wait_closed();
        closed.count_down();
    });
    HttpClient client;
    {
        asio::io_context shard{1};
        asio::co_spawn(shard, client.send(get(server.url())),
                       [](std::exception_ptr, HttpResult) { ADD_FAILURE() << "the caller was gone"; });
        shard.poll();
        arrived.wait();
    }
    closed.wait();
}

TEST(HttpClientLimits, ClosingEndsCallsAsCancelled) {
    std::latch arrived{2};
    ScriptedServer server([&](Peer& peer) {
        peer.read_request();
        arrived.count_down();
        peer.wait_closed();
    });
    HttpClientOptions options;
    options.calls_in_flight = 2;
    auto client = std::make_unique<HttpClient>(options);
    asio::io_context shard{1};
    int cancelled = 0;
    for (int i = 0; i < 3; ++i) { // two under way, one waiting
        asio::co_spawn(shard, client->send(get(server.url())), [&](std::exception_ptr, HttpResult reply) {
            cancelled += !reply && reply.error().code == Errc::cancelled ? 1 : 0;
        });
    }
    shard.poll();
    arrived.wait();
    client.reset();
    shard.run();
    EXPECT_EQ(cancelled, 3);
}

} // namespace
} // namespace personalify::net

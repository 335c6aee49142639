#include "live_server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <gmock/gmock.h>

namespace personalify::http {
namespace {

using namespace std::chrono_literals;
using test::Client;
using test::get;
using test::LiveServer;
using test::Reply;

/// What a stream under test did, told to the test's thread.
struct Told {
    std::promise<void> started;
    std::promise<std::string> ended;
};

Task<void> three_lines(ResponseStream& stream) {
    for (const auto* line : {"one\n", "", "two\n", "three\n"}) {
        co_await stream.write(line);
        co_await stream.wait(1ms);
    }
}

Task<void> waits_for_ever(Told& told, ResponseStream& stream) {
    co_await stream.write("hello\n");
    told.started.set_value();
    while (co_await stream.wait(1h)) {
    }
    told.ended.set_value(co_await stream.write("bye\n") ? "still there" : "gone");
}

/// Written by one who looks for another reason than time; bytes that others may write too.
Task<void> is_woken(const std::shared_ptr<const std::string>& bytes, ResponseStream& stream) {
    asio::post(co_await asio::this_coro::executor, [&stream] { stream.wake(); });
    EXPECT_TRUE(co_await stream.wait(1h));
    stream.wake(); // nobody waits
    co_await stream.write_shared(std::make_shared<const std::string>());
    co_await stream.write_shared(bytes);
    EXPECT_EQ(bytes.use_count(), 1) << "kept no longer than it is written";
}

Task<void> writes_for_ever(Told& told, ResponseStream& stream) {
    while (co_await stream.write(std::string(100'000, 'x'))) {
    }
    told.ended.set_value("cut off");
}

Task<void> breaks_off(ResponseStream& stream) {
    co_await stream.write("half");
    throw std::runtime_error("no more");
}

Task<void> resets(ResponseStream& stream) {
    co_await stream.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
    co_await stream.wait(1ms);
    stream.reset();
    EXPECT_FALSE(co_await stream.write("more"));
    EXPECT_FALSE(co_await stream.wait(1ms));
}

Task<void> raw_bytes(ResponseStream& stream) {
    co_await stream.write("HTTP/1.1 200 OK\r\n\r\nraw");
}

Handler streaming(std::function<Task<void>(ResponseStream&)> stream, bool raw = false) {
    return [stream = std::move(stream), raw](const Request& request) -> Task<Response> {
        Response response;
        if (request.path == "/plain") {
            response.body = "plain";
        } else {
            response.headers.push_back({"Content-Type", "text/event-stream"});
            response.stream = stream;
            response.raw_stream = raw;
        }
        co_return response;
    };
}

TEST(Stream, IsChunkedAndKeepsTheConnection) {
    LiveServer server{streaming(three_lines)};
    Client client{server.port()};
    const Reply reply = client.ask(get("/"));
    EXPECT_EQ(reply.header("Transfer-Encoding"), "chunked");
    EXPECT_EQ(reply.header("Content-Length"), "");
    EXPECT_EQ(reply.body, "one\ntwo\nthree\n");
    EXPECT_EQ(client.ask(get("/plain")).body, "plain");
}

TEST(Stream, IsWokenAndSharesItsBytes) {
    const auto bytes = std::make_shared<const std::string>("news\n");
    LiveServer server{streaming([&](ResponseStream& stream) { return is_woken(bytes, stream); })};
    Client client{server.port()};
    EXPECT_EQ(client.ask(get("/")).body, "news\n");
    EXPECT_EQ(client.ask(get("/plain")).body, "plain");
}

TEST(Stream, ServesRequestsSentMeanwhileAfterwards) {
    LiveServer server{streaming(three_lines)};
    Client client{server.port()};
    client.send(get("/") + get("/plain"));
    client.send(get("/"));
    EXPECT_EQ(client.reply().body, "one\ntwo\nthree\n");
    EXPECT_EQ(client.reply().body, "plain");
    EXPECT_EQ(client.reply().body, "one\ntwo\nthree\n");
}

TEST(Stream, EndsWithTheConnectionForHttp10) {
    LiveServer server{streaming(three_lines)};
    Client client{server.port()};
    const Reply reply = client.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(reply.header("Transfer-Encoding"), "");
    EXPECT_EQ(reply.header("Connection"), "close");
    EXPECT_EQ(reply.body, "one\ntwo\nthree\n");
}

TEST(Stream, IsNotRunForHead) {
    LiveServer server{streaming([](ResponseStream&) -> Task<void> {
        ADD_FAILURE() << "ran";
        co_return;
    })};
    Client client{server.port()};
    EXPECT_EQ(client.ask("HEAD / HTTP/1.1\r\nHost: t\r\n\r\n").status, 200);
    EXPECT_EQ(client.ask(get("/plain")).body, "plain");
}

TEST(Stream, NoticesThatTheClientHasGone) {
    Told told;
    LiveServer server{streaming([&](ResponseStream& stream) { return waits_for_ever(told, stream); })};
    Client client{server.port()};
    client.send(get("/"));
    told.started.get_future().wait();
    client.close();
    EXPECT_EQ(told.ended.get_future().get(), "gone");
}

TEST(Stream, NoticesAfterPipelinedRequestsToo) {
    Told told;
    LiveServer server{streaming([&](ResponseStream& stream) { return waits_for_ever(told, stream); })};
    Client client{server.port()};
    client.send(get("/"));
    told.started.get_future().wait();
    client.send(get("/plain"));
    client.close();
    EXPECT_EQ(told.ended.get_future().get(), "gone");
}

TEST(Stream, DrainEndsIt) {
    Told told;
    LiveServer server{streaming([&](ResponseStream& stream) { return waits_for_ever(told, stream); }), {}, 2};
    Client client{server.port()};
    client.send(get("/"));
    told.started.get_future().wait();
    auto drained = server.drain(60s);
    EXPECT_EQ(told.ended.get_future().get(), "still there");
    EXPECT_EQ(client.reply().body, "hello\nbye\n");
    drained.wait();
}

TEST(Stream, ReaderThatDoesNotReadIsCutOff) {
    Told told;
    ServerOptions options;
    options.limits.write_timeout = 1s;
    LiveServer server{streaming([&](ResponseStream& stream) { return writes_for_ever(told, stream); }),
                      options};
    Client client{server.port(), 4096};
    client.send(get("/"));
    EXPECT_EQ(told.ended.get_future().get(), "cut off");
}

TEST(Stream, ThatThrowsDoesNotLookComplete) {
    std::promise<std::string> reported;
    ServerOptions options;
    options.on_error = [&](std::string_view, std::string_view what) {
        reported.set_value(std::string{what});
    };
    LiveServer server{streaming(breaks_off), options};
    Client client{server.port()};
    client.send(get("/"));
    const std::string all = client.receive_all();
    EXPECT_TRUE(all.ends_with("4\r\nhalf\r\n")) << all;
    EXPECT_EQ(reported.get_future().get(), "no more");
}

TEST(Stream, RawWritesEverythingItself) {
    LiveServer server{streaming(raw_bytes, true)};
    Client client{server.port()};
    client.send(get("/"));
    EXPECT_EQ(client.receive_all(), "HTTP/1.1 200 OK\r\n\r\nraw");
}

TEST(Stream, CanResetTheConnection) {
    LiveServer server{streaming(resets, true)};
    Client client{server.port()};
    client.send(get("/"));
    client.receive_all();
    EXPECT_EQ(client.last_error(), ECONNRESET);
}

/// A handler that waits until the test lets it go.
class Gate {
public:
    Task<Response> pass(const Request&) {
        entered_.set_value();
        const auto executor = co_await asio::this_coro::executor;
        using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                                 asio::wait_traits<std::chrono::steady_clock>, Executor>;
        Timer timer{executor};
        while (!open_) {
            timer.expires_after(5ms);
            co_await timer.async_wait(asio::as_tuple(use_task));
        }
        co_return error_response(200, "through");
    }
    void wait_until_entered() { entered_.get_future().wait(); }
    void open() { open_ = true; }

private:
    std::promise<void> entered_;
    std::atomic<bool> open_ = false;
};

TEST(Drain, FinishesRequestsInFlightAndRefusesNewOnes) {
    Gate gate;
    LiveServer server{[&](const Request& request) { return gate.pass(request); }};
    Client idle{server.port()};
    Client busy{server.port()};
    busy.send(get("/"));
    gate.wait_until_entered();
    auto drained = server.drain(60s);
    EXPECT_TRUE(idle.at_end());
    EXPECT_FALSE(Client{server.port()}.connected());
    EXPECT_EQ(drained.wait_for(0s), std::future_status::timeout);
    gate.open();
    const Reply reply = busy.reply();
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.header("Connection"), "close");
    EXPECT_TRUE(busy.at_end());
    drained.wait();
}

TEST(Drain, TakesTheRestOfARequest) {
    LiveServer server{streaming(three_lines)};
    Client client{server.port()};
    client.send("POST /plain HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(client.reply().status, 100);
    auto drained = server.drain(60s);
    const Reply reply = client.ask("ab");
    EXPECT_EQ(reply.body, "plain");
    EXPECT_TRUE(client.at_end());
    drained.wait();
}

TEST(Drain, GivesUpAfterTheGrace) {
    Gate gate;
    LiveServer server{[&](const Request& request) { return gate.pass(request); }};
    Client client{server.port()};
    client.send(get("/"));
    gate.wait_until_entered();
    server.drain(1s).wait();
    EXPECT_EQ(client.reply().status, 0);
    gate.open();
}

TEST(Drain, MayBeAskedForTwice) {
    LiveServer server{streaming(three_lines), {}, 2};
    auto first = server.drain(60s);
    auto second = server.drain(1s);
    first.wait();
    second.wait();
    server.drain(1s).wait();
}

TEST(Drain, LoopsRunOutOfWorkAfterIt) {
    asio::io_context loop;
    auto server = serve({&loop}, {.port = 0}, streaming(three_lines));
    bool drained = false;
    server->drain(60s, [&] { drained = true; });
    loop.run();
    EXPECT_TRUE(drained);
}

TEST(Server, MayBeDestroyedWithRequestsInFlight) {
    Gate gate;
    asio::io_context loop;
    auto server = serve({&loop}, {.port = 0}, [&](const Request& request) { return gate.pass(request); });
    std::thread thread{[&] { loop.run(); }};
    Client client{server->port()};
    client.send(get("/"));
    gate.wait_until_entered();
    server.reset();
    EXPECT_EQ(client.reply().status, 0);
    loop.stop();
    thread.join();
}

} // namespace
} // namespace personalify::http

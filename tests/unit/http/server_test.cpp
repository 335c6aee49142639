#include "live_server.hpp"

#include <boost/asio/post.hpp>
#include <gmock/gmock.h>

#include <set>

namespace personalify::http {
namespace {

using test::Client;
using test::get;
using test::LiveServer;
using test::post;
using test::Reply;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Response text(std::string body) {
    Response response;
    response.headers.push_back({"Content-Type", "text/plain"});
    response.body = std::move(body);
    return response;
}

/// Answers with what it got.
Task<Response> echo(const Request& request) {
    if (request.path == "/throw") {
        throw std::runtime_error("a secret inside");
    }
    if (request.path == "/turns") {
        for (int i = 0; i < 3; ++i) {
            co_await asio::post(use_task);
        }
    }
    if (request.path == "/no-content") {
        Response response = text("must not be sent");
        response.status = 204;
        co_return response;
    }
    if (request.path == "/not-modified") {
        Response response = text("must not be sent");
        response.status = 304;
        co_return response;
    }
    if (request.path == "/client") {
        co_return text(request.remote_address + (request.secure ? " https" : " http"));
    }
    if (request.path == "/id") {
        co_return text(request.request_id);
    }
    if (request.path == "/large") {
        co_return text(std::string(32U << 20U, 'x'));
    }
    Response response =
        text(request.method + " " + request.path + " [" + request.query + "] " + request.body);
    response.route = "/{anything}";
    co_return response;
}

TEST(Server, AnswersAndKeepsTheConnection) {
    LiveServer server{echo};
    Client client{server.port()};
    const Reply first = client.ask(get("/a/b%20c?x=1&y=/"));
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.body, "GET /a/b%20c [x=1&y=/] ");
    EXPECT_THAT(first.head, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_EQ(first.header("Content-Length"), "23");
    EXPECT_EQ(first.header("Connection"), "");
    EXPECT_EQ(first.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(first.header("Referrer-Policy"), "no-referrer");
    EXPECT_THAT(first.header("Date"), testing::MatchesRegex("..., [0-9][0-9] ... 20.. ..:..:.. GMT"));
    for (int i = 0; i < 40; ++i) {
        EXPECT_EQ(client.ask(get("/turns")).status, 200);
    }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    LiveServer server{echo};
    Client client{server.port()};
    std::string requests;
    for (int i = 0; i < 50; ++i) {
        const std::string path = i % 7 == 0 ? "/turns" : "/r";
        requests += i % 3 == 0 ? "POST " + path + "?" + std::to_string(i) +
                                     " HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc"
                               : get(path + "?" + std::to_string(i));
    }
    ASSERT_TRUE(client.send(requests));
    for (int i = 0; i < 50; ++i) {
        const Reply reply = client.reply();
        EXPECT_THAT(reply.body, HasSubstr("[" + std::to_string(i) + "]"));
        EXPECT_EQ(reply.body.ends_with("abc"), i % 3 == 0);
    }
    EXPECT_EQ(client.ask(get("/last")).status, 200);
}

TEST(Server, AnswersWhatCameBeforeTheClientStoppedSending) {
    LiveServer server{echo};
    Client client{server.port()};
    client.send(get("/one") + get("/turns"));
    client.finish_sending();
    EXPECT_EQ(client.reply().status, 200);
    EXPECT_EQ(client.reply().status, 200);
    EXPECT_TRUE(client.at_end());
}

TEST(Server, TakesRequestsByteByByte) {
    LiveServer server{echo};
    Client client{server.port()};
    const std::string requests = "\r\n" + post("Content-Length: 5\r\n", "hello") +
                                 post("Transfer-Encoding: chunked\r\n",
                                      "3;name=value\r\nabc\r\n0a\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n") +
                                 post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n");
    for (const char c : requests) {
        ASSERT_TRUE(client.send({&c, 1}));
    }
    EXPECT_EQ(client.reply().body, "POST /p [] hello");
    EXPECT_EQ(client.reply().body, "POST /p [] abc0123456789");
    EXPECT_EQ(client.reply().body, "POST /p [] ");
}

TEST(Server, TakesLargeBodies) {
    LiveServer server{echo};
    Client client{server.port()};
    const std::string body(1024 * 1024, 'b');
    EXPECT_EQ(client.ask(post("Content-Length: 1048576\r\n", body)).body.size(), body.size() + 11);
    EXPECT_EQ(
        client.ask(post("Transfer-Encoding: chunked\r\n", "100000\r\n" + body + "\r\n0\r\n\r\n")).body.size(),
        body.size() + 11);
}

TEST(Server, TrailersAreNoHeaders) {
    LiveServer server{[](const Request& request) -> Task<Response> {
        co_return text(request.header("Authorization") ? "smuggled" : "none");
    }};
    Client client{server.port()};
    const auto chunks = post("Transfer-Encoding: chunked\r\n", "0\r\nAuthorization: x\r\n\r\n");
    EXPECT_EQ(client.ask(chunks).body, "none");
    EXPECT_EQ(client.ask(get("/")).body, "none");
}

TEST(Server, SaysContinueWhenAsked) {
    LiveServer server{echo};
    Client client{server.port()};
    client.send(post("Expect: 100-continue\r\nContent-Length: 2\r\n", ""));
    EXPECT_EQ(client.reply().head, "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(client.ask("ok").body, "POST /p [] ok");
}

TEST(Server, HeadHasTheLengthButNoBody) {
    LiveServer server{echo};
    Client client{server.port()};
    const Reply reply = client.ask("HEAD /x HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_EQ(reply.header("Content-Length"), "11");
    EXPECT_EQ(client.ask(get("/next")).body, "GET /next [] ");
}

TEST(Server, SomeStatusesHaveNoBody) {
    LiveServer server{echo};
    Client client{server.port()};
    for (const auto* path : {"/no-content", "/not-modified"}) {
        const Reply reply = client.ask(get(path));
        EXPECT_EQ(reply.header("Content-Length"), "");
        EXPECT_EQ(reply.header("Transfer-Encoding"), "");
    }
    EXPECT_EQ(client.ask(get("/next")).status, 200);
}

TEST(Server, ClosesWhenAsked) {
    LiveServer server{echo};
    Client client{server.port()};
    EXPECT_EQ(client.ask(get("/", "Connection: close\r\n")).header("Connection"), "close");
    EXPECT_TRUE(client.at_end());
}

TEST(Server, SpeaksHttp10) {
    LiveServer server{echo};
    Client once{server.port()};
    EXPECT_EQ(once.ask("GET / HTTP/1.0\r\n\r\n").header("Connection"), "close");
    EXPECT_TRUE(once.at_end());
    Client kept{server.port()};
    EXPECT_EQ(kept.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("Connection"),
              "keep-alive");
    EXPECT_EQ(kept.ask("GET / HTTP/1.0\r\n\r\n").status, 200);
    EXPECT_TRUE(kept.at_end());
}

TEST(Server, TakesTheAbsoluteForm) {
    LiveServer server{echo};
    Client client{server.port()};
    EXPECT_EQ(client.ask(get("http://test/a?b")).body, "GET /a [b] ");
    EXPECT_EQ(client.ask(get("HTTP://test")).body, "GET / [] ");
    EXPECT_EQ(client.ask("OPTIONS * HTTP/1.1\r\nHost: t\r\n\r\n").body, "OPTIONS * [] ");
}

TEST(Server, SlowRequestsTimeOut) {
    ServerOptions options;
    options.limits.header_timeout = std::chrono::seconds{1};
    options.limits.body_timeout = std::chrono::seconds{1};
    options.limits.idle_timeout = std::chrono::seconds{1};
    LiveServer server{echo, options};
    Client head{server.port()};
    Client body{server.port()};
    Client idle{server.port()};
    Client used{server.port()};
    head.send("GET / HTTP/1.1\r\nHo");
    body.send(post("Content-Length: 10\r\n", "abc"));
    EXPECT_EQ(used.ask(get("/")).status, 200);
    EXPECT_EQ(head.reply().status, 408);
    EXPECT_EQ(body.reply().status, 408);
    EXPECT_TRUE(idle.at_end());
    EXPECT_TRUE(used.at_end());
    EXPECT_TRUE(head.at_end());
    EXPECT_TRUE(body.at_end());
}

TEST(Server, SlowReadersAreCutOff) {
    ServerOptions options;
    options.limits.write_timeout = std::chrono::seconds{1};
    std::promise<std::size_t> logged;
    options.access_log = [&](const AccessRecord&) { logged.set_value(1); };
    LiveServer server{echo, options};
    Client client{server.port(), 4096};
    client.send(get("/large"));
    logged.get_future().wait(); // only the deadline ends this write: nobody reads
    EXPECT_LT(client.receive_all().size(), 32U << 20U);
}

TEST(Server, WritesLargeBodiesToReadersThatKeepUp) {
    LiveServer server{echo};
    Client client{server.port()};
    EXPECT_EQ(client.ask(get("/large")).body.size(), 32U << 20U);
    EXPECT_EQ(client.ask(get("/")).status, 200);
}

TEST(Server, ExceptionsBecome500) {
    ServerOptions options;
    std::promise<std::pair<std::string, std::string>> reported;
    options.on_error = [&](std::string_view id, std::string_view what) {
        reported.set_value({std::string{id}, std::string{what}});
    };
    LiveServer server{echo, options};
    Client client{server.port()};
    const Reply reply = client.ask(get("/throw", "X-Request-ID: r-1\r\n"));
    EXPECT_EQ(reply.status, 500);
    EXPECT_EQ(reply.body, R"({"detail":"Internal Server Error"})");
    EXPECT_EQ(reported.get_future().get(), (std::pair<std::string, std::string>{"r-1", "a secret inside"}));
    EXPECT_EQ(client.ask(get("/")).status, 200);
}

TEST(Server, RequestIdsAreTakenWhenHarmless) {
    LiveServer server{echo};
    Client client{server.port()};
    const Reply taken = client.ask(get("/id", "X-Request-ID: Az09._-\r\n"));
    EXPECT_EQ(taken.body, "Az09._-");
    EXPECT_EQ(taken.header("X-Request-ID"), "Az09._-");
    std::set<std::string> made;
    for (const std::string& bad :
         {std::string{"a b"}, std::string{"a\"b"}, std::string{}, std::string(65, 'a')}) {
        const Reply reply = client.ask(get("/id", "X-Request-ID: " + bad + "\r\n"));
        EXPECT_THAT(reply.body, testing::MatchesRegex("[0-9a-f]+"));
        EXPECT_EQ(reply.body, reply.header("X-Request-ID"));
        made.insert(reply.body);
    }
    EXPECT_EQ(made.size(), 4);
}

TEST(Server, HeadersCanNotSplitTheResponse) {
    LiveServer server{[](const Request&) -> Task<Response> {
        Response response = text("x");
        response.headers.push_back({"X-Bad", "a\r\nSet-Cookie: evil=1"});
        response.headers.push_back({"X-Worse: a\r\nSet-Cookie", "evil=2"});
        response.headers.push_back({"X-Nul", std::string("a\0b", 3)});
        response.headers.push_back({"X-Good", "caf\xc3\xa9\tok"});
        response.headers.push_back({"Content-Length", "1000"});
        response.headers.push_back({"transfer-encoding", "chunked"});
        response.headers.push_back({"Referrer-Policy", "origin"});
        co_return response;
    }};
    Client client{server.port()};
    const Reply reply = client.ask(get("/"));
    EXPECT_THAT(reply.head, Not(HasSubstr("evil")));
    EXPECT_THAT(reply.head, Not(HasSubstr("X-Nul")));
    EXPECT_THAT(reply.head, Not(HasSubstr("1000")));
    EXPECT_THAT(reply.head, Not(HasSubstr("chunked")));
    EXPECT_THAT(reply.head, Not(HasSubstr("no-referrer")));
    EXPECT_EQ(reply.header("X-Good"), "caf\xc3\xa9\tok");
    EXPECT_EQ(reply.header("Referrer-Policy"), "origin");
    EXPECT_EQ(reply.body, "x");
}

TEST(Server, SendsSharedAndStaticBodies) {
    const auto shared = std::make_shared<const std::string>("shared");
    LiveServer server{[shared](const Request& request) -> Task<Response> {
        Response response;
        request.path == "/shared" ? void(response.shared_body = shared)
                                  : void(response.static_body = "static");
        co_return response;
    }};
    Client client{server.port()};
    EXPECT_EQ(client.ask(get("/shared")).body, "shared");
    EXPECT_EQ(client.ask(get("/static")).body, "static");
}

TEST(Server, BelievesTrustedProxiesOnly) {
    const auto ask = [](std::vector<std::string> trusted, std::string_view headers) {
        ServerOptions options;
        options.trusted_proxies = std::move(trusted);
        LiveServer server{echo, options};
        Client client{server.port()};
        return client.ask(get("/client", headers)).body;
    };
    const std::string_view headers =
        "X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.0.0.2\r\nX-Forwarded-Proto: https\r\n";
    EXPECT_EQ(ask({}, headers), "127.0.0.1 http");
    EXPECT_EQ(ask({"127.0.0.0/8"}, headers), "10.0.0.2 https");
    EXPECT_EQ(ask({"127.0.0.1", "10.0.0.0/8"}, headers), "203.0.113.9 https");
    EXPECT_THROW(ask({"10.0.0.0/33"}, headers), std::invalid_argument);
}

TEST(Server, LogsWhatItAnswered) {
    ServerOptions options;
    std::promise<std::string> logged;
    options.access_log = [&](const AccessRecord& record) {
        logged.set_value(std::string{record.method} + " " + std::string{record.route} + " " +
                         std::to_string(record.status) + " " + std::to_string(record.response_bytes) + " " +
                         std::string{record.request_id});
    };
    LiveServer server{echo, options};
    Client client{server.port()};
    client.ask(get("/secret?token=1", "X-Request-ID: r1\r\n"));
    EXPECT_EQ(logged.get_future().get(), "GET /{anything} 200 22 r1");
}

TEST(Server, LimitsConnections) {
    ServerOptions options;
    options.limits.connections_per_shard = 2;
    LiveServer server{echo, options};
    Client first{server.port()};
    EXPECT_EQ(first.ask(get("/")).status, 200);
    Client second{server.port()};
    EXPECT_EQ(second.ask(get("/")).status, 200);
    Client third{server.port()};
    EXPECT_EQ(third.ask(get("/")).status, 0);
    EXPECT_EQ(first.ask(get("/")).status, 200);
}

TEST(Server, ServesOnSeveralShards) {
    LiveServer server{echo, {}, 3};
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 30; ++i) {
        clients.push_back(std::make_unique<Client>(server.port()));
        EXPECT_EQ(clients.back()->ask(get("/")).status, 200);
    }
}

TEST(Server, APortInUseIsAnError) {
    LiveServer server{echo, {}, 2};
    asio::io_context loop;
    ServerOptions options;
    options.port = server.port();
    EXPECT_THROW(serve({&loop}, options, echo), boost::system::system_error);
    EXPECT_THROW(serve({&loop, &loop}, options, echo), boost::system::system_error);
}

} // namespace
} // namespace personalify::http

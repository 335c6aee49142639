#include "http/cors.hpp"
#include "live_server.hpp"

#include <gmock/gmock.h>

/// Requests that the server turns away: malformed, ambiguous, too large.
namespace personalify::http {
namespace {

using namespace std::string_view_literals;
using test::Client;
using test::get;
using test::LiveServer;
using test::post;
using test::Reply;
using testing::StartsWith;

Task<Response> welcome(const Request&) {
    co_return Response{};
}

/// Sends, expects that status as a JSON error, and the connection to close in order.
void expect_refused(std::uint16_t port, std::string_view request, int status) {
    SCOPED_TRACE(std::string{request.substr(0, 120)});
    Client client{port};
    ASSERT_TRUE(client.send(request));
    const Reply reply = client.reply();
    EXPECT_EQ(reply.status, status);
    EXPECT_THAT(reply.body, StartsWith(R"({"detail":")"));
    EXPECT_EQ(reply.header("Content-Type"), "application/json");
    EXPECT_EQ(reply.header("Connection"), "close");
    EXPECT_NE(reply.header("X-Request-ID"), "");
    EXPECT_TRUE(client.at_end()) << client.last_error();
}

TEST(Server, RefusesMalformedRequests) {
    LiveServer server{welcome};
    for (const std::string_view request : {
             "GET / HTTP/1.1\r\n\r\n",                           // no Host
             "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",     // two
             "GET / HTTP/1.1\r\nHost: a/b@c\r\n\r\n",            // not a host
             "GET / HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n", // space in a name
             "GET / HTTP/1.1\r\nHost : a\r\n\r\n",               // space before the colon
             "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n",         // no name
             "GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n",           // no colon
             "GET / HTTP/1.1\r\nHost: a\r\nX: a\x01z\r\n\r\n",   // control character
             "GET / HTTP/1.1\r\nHost: a\r\nX: a\nY: b\r\n\r\n",  // bare line feed
             "GET / HTTP/1.1\r\nHost: a\r\nX: a\rY: b\r\n\r\n",  // bare carriage return
             "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n",  // folded
             "GET / HTTP/1.1\r\nHost: a\r\nX:\r\n b\r\n\r\n",    // folded, empty first line
             "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n \r\n\r\n",   // folded, empty second line
             "GET /a\x01z HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET /a\x7f HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET a HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
             "G@T / HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET /\r\nHost: a\r\n\r\n",
             "GET / HTTX/1.1\r\nHost: a\r\n\r\n",
             "GET / HTTP/11\r\nHost: a\r\n\r\n",
             "CONNECT test:443 HTTP/1.1\r\nHost: test\r\n\r\n",
             "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", // TLS
         }) {
        expect_refused(server.port(), request, 400);
    }
    expect_refused(server.port(), "GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n"sv, 400);
    expect_refused(server.port(), "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505);
    expect_refused(server.port(), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
}

TEST(Server, RefusesAmbiguousFraming) {
    LiveServer server{welcome};
    const std::string smuggled = "0\r\n\r\nGET /admin HTTP/1.1\r\nHost: t\r\n\r\n";
    for (const std::string_view headers : {
             "Content-Length: 5\r\nContent-Length: 6\r\n",
             "Content-Length: 5\r\nContent-Length: 5\r\n",
             "Content-Length: 5, 5\r\n",
             "Content-Length: +5\r\n",
             "Content-Length: -5\r\n",
             "Content-Length: 0x5\r\n",
             "Content-Length: 5 \t5\r\n",
             "Content-Length:\r\n",
             "Content-Length: 99999999999999999999999\r\n",
             "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
             "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
             "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
             "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
         }) {
        expect_refused(server.port(), post(headers, smuggled), 400);
    }
    for (const std::string_view headers : {
             "Transfer-Encoding: gzip, chunked\r\n",
             "Transfer-Encoding: chunked, identity\r\n",
             "Transfer-Encoding: xchunked\r\n",
             "Transfer-Encoding:\r\n",
             "Transfer-Encoding: \vchunked\r\n",
         }) {
        SCOPED_TRACE(headers);
        Client client{server.port()};
        client.send(post(headers, smuggled));
        EXPECT_THAT(client.reply().status, testing::AnyOf(400, 501));
        EXPECT_TRUE(client.at_end());
    }
    expect_refused(server.port(), "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n" + smuggled, 400);
    for (const std::string_view body : {"x\r\n\r\n", "5\r\nabcdefg\r\n0\r\n\r\n", "-1\r\n\r\n", "\r\n\r\n",
                                        "5\nabcde\r\n0\r\n\r\n", "fffffffffffffffff\r\n\r\n"}) {
        SCOPED_TRACE(body);
        Client client{server.port()};
        client.send(post("Transfer-Encoding: chunked\r\n", body));
        EXPECT_THAT(client.reply().status, testing::AnyOf(400, 413));
        EXPECT_TRUE(client.at_end());
    }
}

TEST(Server, EnforcesSizes) {
    ServerOptions options;
    options.limits.header_bytes = 1024;
    options.limits.body_bytes = 100;
    LiveServer server{welcome, options};
    const std::string filler(2000, 'x');
    expect_refused(server.port(), get("/", "X: " + filler + "\r\n"), 431);
    std::string many;
    for (int i = 0; i < 300; ++i) {
        many += "X: y\r\n";
    }
    expect_refused(server.port(), get("/", many), 431);
    expect_refused(server.port(), "GET /" + filler, 414);
    expect_refused(server.port(), post("Content-Length: 101\r\n", filler), 413);
    expect_refused(server.port(), post("Transfer-Encoding: chunked\r\n", "65\r\n" + filler), 413);
    expect_refused(server.port(),
                   post("Transfer-Encoding: chunked\r\n", "32\r\n" + filler.substr(0, 50) + "\r\n33\r\n" +
                                                              filler.substr(0, 51) + "\r\n0\r\n\r\n"),
                   413);
    expect_refused(server.port(), post("Transfer-Encoding: chunked\r\n", "1;" + std::string(40'000, 'e')),
                   400);
    Client client{server.port()};
    EXPECT_EQ(client.ask(post("Content-Length: 100\r\n", filler.substr(0, 100))).status, 200);
    EXPECT_EQ(client.ask(get("/", "X: " + filler.substr(0, 900) + "\r\n")).status, 200);
}

TEST(Server, RefusesLongTargets) {
    LiveServer server{welcome};
    expect_refused(server.port(), get("/" + std::string(8 * 1024, 'a')), 414);
    expect_refused(server.port(), get("/" + std::string(100'000, 'a')), 414);
    Client client{server.port()};
    EXPECT_EQ(client.ask(get("/" + std::string(8 * 1024 - 1, 'a'))).status, 200);
}

TEST(Server, APageMayReadWhyItsRequestWasRefused) {
    ServerOptions options;
    options.limits.body_bytes = 1000;
    options.mark_refusal = cors_marker({.origins = {"http://good.example"}});
    LiveServer server{welcome, options};
    const auto refused = [&](const std::string& origin) {
        Client client{server.port()};
        return client.ask(post("Content-Length: 4000\r\nOrigin: " + origin + "\r\n", ""));
    };
    EXPECT_EQ(refused("http://good.example").status, 413);
    EXPECT_EQ(refused("http://good.example").header("Access-Control-Allow-Origin"), "http://good.example");
    EXPECT_EQ(refused("http://bad.example").header("Access-Control-Allow-Origin"), "");
}

TEST(Server, HeadersInManyPiecesAreStillLimited) {
    ServerOptions options;
    options.limits.header_bytes = 1024;
    LiveServer server{welcome, options};
    Client client{server.port()};
    client.send("GET / HTTP/1.1\r\nHost: t\r\n");
    for (int i = 0; i < 100 && client.send("X-Some-Header: a value\r\n"); ++i) {
    }
    EXPECT_EQ(client.reply().status, 431);
}

TEST(Server, TheAnswerReachesAClientThatIsStillSending) {
    ServerOptions options;
    options.limits.body_bytes = 1000;
    LiveServer server{welcome, options};
    Client client{server.port()};
    client.send(post("Content-Length: 4000000\r\n", ""));
    EXPECT_TRUE(client.send(std::string(4'000'000, 'x')));
    EXPECT_EQ(client.reply().status, 413);
    client.finish_sending();
    EXPECT_TRUE(client.at_end()) << client.last_error();
}

TEST(Server, RefusesFramingInTrailers) {
    LiveServer server{welcome};
    expect_refused(server.port(), post("Transfer-Encoding: chunked\r\n", "0\r\nContent-Length: 7\r\n\r\n"),
                   400);
}

TEST(Server, RefusesExpectationsThatItCannotMeet) {
    LiveServer server{welcome};
    expect_refused(server.port(), post("Expect: 100-continue\r\nContent-Length: 9999999\r\n", ""), 413);
    expect_refused(server.port(), post("Expect: tea\r\nContent-Length: 2\r\n", ""), 417);
}

} // namespace
} // namespace personalify::http

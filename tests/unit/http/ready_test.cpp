#include "http/cors.hpp"
#include "http/ready_answer.hpp"
#include "unit/http/live_server.hpp"
#include "unit/http/route_fixture.hpp"

#include <gmock/gmock.h>

namespace personalify::http {

namespace {

using test::Client;
using test::LiveServer;
using ::testing::HasSubstr;
using ::testing::Not;

std::shared_ptr<const ReadyAnswer> answer(std::string body) {
    return std::make_shared<const ReadyAnswer>(
        std::vector<Header>{{"Content-Type", "application/json"}, {"Cache-Control", "private, no-cache"}},
        std::move(body));
}

Request asking(std::vector<Header> headers) {
    Request request;
    request.method = "GET";
    request.headers = std::move(headers);
    return request;
}

Ready filled(const ReadyAnswer& from, std::vector<Header> headers = {}) {
    Ready out;
    from.fill(asking(std::move(headers)), out);
    return out;
}

std::string tag_in(std::string_view head) {
    const auto begin = head.find("ETag: ") + 6;
    return std::string{head.substr(begin, head.find("\r\n", begin) - begin)};
}

/// "/ready" is answered from memory, everything else says so.
LiveServer serve_ready(std::shared_ptr<const ReadyAnswer> from) {
    ServerOptions options;
    options.ready = [from](const Request& request, Ready& out) {
        if (request.path != "/ready") {
            return false;
        }
        from->fill(request, out);
        out.owner = from;
        out.route = "/ready";
        return true;
    };
    const auto handler = [](const Request&) -> Task<Response> {
        co_return json_response(200, R"("handler")");
    };
    return LiveServer{handler, std::move(options)};
}

const std::string long_text = '"' + std::string(5000, 'x') + '"';

} // namespace

TEST(Encoding, TheSmallestThatIsAllowedIsTaken) {
    EXPECT_EQ(negotiate_encoding(""), Encoding::identity);
    EXPECT_EQ(negotiate_encoding("gzip, deflate, br"), Encoding::br);
    EXPECT_EQ(negotiate_encoding("GZIP"), Encoding::gzip);
    EXPECT_EQ(negotiate_encoding("br;q=0, gzip;q=0.5"), Encoding::gzip);
    EXPECT_EQ(negotiate_encoding("br;q=0.000,gzip ; q=0"), Encoding::identity);
    EXPECT_EQ(negotiate_encoding("zstd, deflate, *"), Encoding::identity);
    EXPECT_EQ(negotiate_encoding(",;,br"), Encoding::br);
}

TEST(ReadyAnswer, EveryShapeHasItsOwnTagAndBytes) {
    const auto one = answer(long_text);
    const Ready plain = filled(*one);
    const Ready gzip = filled(*one, {{"accept-encoding", "gzip"}});
    const Ready br = filled(*one, {{"Accept-Encoding", "gzip, br"}});
    EXPECT_EQ(plain.body, long_text);
    EXPECT_THAT(std::string{plain.head}, Not(HasSubstr("Content-Encoding")));
    EXPECT_THAT(std::string{gzip.head}, HasSubstr("Content-Encoding: gzip\r\n"));
    EXPECT_THAT(std::string{br.head}, HasSubstr("Content-Encoding: br\r\n"));
    EXPECT_LT(gzip.body.size(), 200U);
    EXPECT_LT(br.body.size(), 200U);
    EXPECT_NE(tag_in(plain.head), tag_in(gzip.head));
    EXPECT_NE(tag_in(gzip.head), tag_in(br.head));
    for (const Ready& each : {plain, gzip, br}) {
        EXPECT_EQ(each.status, 200);
        EXPECT_THAT(std::string{each.head}, HasSubstr("Vary: Accept-Encoding\r\n"));
        EXPECT_THAT(std::string{each.head}, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
    }
    EXPECT_EQ(filled(*one, {{"Accept-Encoding", "br"}}).body.data(), br.body.data()) << "made once";
}

TEST(ReadyAnswer, ShortBodiesStayPlain) {
    const auto one = answer("[]");
    const Ready out = filled(*one, {{"Accept-Encoding", "br, gzip"}});
    EXPECT_EQ(out.body, "[]");
    EXPECT_THAT(std::string{out.head}, Not(HasSubstr("Vary")));
}

TEST(ReadyAnswer, AClientThatHasTheShapeGetsNoBody) {
    const auto one = answer(long_text);
    const std::string tag = tag_in(filled(*one, {{"Accept-Encoding", "br"}}).head);
    const Ready same = filled(*one, {{"Accept-Encoding", "br"}, {"If-None-Match", "\"other\", W/" + tag}});
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(same.body, "");
    EXPECT_THAT(std::string{same.head}, HasSubstr("ETag: " + tag));
    EXPECT_THAT(std::string{same.head}, HasSubstr("Cache-Control: private, no-cache"));
    EXPECT_THAT(std::string{same.head}, Not(HasSubstr("Content-Type:")));
    EXPECT_EQ(filled(*one, {{"If-None-Match", tag}}).status, 200) << "it has another shape";
}

TEST(ReadyAnswer, AsAResponseItIsTheSame) {
    const auto one = answer(long_text);
    const Response response = ReadyAnswer::respond(one, asking({{"Accept-Encoding", "gzip"}}));
    EXPECT_EQ(response.bytes(), filled(*one, {{"Accept-Encoding", "gzip"}}).body);
    EXPECT_EQ(testing::header(response, "Content-Encoding"), "gzip");
    EXPECT_EQ(testing::header(response, "ETag"), tag_in(filled(*one, {{"Accept-Encoding", "gzip"}}).head));
}

TEST(ReadyRoutes, AreAskedFirstAndMayDecline) {
    testing::TestRoutes routes = testing::test_routes();
    routes.get<std::string>("/things/{id}", "A thing")
        .ready([](const Request&, std::span<const std::string_view> path, Ready& out) {
            out.body = "ready";
            return path.size() == 1 && path.front() != "b";
        })
        .handle([](std::string id) { return "handled " + id; });
    routes.get<std::string>("/plain", "Another").handle([] { return std::string{"plain"}; });
    const auto ask = [ready = routes.ready_handler()](std::string method, std::string path) {
        Request request;
        request.method = std::move(method);
        request.path = std::move(path);
        Ready out;
        return ready(request, out) ? std::string{out.route} + ' ' + std::string{out.body} : "declined";
    };
    EXPECT_EQ(ask("GET", "/things/%41"), "/things/{id} ready") << "the path is as received";
    EXPECT_EQ(ask("HEAD", "/things/%41"), "/things/{id} ready");
    EXPECT_EQ(ask("POST", "/things/%41"), "declined");
    EXPECT_EQ(ask("GET", "/things/b"), "declined");
    EXPECT_EQ(ask("GET", "/plain"), "declined");
    EXPECT_EQ(ask("GET", "/nowhere"), "declined");
    EXPECT_EQ(ask("GET", "/things/%4"), "declined") << "a broken escape";
    EXPECT_EQ(ask("GET", "/things/" + std::string(256, 'x')), "declined") << "longer than any value";
}

TEST(ReadyRoutes, AnswerLeavesTheGatesRefusalsToTheRoutes) {
    testing::TestRoutes::Options options{testing::identify, testing::render, testing::status_of};
    bool open = true;
    options.gate.admit = [&open](const Request&, const Route&) {
        return open ? std::nullopt : std::optional{error_response(429, "slow down")};
    };
    testing::TestRoutes routes{std::move(options)};
    routes.get<std::string>("/r", "").ready([](const auto&, auto, Ready&) { return true; }).handle([] {
        return std::string{};
    });
    Request request;
    request.method = "GET";
    request.path = "/r";
    Ready out;
    EXPECT_TRUE(routes.ready_handler()(request, out));
    open = false;
    EXPECT_FALSE(routes.ready_handler()(request, out));
    EXPECT_EQ(testing::get(routes, "/r").status, 429);
}

TEST(ReadyCors, MarksTheAnswerForAllowedOrigins) {
    const ReadyHandler ready = with_cors(CorsOptions{.origins = {"http://good.example"}},
                                         ReadyHandler{[](const Request&, Ready&) { return true; }});
    const auto lines = [&](std::vector<Header> headers) {
        Ready out;
        EXPECT_TRUE(ready(asking(std::move(headers)), out));
        return std::string{out.more_head};
    };
    EXPECT_EQ(lines({}), "Vary: Origin\r\n");
    EXPECT_EQ(lines({{"Origin", "http://bad.example"}}), "Vary: Origin\r\n");
    EXPECT_THAT(lines({{"Origin", "http://good.example"}}),
                ::testing::AllOf(HasSubstr("Access-Control-Allow-Origin: http://good.example\r\n"),
                                 HasSubstr("Access-Control-Allow-Credentials: true\r\n"),
                                 HasSubstr("Vary: Origin\r\n")));
}

TEST(ReadyServer, AnswersFromMemoryAndElseAsksTheHandler) {
    LiveServer server = serve_ready(answer(long_text));
    Client client(server.port());
    const test::Reply first = client.ask(test::get("/ready"));
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.body, long_text);
    EXPECT_EQ(first.header("Content-Length"), std::to_string(long_text.size()));
    EXPECT_NE(first.header("Date"), "");
    EXPECT_EQ(client.ask(test::get("/other")).body, R"("handler")");
    const test::Reply named = client.ask(
        test::get("/ready", "X-Request-ID: mine\r\nIf-None-Match: " + first.header("ETag") + "\r\n"));
    EXPECT_EQ(named.status, 304);
    EXPECT_EQ(named.header("X-Request-ID"), "mine");
    const test::Reply head = client.ask("HEAD /ready HTTP/1.1\r\nHost: test\r\n\r\n");
    EXPECT_EQ(head.header("Content-Length"), std::to_string(long_text.size()));
    EXPECT_EQ(client.ask(test::get("/ready", "Connection: close\r\n")).header("Connection"), "close");
    EXPECT_TRUE(client.at_end());
}

TEST(ReadyServer, PipelinedRequestsAreAnsweredInOrder) {
    LiveServer server = serve_ready(answer(long_text));
    Client client(server.port());
    std::string requests;
    for (int i = 0; i < 100; ++i) {
        requests += test::get(i % 3 == 0 ? "/other" : "/ready");
    }
    ASSERT_TRUE(client.send(requests));
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(client.reply().body, i % 3 == 0 ? R"("handler")" : long_text) << i;
    }
}

TEST(ReadyServer, APipelinedRequestThatAwaitsItsBodyIsToldToGoOn) {
    LiveServer server = serve_ready(answer("[]"));
    Client client(server.port());
    const std::string head = test::post("Expect: 100-continue\r\nContent-Length: 2\r\n", "");
    ASSERT_TRUE(client.send(test::get("/ready") + head));
    EXPECT_EQ(client.reply().status, 200);
    EXPECT_EQ(client.reply().status, 100);
    ASSERT_TRUE(client.send("{}"));
    EXPECT_EQ(client.reply().status, 200);
}

TEST(ReadyServer, WhatThrowsIsLeftToTheHandler) {
    ServerOptions options;
    std::atomic<int> reports = 0;
    options.ready = [](const Request&, Ready&) -> bool { throw std::bad_alloc{}; };
    options.on_error = [&reports](std::string_view, std::string_view) { ++reports; };
    LiveServer server{[](const Request&) -> Task<Response> { co_return json_response(200, "[]"); },
                      std::move(options)};
    Client client(server.port());
    EXPECT_EQ(client.ask(test::get("/")).status, 200);
    EXPECT_EQ(reports, 1);
}

TEST(ReadyServer, ASlowReaderGetsAllOfALargeBody) {
    const std::string body = '"' + std::string(8'000'000, 'y') + '"';
    LiveServer server = serve_ready(answer(body));
    Client client(server.port(), 4096);
    EXPECT_EQ(client.ask(test::get("/ready")).body, body);
    EXPECT_EQ(client.ask(test::get("/other")).status, 200);
}

TEST(ReadyServer, RequestsOfEverySizeArriveWhole) {
    LiveServer server = serve_ready(answer("[]"));
    Client client(server.port());
    for (const std::size_t padding : {1U, 400U, 455U, 456U, 457U, 458U, 512U, 1000U, 1024U, 9000U}) {
        const std::string filler = "X-Filler: " + std::string(padding, 'f') + "\r\n";
        EXPECT_EQ(client.ask(test::get("/ready", filler)).status, 200) << padding;
    }
}

} // namespace personalify::http

#include "http/cors.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

namespace personalify::http {
namespace {

Task<Response> inner(const Request& request) {
    Response response = json_response(200, "{}");
    if (const auto vary = request.header("Give-Vary")) {
        response.headers.push_back({"vary", std::string{*vary}});
    }
    co_return response;
}

Response ask(Request request) {
    const Handler handler = with_cors({.origins = {"http://localhost:3000", "https://app.test"}}, inner);
    asio::io_context loop;
    auto answer = asio::co_spawn(loop.get_executor(), handler(request), asio::use_future);
    loop.run();
    return answer.get();
}

std::optional<std::string> header(const Response& response, std::string_view name) {
    Request lookup;
    lookup.headers = response.headers;
    const auto value = lookup.header(name);
    return value ? std::optional<std::string>{*value} : std::nullopt;
}

Request request(std::string method, std::vector<Header> headers) {
    Request made;
    made.method = std::move(method);
    made.headers = std::move(headers);
    return made;
}

TEST(Cors, MarksAnswersForAllowedOrigins) {
    const Response response = ask(request("GET", {{"Origin", "http://localhost:3000"}}));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(header(response, "Access-Control-Allow-Origin"), "http://localhost:3000");
    EXPECT_EQ(header(response, "Access-Control-Allow-Credentials"), "true");
    EXPECT_EQ(header(response, "Access-Control-Expose-Headers"),
              "X-Request-ID, ETag, Retry-After, Location, RateLimit, RateLimit-Policy");
    EXPECT_EQ(header(response, "Vary"), "Origin");
}

TEST(Cors, OtherOriginsGetNoPermission) {
    for (const auto* origin :
         {"http://localhost:3001", "https://localhost:3000", "null", "http://localhost:3000/",
          "http://localhost:3000.evil.test", "HTTP://LOCALHOST:3000", "*", ""}) {
        const Response response = ask(request("GET", {{"Origin", origin}}));
        EXPECT_EQ(response.status, 200) << origin;
        EXPECT_FALSE(header(response, "Access-Control-Allow-Origin")) << origin;
        EXPECT_FALSE(header(response, "Access-Control-Allow-Credentials")) << origin;
        EXPECT_EQ(header(response, "Vary"), "Origin") << origin;
    }
}

TEST(Cors, AnswersWithoutOriginVaryToo) {
    EXPECT_EQ(header(ask(request("GET", {})), "Vary"), "Origin");
    EXPECT_EQ(header(ask(request("GET", {{"Give-Vary", "Accept-Encoding"}})), "Vary"),
              "Accept-Encoding, Origin");
    EXPECT_EQ(header(ask(request("GET", {{"Give-Vary", "accept, origin"}})), "Vary"), "accept, origin");
    EXPECT_EQ(header(ask(request("GET", {{"Give-Vary", "*"}})), "Vary"), "*");
}

TEST(Cors, AnswersPreflights) {
    const Response response =
        ask(request("OPTIONS", {{"Origin", "https://app.test"},
                                {"Access-Control-Request-Method", "DELETE"},
                                {"Access-Control-Request-Headers", "Content-Type,authorization, x-evil"}}));
    EXPECT_EQ(response.status, 204);
    EXPECT_TRUE(response.bytes().empty());
    EXPECT_EQ(header(response, "Access-Control-Allow-Origin"), "https://app.test");
    EXPECT_EQ(header(response, "Access-Control-Allow-Credentials"), "true");
    EXPECT_EQ(header(response, "Access-Control-Allow-Methods"),
              "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
    EXPECT_EQ(header(response, "Access-Control-Allow-Headers"), "Content-Type, authorization");
    EXPECT_EQ(header(response, "Access-Control-Max-Age"), "600");
    EXPECT_EQ(header(response, "Vary"), "Origin");
}

TEST(Cors, RefusesPreflightsOfOtherOrigins) {
    const Response response =
        ask(request("OPTIONS", {{"Origin", "https://evil.test"}, {"Access-Control-Request-Method", "GET"}}));
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.bytes(), R"({"detail":"Disallowed CORS origin"})");
    EXPECT_FALSE(header(response, "Access-Control-Allow-Origin"));
    EXPECT_EQ(header(response, "Vary"), "Origin");
}

TEST(Cors, PlainOptionsIsNoPreflight) {
    EXPECT_EQ(ask(request("OPTIONS", {{"Origin", "https://app.test"}})).status, 200);
    EXPECT_EQ(ask(request("OPTIONS", {{"Access-Control-Request-Method", "GET"}})).status, 200);
}

} // namespace
} // namespace personalify::http

#include "unit/upstream/spotify/world.hpp"

#include <gmock/gmock.h>

namespace personalify::spotify {
namespace {

using namespace testing;
using net::HttpProgress;
using ::testing::HasSubstr;

const app::CodeExchange exchange{"the code", "http://127.0.0.1:3000/callback", "verifier-1"};

TEST(Accounts, SendsTheBrowserToTheAddressSpotifyExpects) {
    World world;
    EXPECT_EQ(world.accounts.authorize_url("http://127.0.0.1:3000/callback", "web", "challenge_1"),
              "https://accounts.example/authorize?response_type=code&client_id=client123&scope=user-top-read+"
              "user-read-recently-played+user-read-private+user-read-email+user-read-currently-playing+"
              "user-read-playback-state&redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Fcallback&state=web&"
              "code_challenge_method=S256&code_challenge=challenge_1");
}

TEST(Accounts, ExchangesTheCode) {
    World world;
    world.answers = {reply(200, R"({"access_token":"BQ-1","token_type":"Bearer","scope":"user-top-read",
        "expires_in":3600,"refresh_token":"AQ-1"})")};
    const Result<app::TokenGrant> grant = run(world.accounts.exchange_code(exchange));
    ASSERT_TRUE(grant.has_value());
    EXPECT_EQ(grant->access_token, "BQ-1");
    EXPECT_EQ(grant->refresh_token, "AQ-1");
    EXPECT_EQ(grant->expires_in, 3600s);
    ASSERT_EQ(world.sent.size(), 1U);
    const net::HttpCall& call = world.sent[0];
    EXPECT_EQ(call.method, "POST");
    EXPECT_EQ(call.url, "https://accounts.example/api/token");
    EXPECT_EQ(call.body,
              "grant_type=authorization_code&code=the+code&redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2F"
              "callback&client_id=client123&code_verifier=verifier-1");
    std::map<std::string, std::string> headers;
    for (const net::HttpHeader& header : call.headers) {
        headers[header.name] = header.value;
    }
    EXPECT_EQ(headers["Authorization"], "Basic Y2xpZW50MTIzOnNlY3JldDQ1Ng==");
    EXPECT_EQ(headers["Content-Type"], "application/x-www-form-urlencoded");
    EXPECT_EQ(call.deadline, 5s);
}

TEST(Accounts, RefreshesAndKeepsTheOldTokenWhenNoneComes) {
    World world;
    world.answers = {reply(200, R"({"access_token":"BQ-2","token_type":"bearer","expires_in":3600})")};
    const Result<app::TokenGrant> grant = run(world.accounts.refresh("AQ/1"));
    ASSERT_TRUE(grant.has_value());
    EXPECT_EQ(grant->refresh_token, std::nullopt);
    EXPECT_EQ(world.sent.at(0).body, "grant_type=refresh_token&refresh_token=AQ%2F1");
}

struct Lifetime {
    const char* json;
    std::chrono::seconds expected;
};
class AccountsLifetime : public ::testing::TestWithParam<Lifetime> {};
TEST_P(AccountsLifetime, IsReadTolerantly) {
    World world;
    world.answers = {reply(200, std::string{R"({"access_token":"a")"} + GetParam().json + "}")};
    const Result<app::TokenGrant> grant = run(world.accounts.refresh("r"));
    ASSERT_TRUE(grant.has_value());
    EXPECT_EQ(grant->expires_in, GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Table, AccountsLifetime,
    ::testing::Values(Lifetime{"", 3600s}, Lifetime{R"(,"expires_in":"1800")", 1800s},
                      Lifetime{R"(,"expires_in":0)", 3600s}, Lifetime{R"(,"expires_in":-1)", 3600s},
                      Lifetime{R"(,"expires_in":null)", 3600s}, Lifetime{R"(,"expires_in":"soon")", 3600s},
                      Lifetime{R"(,"expires_in":120.0)", 120s},
                      Lifetime{R"(,"expires_in":99999999999)", 86400s},
                      Lifetime{R"(,"expires_in":3600,"refresh_token":"","token_type":null)", 3600s}));

struct Refusal {
    const char* name;
    int status;
    const char* body;
    Errc expected;
};
class AccountsRefusal : public ::testing::TestWithParam<Refusal> {};
TEST_P(AccountsRefusal, IsJudgedByItsKey) {
    World world;
    world.answers = {reply(GetParam().status, GetParam().body)};
    const Result<app::TokenGrant> grant = run(world.accounts.refresh("r"));
    ASSERT_FALSE(grant.has_value());
    EXPECT_EQ(grant.error().code, GetParam().expected) << grant.error().cause;
    EXPECT_EQ(world.sent.size(), 1U);
}
INSTANTIATE_TEST_SUITE_P(
    Table, AccountsRefusal,
    ::testing::Values(
        Refusal{"revoked", 400, R"({"error":"invalid_grant","error_description":"Refresh token revoked"})",
                Errc::unauthenticated},
        Refusal{"without_description", 400, R"({"error":"invalid_grant"})", Errc::unauthenticated},
        Refusal{"as_object", 400, R"({"error":{"status":400,"message":"invalid_grant"}})",
                Errc::unauthenticated},
        Refusal{"only_described", 400, R"({"error_description":"invalid_grant"})",
                Errc::upstream_unavailable},
        Refusal{"invalid_client", 400, R"({"error":"invalid_client"})", Errc::forbidden},
        Refusal{"invalid_client_401", 401,
                R"({"error":"invalid_client","error_description":"Invalid client secret"})", Errc::forbidden},
        Refusal{"invalid_scope", 400, R"({"error":"invalid_scope"})", Errc::forbidden},
        Refusal{"unknown_key", 400, R"({"error":"mystery"})", Errc::upstream_unavailable},
        Refusal{"html_400", 400, "<html>invalid_grant</html>", Errc::upstream_unavailable},
        Refusal{"text_403", 403, "Forbidden", Errc::upstream_unavailable},
        Refusal{"not_an_object", 400, "[\"invalid_grant\"]", Errc::upstream_unavailable},
        Refusal{"server_error", 500, R"({"error":"server_error"})", Errc::upstream_unavailable},
        Refusal{"grant_in_a_5xx", 503, R"({"error":"invalid_grant"})", Errc::upstream_unavailable},
        Refusal{"html_502", 502, "<html>Bad gateway</html>", Errc::upstream_unavailable},
        Refusal{"redirect", 302, "", Errc::upstream_unavailable},
        Refusal{"empty_200", 200, "", Errc::upstream_unavailable},
        Refusal{"html_200", 200, "<html></html>", Errc::upstream_unavailable},
        Refusal{"no_token", 200, R"({"expires_in":3600})", Errc::upstream_unavailable},
        Refusal{"token_as_number", 200, R"({"access_token":5})", Errc::upstream_unavailable},
        Refusal{"token_with_line", 200, R"({"access_token":"a\r\nb"})", Errc::upstream_unavailable},
        Refusal{"other_type", 200, R"({"access_token":"a","token_type":"mac"})", Errc::upstream_unavailable},
        Refusal{"array", 200, "[]", Errc::upstream_unavailable}),
    [](const auto& info) { return info.param.name; });

TEST(Accounts, NeverSendsACodeTwiceOnceItIsOut) {
    for (const net::HttpResult& end : {broken(HttpProgress::sent), broken(HttpProgress::sent, true),
                                       broken(HttpProgress::answered), net::HttpResult{reply(502, "")}}) {
        World world;
        world.answers = {end};
        EXPECT_EQ(run(world.accounts.exchange_code(exchange)).error().code, Errc::upstream_unavailable);
        EXPECT_EQ(world.sent.size(), 1U);
    }
}

TEST(Accounts, TriesAgainWhenNobodyWasReached) {
    World world;
    world.answers = {broken(HttpProgress::not_sent), broken(HttpProgress::not_sent, true),
                     reply(200, R"({"access_token":"a"})")};
    EXPECT_TRUE(run(world.accounts.exchange_code(exchange)).has_value());
    EXPECT_EQ(world.sent.size(), 3U);
}

TEST(Accounts, ARefreshIsRepeatedOnlyBeforeAnyAnswer) {
    World world;
    world.answers = {broken(HttpProgress::sent), reply(200, R"({"access_token":"a"})")};
    EXPECT_TRUE(run(world.accounts.refresh("r")).has_value());
    EXPECT_EQ(world.sent.size(), 2U);
    world.answers = {broken(HttpProgress::answered), reply(200, R"({"access_token":"a"})")};
    EXPECT_EQ(run(world.accounts.refresh("r")).error().code, Errc::upstream_unavailable);
    EXPECT_EQ(world.sent.size(), 3U);
}

TEST(Accounts, ALongRateLimitClosesOnlyThisService) {
    World world;
    world.answers = {reply(429, "Too many requests", {{"retry-after", "48925"}})};
    const Result<app::TokenGrant> first = run(world.accounts.refresh("r"));
    EXPECT_EQ(first.error().code, Errc::rate_limited);
    EXPECT_EQ(first.error().retry_after, 48925s);
    EXPECT_EQ(run(world.accounts.refresh("r")).error().code, Errc::rate_limited);
    EXPECT_EQ(world.sent.size(), 1U);
    EXPECT_EQ(world.states.closed.at("spotify-accounts"), noon + 48925s);
    EXPECT_TRUE(world.api_governor.take_place(app::Urgency::user_request, 0s).admitted);
}

TEST(Accounts, ErrorsHoldNoSecrets) {
    World world;
    world.answers = {reply(400, R"({"error":"invalid_client","error_description":"secret456 the code"})")};
    const Error error = run(world.accounts.exchange_code(exchange)).error();
    EXPECT_EQ(error.cause, "invalid_client");
    EXPECT_THAT(error.detail, ::testing::Not(HasSubstr("secret")));
}

} // namespace
} // namespace personalify::spotify

#include "simulator/grants.hpp"
#include "visit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace personalify::simulator {
namespace {

using testing::StartsWith;

constexpr std::string_view listener = "bagas.gigs";

void expect_error(const http::Response& answer, std::string_view error, std::string_view description) {
    EXPECT_EQ(answer.status, 400);
    const auto body = json_of(answer);
    EXPECT_EQ(body.at("error").as_string(), error);
    EXPECT_EQ(body.at("error_description").as_string(), description);
}

http::Response post(Visit& visit, const std::vector<std::pair<std::string_view, std::string_view>>& pairs,
                    std::vector<http::Header> more = {}) {
    auto headers = form_headers();
    headers.insert(headers.end(), more.begin(), more.end());
    return visit.send("POST", "/api/token", form(pairs), headers);
}

TEST(Token, ExchangesACodeOnce) {
    Visit visit;
    const std::string code = visit.code_for(listener);
    const auto answer = visit.exchange(code);
    EXPECT_EQ(answer.status, 200);
    const auto body = json_of(answer);
    EXPECT_THAT(std::string{body.at("access_token").as_string()}, StartsWith("BQ"));
    EXPECT_THAT(std::string{body.at("refresh_token").as_string()}, StartsWith("AQ"));
    EXPECT_EQ(body.at("token_type").as_string(), "Bearer");
    EXPECT_EQ(body.at("expires_in").as_int64(), 3600);
    EXPECT_EQ(body.at("scope").as_string(), "user-read-email user-read-private user-top-read");
    EXPECT_EQ(header_of(answer, "Cache-Control"), "no-store");
    expect_error(visit.exchange(code), "invalid_grant", "Invalid authorization code");
}

TEST(Token, ChecksRedirectUriAndVerifier) {
    Visit visit;
    expect_error(post(visit, {{"grant_type", "authorization_code"},
                              {"code", visit.code_for(listener)},
                              {"redirect_uri", "http://127.0.0.1:8000/callback/"},
                              {"code_verifier", verifier},
                              {"client_id", "demo-client"},
                              {"client_secret", "demo-secret"}}),
                 "invalid_grant", "Invalid redirect URI");
    expect_error(post(visit, {{"grant_type", "authorization_code"},
                              {"code", visit.code_for(listener)},
                              {"redirect_uri", callback},
                              {"code_verifier", "something else"},
                              {"client_id", "demo-client"},
                              {"client_secret", "demo-secret"}}),
                 "invalid_grant", "code_verifier was incorrect");
}

TEST(Token, KnowsTheClientByHeaderByFormOrByPkce) {
    Visit visit;
    const std::vector<http::Header> basic{{"Authorization", "Basic ZGVtby1jbGllbnQ6ZGVtby1zZWNyZXQ="}};
    const auto exchange = [&](const std::string& code, bool with_id, std::vector<http::Header> headers) {
        std::vector<std::pair<std::string_view, std::string_view>> pairs{{"grant_type", "authorization_code"},
                                                                         {"code", code},
                                                                         {"redirect_uri", callback},
                                                                         {"code_verifier", verifier}};
        if (with_id) {
            pairs.emplace_back("client_id", "demo-client");
        }
        return post(visit, pairs, std::move(headers));
    };
    EXPECT_EQ(exchange(visit.code_for(listener), false, basic).status, 200);
    const auto by_pkce = exchange(visit.code_for(listener), true, {});
    EXPECT_EQ(by_pkce.status, 200);
    const std::string token{json_of(by_pkce).at("refresh_token").as_string()};
    EXPECT_EQ(
        post(visit, {{"grant_type", "refresh_token"}, {"refresh_token", token}, {"client_id", "demo-client"}})
            .status,
        200);
    expect_error(exchange(visit.code_for(listener), false, {}), "invalid_client", "Invalid client");
    expect_error(
        exchange(visit.code_for(listener), false, {{"Authorization", "Basic ZGVtby1jbGllbnQ6d3Jvbmc="}}),
        "invalid_client", "Invalid client secret");
    expect_error(exchange(visit.code_for(listener), false, {{"Authorization", "Basic ???"}}),
                 "invalid_client", "Invalid client");
}

TEST(Token, AppWithoutSecretNeedsPkce) {
    Visit visit;
    const std::string target =
        "/authorize?" +
        form({{"response_type", "code"}, {"client_id", "demo-client"}, {"redirect_uri", callback}});
    expect_error(post(visit, {{"grant_type", "authorization_code"},
                              {"code", visit.code_for(listener, target)},
                              {"redirect_uri", callback},
                              {"client_id", "demo-client"}}),
                 "invalid_client", "Invalid client secret");
}

TEST(Token, RotatesAsTheSettingsSay) {
    Visit visit;
    const auto refresh_token = [](const boost::json::object& body) {
        return std::string{body.at("refresh_token").as_string()};
    };
    const std::string first = refresh_token(visit.tokens_for(listener));
    const std::string second = refresh_token(json_of(visit.refresh(first)));
    EXPECT_NE(first, second);
    expect_error(visit.refresh(first), "invalid_grant", "Refresh token revoked");

    visit.send("PUT", "/_sim/settings", R"({"rotate_refresh": false})");
    EXPECT_EQ(refresh_token(json_of(visit.refresh(second))), second);
    visit.send("PUT", "/_sim/settings", R"({"refresh_token_in_answer": false, "rotate_refresh": true})");
    EXPECT_FALSE(json_of(visit.refresh(second)).contains("refresh_token"));
    EXPECT_EQ(visit.refresh(second).status, 200) << "what was never told can't have replaced it";
}

TEST(Token, RevokedAndUnknownRefreshTokens) {
    Visit visit;
    const auto tokens = visit.tokens_for("rani senja+\xc3\xb1");
    const auto others = visit.tokens_for(listener);
    EXPECT_EQ(visit.send("POST", "/_sim/listeners/rani%20senja%2B%C3%B1/revoke").status, 204);
    expect_error(visit.refresh(tokens.at("refresh_token").as_string()), "invalid_grant",
                 "Refresh token revoked");
    expect_error(visit.refresh("AQmade-up"), "invalid_grant", "Invalid refresh token");
    EXPECT_EQ(visit.refresh(others.at("refresh_token").as_string()).status, 200);
}

TEST(Token, ClientCredentialsHaveNoPerson) {
    Visit visit;
    const auto answer = post(visit, {{"grant_type", "client_credentials"},
                                     {"client_id", "demo-client"},
                                     {"client_secret", "demo-secret"}});
    const auto body = json_of(answer);
    EXPECT_FALSE(body.contains("refresh_token"));
    EXPECT_FALSE(body.contains("scope"));
    const std::string token{body.at("access_token").as_string()};
    EXPECT_EQ(visit.get("/v1/me", bearer(token)).status, 401);
    EXPECT_EQ(visit.get("/v1/artists/0000000000000000000000", bearer(token)).status, 404);
}

TEST(Token, RefusesOtherRequests) {
    Visit visit;
    EXPECT_EQ(visit.get("/api/token").status, 405);
    EXPECT_EQ(visit.send("POST", "/api/token", "{}", {{"Content-Type", "application/json"}}).status, 415);
    expect_error(post(visit, {{"client_id", "demo-client"}, {"client_secret", "demo-secret"}}),
                 "unsupported_grant_type",
                 "grant_type must be client_credentials, authorization_code or refresh_token");
    expect_error(post(visit, {{"grant_type", "refresh_token"},
                              {"client_id", "demo-client"},
                              {"client_secret", "demo-secret"}}),
                 "invalid_request", "refresh_token must be supplied");
}

TEST(BoundedMap, ForgetsTheOldest) {
    BoundedMap<int> map{2};
    map.insert("a", 1);
    map.insert("b", 2);
    map.insert("c", 3);
    EXPECT_EQ(map.find("a"), nullptr);
    ASSERT_NE(map.find("b"), nullptr);
    EXPECT_EQ(*map.find("c"), 3);
    map.erase("b");
    map.erase("b");
    EXPECT_EQ(map.size(), 1U);
}

TEST(Grants, ExpireAndRevokeTouchOneAccount) {
    Grants grants;
    const TimePoint now = from_millis(1'000'000);
    const auto mine =
        grants.add_access({.grant = {.account_id = "me"}, .expires_at = now + std::chrono::hours{1}});
    const auto other =
        grants.add_access({.grant = {.account_id = "you"}, .expires_at = now + std::chrono::hours{1}});
    const auto code = grants.add_code({.grant = {.account_id = "me"},
                                       .redirect_uri = {},
                                       .challenge = {},
                                       .expires_at = now + Grants::code_life});
    grants.expire("me", now);
    EXPECT_EQ(grants.find_access(mine)->expires_at, now);
    EXPECT_GT(grants.find_access(other)->expires_at, now);
    grants.revoke("me");
    EXPECT_LT(grants.find_code(code)->expires_at, now);
}

TEST(Grants, WithAKeyTokensOutliveTheSimulator) {
    const SimulatorOptions keyed{.public_url = std::string{public_url}, .grants_key = "a key"};
    std::string access;
    std::string refresh;
    {
        Visit visit{keyed};
        const auto tokens = visit.tokens_for(listener);
        access = tokens.at("access_token").as_string();
        refresh = tokens.at("refresh_token").as_string();
    }
    Visit again{keyed};
    const auto me = again.get("/v1/me", bearer(access));
    EXPECT_EQ(me.status, 200);
    EXPECT_EQ(json_of(me).at("id").as_string(), listener);
    EXPECT_EQ(again.get("/v1/me/top/tracks", bearer(access)).status, 200) << "with its scopes";
    const auto renewed = again.refresh(refresh);
    EXPECT_EQ(renewed.status, 200);
    expect_error(again.refresh(refresh), "invalid_grant", "Refresh token revoked");
    EXPECT_EQ(again.refresh(json_of(renewed).at("refresh_token").as_string()).status, 200);
    again.send("POST", "/_sim/listeners/bagas.gigs/expire");
    EXPECT_EQ(again.get("/v1/me", bearer(access)).status, 401);

    for (const auto& key : {std::string{"another key"}, std::string{}}) {
        Visit stranger{{.public_url = std::string{public_url}, .grants_key = key}};
        EXPECT_EQ(stranger.get("/v1/me", bearer(access)).status, 401);
        EXPECT_EQ(stranger.refresh(refresh).status, 400);
    }
    std::string forged = access;
    forged[forged.size() / 2] = forged[forged.size() / 2] == 'A' ? 'B' : 'A';
    for (const std::string& token :
         {forged, std::string{"BQ"}, std::string{"BQ!"}, refresh, "BQ" + refresh.substr(2)}) {
        EXPECT_EQ(again.get("/v1/me", bearer(token)).status, 401) << token;
    }
    EXPECT_EQ(again.refresh("AQ" + access.substr(2)).status, 400) << "not what it was made for";
}

TEST(Grants, SealedTokensStillEnd) {
    const auto clock = std::make_shared<ManualClock>(from_millis(1'795'338'400'123));
    const SimulatorOptions keyed{
        .public_url = std::string{public_url}, .grants_key = "a key", .clock = clock};
    const auto tokens = Visit{keyed}.tokens_for(listener);
    clock->advance(std::chrono::hours{1});
    Visit later{keyed};
    EXPECT_EQ(later.get("/v1/me", bearer(tokens.at("access_token").as_string())).status, 401);
    clock->advance(Grants::refresh_life);
    expect_error(later.refresh(tokens.at("refresh_token").as_string()), "invalid_grant",
                 "Refresh token expired");
}

} // namespace
} // namespace personalify::simulator

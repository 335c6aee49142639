#include "api/admin_guard.hpp"
#include "unit/api/site.hpp"

namespace personalify::api {

namespace {

using namespace test;
using namespace std::chrono_literals;

constexpr std::string_view token = "a-token-of-the-operator";

http::Header bearer(std::string_view with) {
    return {"Authorization", "Bearer " + std::string{with}};
}
http::Header basic(std::string_view user, std::string_view password) {
    return {"Authorization", "Basic " + crypto::base64(std::string{user} + ':' + std::string{password})};
}

http::Request from(std::vector<http::Header> headers, std::string address = "192.0.2.1") {
    http::Request made = request("GET", "/admin/anything", std::move(headers));
    made.remote_address = std::move(address);
    return made;
}

int status(const AdminGuard& guard, std::vector<http::Header> headers) {
    const auto refused = guard(from(std::move(headers)));
    return refused ? refused->status : 200;
}

} // namespace

TEST(AdminToken, IsAcceptedAsAWhole) {
    const AdminGuard guard{token};
    EXPECT_TRUE(guard.accepts(token));
    for (const std::string_view wrong :
         {"", "a", "a-token-of-the-operato", "a-token-of-the-operator ", "A-token-of-the-operator",
          "b-token-of-the-operator", "a-token-of-the-operatos"}) {
        EXPECT_FALSE(guard.accepts(wrong)) << wrong;
    }
    EXPECT_FALSE(guard.accepts(std::string{token} + '\0'));
    EXPECT_FALSE(guard.accepts(crypto::sha256_hex(token))) << "its digest is not the token";
}

TEST(AdminGuard, TakesBearerAndBasic) {
    const AdminGuard guard{token};
    EXPECT_EQ(status(guard, {bearer(token)}), 200);
    EXPECT_EQ(status(guard, {{"authorization", "bEARER " + std::string{token}}}), 200);
    EXPECT_EQ(status(guard, {basic("admin", token)}), 200);
    EXPECT_EQ(status(guard, {basic("root", token)}), 401);
    EXPECT_EQ(status(guard, {basic("admin", "wrong")}), 401);
    EXPECT_EQ(status(guard, {{"Authorization", "Basic ?"}}), 401);
    EXPECT_EQ(status(guard, {{"Authorization", std::string{token}}}), 401);
    EXPECT_EQ(status(guard, {{"Cookie", "access_token=" + std::string{token}}}), 401)
        << "a browser would bring it along";
}

TEST(AdminGuard, OtherPagesCannotUseABrowsersPassword) {
    const AdminGuard guard{token};
    for (const char* site : {"same-origin", "none"}) {
        EXPECT_EQ(status(guard, {basic("admin", token), {"Sec-Fetch-Site", site}}), 200) << site;
    }
    for (const char* site : {"cross-site", "same-site", "", "Same-Origin"}) {
        EXPECT_EQ(status(guard, {basic("admin", token), {"Sec-Fetch-Site", site}}), 401) << site;
        EXPECT_EQ(status(guard, {bearer(token), {"Sec-Fetch-Site", site}}), 200) << site;
    }
}

TEST(AdminGuard, RefusesAlike) {
    const AdminGuard guard{token};
    const auto without = guard(from({})).value();
    EXPECT_EQ(without.body, R"({"detail":"The admin token is needed."})");
    EXPECT_THAT(header(without, "WWW-Authenticate"), ::testing::StartsWith("Basic realm="));
    for (const auto& wrong : {bearer("x"), basic("admin", "x"), basic("x", token)}) {
        const auto refused = guard(from({wrong})).value();
        EXPECT_EQ(refused.status, without.status);
        EXPECT_EQ(refused.body, without.body);
        EXPECT_EQ(header(refused, "WWW-Authenticate"), header(without, "WWW-Authenticate"));
    }
}

TEST(AdminGuard, SlowsDownWhoGuesses) {
    ManualClock clock{test::noon};
    Limits limits{clock};
    const AdminGuard guard{token, &limits};
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(status(guard, {bearer(token)}), 200) << "right ones don't count";
        EXPECT_EQ(status(guard, {}), 401) << "nor does asking without one";
        EXPECT_EQ(status(guard, {bearer("guess")}), 401);
    }
    const auto refused = guard(from({bearer(token)})).value();
    EXPECT_EQ(refused.status, 429) << "or a guess that is right would be told";
    EXPECT_EQ(header(refused, "Retry-After"), "30");
    EXPECT_EQ(guard(from({bearer(token)}, "192.0.2.2")), std::nullopt) << "another address";
    clock.advance(30s);
    EXPECT_EQ(status(guard, {bearer(token)}), 200);
}

TEST(AdminGuard, IsAskedBeforeTheInputIsRead) {
    Routes routes{{.render_error = render, .status_of = status_of}};
    routes.get<http::PlainText>("/admin/{number}", "A number")
        .needs_admin(AdminGuard{token})
        .handle([](int number) { return http::PlainText{std::to_string(number)}; });
    const auto ask = [&](const char* target, std::vector<http::Header> headers) {
        return run(routes.handler()(request("GET", target, std::move(headers)))).status;
    };
    EXPECT_EQ(ask("/admin/7", {}), 401);
    EXPECT_EQ(ask("/admin/x", {}), 401);
    EXPECT_EQ(ask("/admin/x", {bearer(token)}), 422);
    EXPECT_EQ(ask("/admin/7", {bearer(token)}), 200);
}

} // namespace personalify::api

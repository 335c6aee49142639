#include "api/limits.hpp"
#include "unit/api/site.hpp"
#include "unit/app/fake_emotions.hpp"

#include <set>

namespace personalify::api {

namespace {

using namespace std::chrono_literals;
using test::header;

/// The site of the other tests, behind limits, asked from addresses.
class LimitsTest : public test::Site {
protected:
    LimitsTest()
        : Site({}, true) {
        api::add_health_routes(routes_, {});
    }

    http::Response ask_from(std::string address, std::string method, std::string target) {
        address_ = std::move(address);
        return ask(std::move(method), std::move(target));
    }
    http::Response get_from(std::string address, std::string target) {
        return ask_from(std::move(address), "GET", std::move(target));
    }
    /// How many of that many requests are not refused.
    int passing(int attempts, const std::string& address, const std::string& target) {
        int passed = 0;
        for (int i = 0; i < attempts; ++i) {
            passed += get_from(address, target).status == 429 ? 0 : 1;
        }
        return passed;
    }
};

} // namespace

TEST_F(LimitsTest, AnAddressHasARateWhateverItAsksFor) {
    EXPECT_EQ(passing(100, "192.0.2.1", "/nowhere"), 100);
    EXPECT_EQ(passing(100, "192.0.2.1", "/api/me"), 100);
    EXPECT_EQ(passing(200, "192.0.2.1", "/logout"), 100);
    const auto refused = get_from("192.0.2.1", "/api/me");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.body, R"({"detail":"Too many requests. Please try again later."})");
    EXPECT_EQ(refused.route, "/api/me");
    EXPECT_EQ(header(refused, "Content-Type"), "application/json");
    EXPECT_EQ(header(refused, "Cache-Control"), "no-store");
    EXPECT_EQ(header(refused, "Retry-After"), "1");
    EXPECT_EQ(header(refused, "RateLimit-Policy"), R"("address";q=300;w=6)");
    EXPECT_EQ(header(refused, "RateLimit"), R"("address";r=0;t=1)");
    EXPECT_EQ(get_from("192.0.2.1", "/nowhere").status, 429);
    EXPECT_EQ(ask_from("192.0.2.1", "PATCH", "/api/me").status, 429);
    EXPECT_NE(get_from("192.0.2.2", "/api/me").status, 429) << "another address";
    world_.clock.advance(20ms);
    EXPECT_EQ(passing(2, "192.0.2.1", "/api/me"), 1);
}

TEST_F(LimitsTest, AnIpv6NetworkIsOneClient) {
    EXPECT_EQ(passing(200, "2001:db8:1:2::1", "/api/me"), 200);
    EXPECT_EQ(passing(200, "2001:db8:1:2::2", "/api/me"), 100);
    EXPECT_EQ(passing(200, "2001:db8:1:3::1", "/api/me"), 200);
}

TEST_F(LimitsTest, WhatWatchesAndWhatIsFixedIsFree) {
    passing(301, "192.0.2.1", "/api/me");
    EXPECT_EQ(passing(400, "192.0.2.1", "/healthz"), 400);
    EXPECT_EQ(get_from("192.0.2.1", "/readyz").status, 200);
}

TEST_F(LimitsTest, LoginsHaveALimitOfTheirOwnAndTellIt) {
    const auto first = get_from("192.0.2.1", "/login");
    EXPECT_EQ(first.status, 307);
    EXPECT_EQ(header(first, "RateLimit-Policy"), R"("login";q=120;w=60)");
    EXPECT_EQ(header(first, "RateLimit"), R"("login";r=119;t=1)");
    const auto wrong = get_from("192.0.2.1", "/login?redirect=x");
    EXPECT_EQ(wrong.status, 422);
    EXPECT_EQ(header(wrong, "RateLimit"), R"("login";r=118;t=1)") << "answers to bad input tell it too";
    EXPECT_EQ(passing(200, "192.0.2.1", "/callback?code=a&state=b"), 118);
    const auto refused = get_from("192.0.2.1", "/login");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(header(refused, "RateLimit"), R"("login";r=0;t=1)");
    EXPECT_EQ(header(refused, "Retry-After"), "1");
    EXPECT_EQ(std::ranges::count(refused.headers, "RateLimit", &http::Header::name), 1);
    EXPECT_NE(get_from("192.0.2.1", "/api/me").status, 429) << "only logins are held back";
    EXPECT_EQ(header(get_from("192.0.2.1", "/api/me"), "RateLimit"), "") << "the hot path stays lean";
}

TEST_F(LimitsTest, SessionsAndAccessRequestsToo) {
    const auto refresh = ask_from("192.0.2.1", "POST", "/auth/refresh");
    EXPECT_EQ(refresh.status, 401);
    EXPECT_EQ(header(refresh, "RateLimit"), R"("refresh";r=119;t=1)");
    EXPECT_EQ(header(ask_from("192.0.2.1", "POST", "/auth/token"), "RateLimit"), R"("refresh";r=118;t=1)");
    for (int i = 0; i < 10; ++i) {
        EXPECT_NE(ask_from("192.0.2.1", "POST", "/request-access").status, 429);
    }
    const auto refused = ask_from("192.0.2.1", "POST", "/request-access");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(header(refused, "RateLimit-Policy"), R"("access-request";q=10;w=600)");
    EXPECT_EQ(header(refused, "Retry-After"), "60");
    world_.clock.advance(1min);
    const std::string body = R"({"name":"Rani","email":"rani@example.org"})";
    EXPECT_EQ(post("/request-access", body).status, 200);
    EXPECT_EQ(post("/request-access", body).status, 429);
}

TEST_F(LimitsTest, LyricsToo) {
    test::EmotionWorld emotions{world_};
    app::LyricsReader lyrics{emotions.engine};
    api::add_emotion_routes(routes_, emotions.emotions, lyrics, 1ms);
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(post("/analyze-lyrics", R"({"lyrics":"la"})").status, 200);
    }
    const auto refused = post("/analyze-lyrics", R"({"lyrics":"la"})");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(header(refused, "RateLimit-Policy"), R"("lyrics";q=20;w=60)");
    EXPECT_EQ(header(refused, "Retry-After"), "3");
}

TEST_F(LimitsTest, AUserHasARateWhereverItAsksFrom) {
    sign_in(ada_);
    int passed = 0;
    http::Response last;
    for (int i = 0; i < 201; ++i) {
        last = get_from("192.0.2." + std::to_string(i), "/api/me");
        passed += last.status == 200 ? 1 : 0;
    }
    EXPECT_EQ(passed, 200);
    EXPECT_EQ(last.status, 429);
    EXPECT_EQ(last.body, R"({"detail":"Too many requests. Please try again later."})");
    EXPECT_EQ(header(last, "Retry-After"), "1");
    EXPECT_EQ(header(last, "RateLimit-Policy"), R"("user";q=200;w=10)");
    EXPECT_EQ(header(last, "RateLimit"), R"("user";r=0;t=1)");
    sign_in(world_.sign_up("bea"));
    EXPECT_EQ(get_from("192.0.2.1", "/api/me").status, 200) << "another user from the same address";
}

} // namespace personalify::api

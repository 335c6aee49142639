#include "unit/api/site.hpp"

namespace personalify::api {

namespace {

using namespace test;
using ::testing::HasSubstr;

class SessionRoutes : public Site {};

} // namespace

TEST_F(SessionRoutes, MeIsTheSessionsUser) {
    sign_in(ada_);
    const http::Response response = get("/api/me");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body,
              R"({"spotify_id":"ada","display_name":"Rani Senja","image":"https://images.example/rani",)"
              R"("public":null,"reauthorize_by":"2027-05-22T12:00:00.000Z","reconnect_needed":false})");
}

TEST_F(SessionRoutes, NobodyHasItsOwnWords) {
    for (const char* token : {"", "made-up"}) {
        bearer_ = token;
        const http::Response response = get("/api/me");
        EXPECT_EQ(response.status, 401);
        EXPECT_EQ(response.body, R"({"error":"Not authenticated"})");
    }
}

TEST_F(SessionRoutes, ABrokenStoreIsNotNobody) {
    sign_in(ada_);
    world_.session_store.failure = Error{Errc::overloaded, "busy"};
    const http::Response response = get("/api/me");
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(header(response, "Retry-After"), "5");
}

TEST_F(SessionRoutes, SharingIsSwitchedByItsOwner) {
    EXPECT_EQ(ask("PUT", "/api/me/sharing", R"({"public":true})").status, 401);
    sign_in(ada_);
    EXPECT_EQ(ask("PUT", "/api/me/sharing", R"({})").status, 422);
    const http::Response response = ask("PUT", "/api/me/sharing", R"({"public":true})");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, R"({"public":true})");
    EXPECT_THAT(get("/api/me").body, HasSubstr(R"("public":true)"));
}

TEST_F(SessionRoutes, RefreshRenewsWhatTheRequestProves) {
    sign_in(ada_);
    world_.clock.advance(24h);
    for (const char* body : {"", "null", R"({"spotify_id":"ada"})"}) {
        const http::Response response = post("/auth/refresh", body);
        EXPECT_EQ(response.status, 200) << body;
        EXPECT_EQ(response.body, R"({"access_token":")" + bearer_ + R"(","expires_in":2592000})");
        EXPECT_THAT(cookie(response, "access_token"), HasSubstr("access_token=" + bearer_ + ";"));
        EXPECT_THAT(cookie(response, "access_token"), HasSubstr("Max-Age=15552000"));
    }
}

TEST_F(SessionRoutes, RefreshOfAnAppSetsNoCookies) {
    sign_in(ada_, app::SessionKind::mobile);
    const http::Response response = post("/auth/refresh");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(header(response, "Set-Cookie"), "");
}

TEST_F(SessionRoutes, ABodyProvesNothing) {
    EXPECT_EQ(post("/auth/refresh").status, 401);
    const http::Response response = post("/auth/refresh", R"({"spotify_id":"ada"})");
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(response.body, R"({"detail":"Please login again."})");
    sign_in(ada_);
    EXPECT_EQ(post("/auth/refresh", R"({"spotify_id":"bob"})").status, 401) << "and has to match";
}

TEST_F(SessionRoutes, ABrokenBodyIsInvalidForAnybody) {
    const http::Response response = post("/auth/refresh", "{}");
    EXPECT_EQ(response.status, 422);
    EXPECT_THAT(response.body, HasSubstr(R"("loc":["body","spotify_id"])"));
    sign_in(ada_);
    EXPECT_EQ(post("/auth/refresh", "{}").status, 422);
    EXPECT_EQ(post("/auth/refresh", "{").status, 422);
}

TEST_F(SessionRoutes, AccessIsAskedFor) {
    const http::Response response = post("/request-access", R"({"name":"Rani","email":"rani@example.org"})");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, R"-({"status":"ok","message":"Request received (Mock Mode)"})-");
    ASSERT_EQ(world_.access_requests.requests.size(), 1U);
    EXPECT_EQ(world_.access_requests.requests[0].email, "rani@example.org");
}

TEST_F(SessionRoutes, BadRequestsForAccessAreInvalid) {
    for (const char* body :
         {"", "{}", R"({"name":"Rani","email":"rani"})", R"({"name":" ","email":"rani@example.org"})",
          R"({"name":"","email":"rani@example.org"})", R"({"name":"Rani","email":7})"}) {
        world_.clock.advance(5min);
        EXPECT_EQ(post("/request-access", body).status, 422) << body;
    }
    EXPECT_TRUE(world_.access_requests.requests.empty());
}

} // namespace personalify::api

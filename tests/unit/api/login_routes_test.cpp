#include "unit/api/site.hpp"

namespace personalify::api {

namespace {

using namespace test;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

Addresses with_frontend() {
    Addresses addresses;
    addresses.frontend_url = "https://front.example";
    return addresses;
}

class LoginRoutes : public Site {
protected:
    LoginRoutes()
        : Site(with_frontend()) {}

    /// Starts a login and keeps its cookie; the state that Spotify sends back.
    std::string begin(const std::string& query = "") {
        const http::Response response = get("/login" + query);
        EXPECT_EQ(response.status, 307);
        keep_cookies(response);
        const std::string location = header(response, "Location");
        const std::size_t from = location.find("&state=") + 7;
        return location.substr(from, location.find('&', from) - from);
    }
    std::string landing(const std::string& query) { return header(get("/callback" + query), "Location"); }
};

} // namespace

TEST_F(LoginRoutes, GoesToSpotifyWithACookieThatBindsTheBrowser) {
    const http::Response response = get("/login");
    EXPECT_EQ(response.status, 307);
    EXPECT_THAT(
        header(response, "Location"),
        StartsWith("https://accounts.example/authorize?redirect_uri=http://127.0.0.1:8000/callback&"));
    EXPECT_THAT(header(response, "Set-Cookie"),
                AllOf(MatchesRegex("login_[0-9a-f]{16}=.*"), HasSubstr("Max-Age=600"), HasSubstr("HttpOnly"),
                      HasSubstr("SameSite=Lax")));
}

TEST_F(LoginRoutes, ABrowserComesHomeWithItsSession) {
    const std::string state = begin();
    const http::Response response = get("/callback?code=c&state=" + state);
    EXPECT_EQ(response.status, 303);
    EXPECT_EQ(header(response, "Location"), "https://front.example/dashboard/ada?time_range=short_term");
    EXPECT_THAT(cookie(response, "spotify_id"), StartsWith("spotify_id=ada;"));
    EXPECT_THAT(cookie(response, "access_token"), HasSubstr("HttpOnly"));
    EXPECT_THAT(cookie(response, "login_" + crypto::sha256_hex(state).substr(0, 16)), HasSubstr("Max-Age=0"));
    keep_cookies(response);
    EXPECT_EQ(get("/api/me").status, 200);
}

TEST_F(LoginRoutes, LandsOnAPathOfTheFrontendOnly) {
    EXPECT_EQ(landing("?code=c&state=" + begin("?redirect=%2Fme%3Fx%3D1")), "https://front.example/me?x=1");
    for (const char* elsewhere :
         {"https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", ".evil.example"}) {
        EXPECT_EQ(get(std::string{"/login?redirect="} + elsewhere).status, 422) << elsewhere;
    }
}

TEST_F(LoginRoutes, TheAppGetsALinkAndNoCookies) {
    const std::string state = begin("?mobile=true");
    const http::Response response = get("/callback?code=c&state=" + state);
    EXPECT_EQ(response.status, 303);
    EXPECT_THAT(header(response, "Location"),
                MatchesRegex("personalify://callback\\?spotify_id=ada&access_token=[-_A-Za-z0-9]{43}"));
    EXPECT_EQ(cookie(response, "access_token"), "");
    EXPECT_EQ(cookie(response, "spotify_id"), "");
}

TEST_F(LoginRoutes, TheAppMayHaveACodeInstead) {
    const std::string verifier(50, 'v');
    const std::string link =
        landing("?code=c&state=" + begin("?mobile=true&code_challenge=" + crypto::pkce_challenge(verifier)));
    EXPECT_THAT(link, MatchesRegex("personalify://callback\\?spotify_id=ada&code=[-_A-Za-z0-9]{43}"));
    const std::string body =
        R"({"code":")" + link.substr(link.size() - 43) + R"(","code_verifier":")" + verifier + R"("})";
    const http::Response granted = post("/auth/token", body);
    EXPECT_EQ(granted.status, 200);
    EXPECT_THAT(
        granted.body,
        MatchesRegex(R"(\{"access_token":"[-_A-Za-z0-9]{43}","expires_in":2592000,"spotify_id":"ada"\})"));
    EXPECT_EQ(post("/auth/token", body).status, 400) << "used";
    EXPECT_EQ(post("/auth/token", R"({"code":"c","code_verifier":"short"})").status, 422);
}

TEST_F(LoginRoutes, NeitherCodeNorErrorIsInvalid) {
    for (const char* query : {"", "?state=x", "?code=&error=", "?code=&state=x"}) {
        const http::Response response = get(std::string{"/callback"} + query);
        EXPECT_EQ(response.status, 422);
        EXPECT_THAT(response.body, HasSubstr(R"("loc":["query","code"])"));
        EXPECT_THAT(response.body, HasSubstr(R"("type":"missing")"));
    }
}

TEST_F(LoginRoutes, ErrorsGoToTheFrontendInItsWords) {
    EXPECT_EQ(landing("?code=c"), "https://front.example/?error=state_error");
    EXPECT_EQ(landing("?code=c&state=made-up"), "https://front.example/?error=state_error");
    EXPECT_EQ(landing("?error=access_denied&state=" + begin()), "https://front.example/?error=access_denied");
    EXPECT_EQ(landing("?error=access_denied&state=" + begin("?mobile=true")),
              "personalify://callback?error=access_denied");
    world_.accounts.on_exchange = [] { return fail(Errc::unauthenticated, "invalid_grant"); };
    EXPECT_EQ(landing("?code=c&state=" + begin()), "https://front.example/?error=token_error");
    EXPECT_EQ(landing("?code=c&state=" + begin("?mobile=true")), "personalify://callback?error=token_error");
    world_.accounts.on_exchange = [] { return fail(Errc::upstream_unavailable, "away"); };
    EXPECT_EQ(landing("?code=c&state=" + begin()), "https://front.example/?error=server_error");
    world_.accounts.on_exchange = [] { return grant(""); };
    EXPECT_EQ(landing("?code=c&state=" + begin()), "https://front.example/?error=no_access_token");
}

TEST_F(LoginRoutes, AnotherBrowserCanNotFinishTheLogin) {
    const std::string state = begin();
    const std::vector<std::string> mine = std::exchange(cookies_, {});
    const http::Response response = get("/callback?code=c&state=" + state);
    EXPECT_EQ(header(response, "Location"), "https://front.example/?error=state_error");
    EXPECT_EQ(header(response, "Set-Cookie"), "");
    cookies_ = mine;
    EXPECT_THAT(landing("?code=c&state=" + state), Not(HasSubstr("error")));
}

TEST_F(LoginRoutes, FailuresSetNoSession) {
    const std::string state = begin();
    world_.spotify.on_me = [] { return fail(Errc::forbidden, "not registered"); };
    const http::Response response = get("/callback?code=c&state=" + state);
    EXPECT_EQ(header(response, "Location"), "https://front.example/?error=access_denied");
    EXPECT_EQ(cookie(response, "access_token"), "");
}

TEST_F(LoginRoutes, LeavingEndsTheSessionHereToo) {
    for (const char* method : {"GET", "POST"}) {
        sign_in(ada_);
        EXPECT_EQ(get("/api/me").status, 200);
        const http::Response response = ask(method, "/logout");
        EXPECT_EQ(response.status, 303);
        EXPECT_EQ(header(response, "Location"), "https://front.example/?error=logged_out");
        EXPECT_THAT(cookie(response, "access_token"), HasSubstr("Max-Age=0"));
        EXPECT_THAT(cookie(response, "spotify_id"), HasSubstr("Max-Age=0"));
        EXPECT_EQ(get("/api/me").status, 401);
    }
    bearer_ = "";
    EXPECT_EQ(get("/logout").status, 303) << "fine without a session";
}

} // namespace personalify::api

#include "api/identity.hpp"
#include "unit/api/site.hpp"

namespace personalify::api {

namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string presented(std::vector<http::Header> headers) {
    return std::string{presented_token(request("GET", "/api/me", std::move(headers)))};
}

} // namespace

TEST(PresentedToken, IsTheBearerElseTheCookie) {
    EXPECT_EQ(presented({}), "");
    EXPECT_EQ(presented({{"Authorization", "Bearer abc"}}), "abc");
    EXPECT_EQ(presented({{"Cookie", "spotify_id=ada; access_token=abc"}}), "abc");
    EXPECT_EQ(presented({{"Cookie", "access_token=from-cookie"}, {"Authorization", "Bearer from-header"}}),
              "from-header");
}

TEST(PresentedToken, TheSchemeHasNoCase) {
    for (const char* scheme : {"bearer ", "BEARER ", "bEaReR "}) {
        EXPECT_EQ(presented({{"authorization", std::string{scheme} + "aBc"}}), "aBc") << scheme;
    }
}

TEST(PresentedToken, OtherSchemesProveNothing) {
    EXPECT_EQ(presented({{"Authorization", "Basic YWRtaW46eA=="}}), "");
    EXPECT_EQ(presented({{"Authorization", "Bearer"}}), "");
    EXPECT_EQ(presented({{"Authorization", "abc"}}), "");
    EXPECT_EQ(presented({{"Authorization", "Basic YWRtaW46eA=="}, {"Cookie", "access_token=abc"}}), "abc");
    EXPECT_EQ(presented({{"Cookie", "spotify_id=ada"}}), "") << "the id is never trusted";
}

TEST(SessionCookies, AreKeptFromScriptsAndOtherSites) {
    std::vector<http::Header> headers;
    add_session_cookies(headers, "token", UserId{"ada ö;"}, std::chrono::seconds{60}, false);
    ASSERT_EQ(headers.size(), 2U);
    for (const http::Header& header : headers) {
        EXPECT_EQ(header.name, "Set-Cookie");
        for (const char* part : {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=60"}) {
            EXPECT_THAT(header.value, HasSubstr(part));
        }
        EXPECT_THAT(header.value, Not(HasSubstr("Secure")));
    }
    EXPECT_THAT(headers[0].value, StartsWith("spotify_id=ada%20%C3%B6%3B;"));
    EXPECT_THAT(headers[1].value, StartsWith("access_token=token;"));

    headers.clear();
    add_session_cookies(headers, "token", UserId{"ada"}, std::chrono::seconds{60}, true);
    drop_session_cookies(headers, true);
    ASSERT_EQ(headers.size(), 4U);
    for (const http::Header& header : headers) {
        EXPECT_THAT(header.value, HasSubstr("Secure"));
    }
    EXPECT_THAT(headers[2].value, StartsWith("spotify_id=;"));
    EXPECT_THAT(headers[3].value, HasSubstr("Max-Age=0"));
}

} // namespace personalify::api

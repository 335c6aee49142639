#include "config/url.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace personalify::config {

namespace {

using ::testing::HasSubstr;

} // namespace

TEST(Url, HasItsParts) {
    const auto parts = parse_base_url("https://Example.ORG:8443/base/path");
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->scheme, "https");
    EXPECT_EQ(parts->host, "example.org");
    EXPECT_EQ(parts->port, "8443");
    EXPECT_EQ(parts->path, "/base/path");
    EXPECT_EQ(parse_base_url("http://[::1]:8000")->host, "[::1]");
    EXPECT_EQ(parse_base_url("http://[::1]:8000")->port, "8000");
    EXPECT_EQ(parse_base_url("https://10.0.0.1.example.org:1/a")->host, "10.0.0.1.example.org");
    EXPECT_EQ(parse_base_url("https://10.0.0.1.example.org:1/a")->path, "/a");
    EXPECT_EQ(parse_base_url("https://example.org")->path, "");
}

TEST(Url, LoopbackIsThisMachine) {
    for (const char* host : {"127.0.0.1", "127.1.2.3", "localhost", "[::1]"}) {
        EXPECT_TRUE(is_loopback_host(host)) << host;
    }
    for (const char* host : {"", "128.0.0.1", "127.0.0.1.example.org", "localhost.example.org", "[::2]",
                             "0.0.0.0", "192.168.1.2"}) {
        EXPECT_FALSE(is_loopback_host(host)) << host;
    }
}

TEST(Url, ABaseIsHttpsOrLoopback) {
    for (const char* good : {"https://example.org", "https://example.org/base", "http://127.0.0.1:3000",
                             "http://localhost:3000/", "http://[::1]:3000"}) {
        EXPECT_EQ(problem_of_base_url(good), std::nullopt) << good;
    }
    for (const char* bad :
         {"example.org", "/path", "ftp://example.org", "https://", "https://user@example.org",
          "https://user:word@example.org", "https://example.org?x=1", "https://example.org#x",
          "https://example.org/a b", "http://exa mple.org", "http://[::1]x/", "http://127.0.0.1.org:8x"}) {
        EXPECT_THAT(problem_of_base_url(bad).value_or(""), HasSubstr("absolute")) << bad;
    }
    for (const char* plain :
         {"http://example.org", "http://192.168.1.2:8000", "http://127.0.0.1.example.org"}) {
        EXPECT_THAT(problem_of_base_url(plain).value_or(""), HasSubstr("must be https")) << plain;
    }
}

TEST(RedirectUri, IsWhatSpotifyAccepts) {
    for (const char* good : {"https://app.example/callback", "http://127.0.0.1:8000/callback",
                             "http://127.0.0.1/callback", "http://[::1]:8000/callback"}) {
        EXPECT_EQ(problem_of_redirect_uri(good), std::nullopt) << good;
    }
    EXPECT_THAT(problem_of_redirect_uri("http://localhost:8000/callback").value_or(""),
                HasSubstr("localhost"));
    EXPECT_THAT(problem_of_redirect_uri("http://LOCALHOST/callback").value_or(""), HasSubstr("localhost"));
    EXPECT_THAT(problem_of_redirect_uri("http://app.example/callback").value_or(""),
                HasSubstr("must be https"));
    EXPECT_THAT(problem_of_redirect_uri("callback").value_or(""), HasSubstr("absolute"));
    EXPECT_THAT(problem_of_redirect_uri("https://app.example/callback?x=1").value_or(""),
                HasSubstr("absolute"));
}

} // namespace personalify::config

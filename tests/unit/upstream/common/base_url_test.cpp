#include "upstream/common/base_url.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace personalify::upstream {
namespace {

TEST(BaseUrl, HasNoSlashAtItsEnd) {
    EXPECT_EQ(base_url("https://genius.com", "Genius"), "https://genius.com");
    EXPECT_EQ(base_url("https://genius.com///", "Genius"), "https://genius.com");
    EXPECT_EQ(base_url("http://127.0.0.1:8001/genius/pages/", "Genius"),
              "http://127.0.0.1:8001/genius/pages");
}

TEST(BaseUrl, OnlyWhatCanBeCalled) {
    for (const char* url : {"", "/", "genius.com", "http://genius.com", "ftp://genius.com", "https://",
                            "https://user:password@genius.com", "https://genius.com/a b"}) {
        EXPECT_THROW(base_url(url, "Genius"), std::invalid_argument) << url;
    }
    try {
        base_url("genius.com", "Genius' site");
        FAIL();
    } catch (const std::invalid_argument& failure) {
        EXPECT_TRUE(std::string_view{failure.what()}.starts_with("Genius' site's address: "))
            << failure.what();
    }
}

TEST(PathOf, IsWhatStandsBehindTheHost) {
    for (const auto& [url, path] : std::initializer_list<std::pair<const char*, const char*>>{
             {"https://genius.com/Lentera-biru-pulang-larut-lyrics", "/Lentera-biru-pulang-larut-lyrics"},
             {"https://genius.com:8443/a/b", "/a/b"},
             {"https://genius.com/a?x=1#y", "/a"},
             {"https://genius.com/a#y?x", "/a"},
             {"https://genius.com/", "/"},
             {"https://genius.com", "/"},
             {"https://genius.com?next=/b", "/"},
             {"https://genius.com#/b", "/"},
             {"https://user@evil.example/a", "/a"},
             {"/a", "/a"},
             {"/", "/"},
             {"/a?from=https://evil.example/b", "/a"},
             {"/a://b/c", "/a://b/c"},
             {"/a%20b/%E5%A4%9C", "/a%20b/%E5%A4%9C"},
             {"/夜", "/夜"},
             {"/a.b/c.", "/a.b/c."}}) {
        EXPECT_EQ(path_of(url), path) << url;
    }
}

TEST(PathOf, NothingThatCouldLeaveTheSite) {
    for (const char* url : {"",
                            "a",
                            "a/b",
                            "genius.com/a",
                            "?x=/a",
                            "#/a",
                            "a?from=https://genius.com/b",
                            "//evil.example/a",
                            "https://genius.com//evil.example/a",
                            "/..",
                            "/../a",
                            "/a/../b",
                            "https://genius.com/..",
                            "/a..b",
                            "/%2e%2e/a",
                            "/.%2E/a",
                            "/\\evil.example",
                            "/a\\b",
                            "/a b",
                            "/a\tb",
                            "/a\nb",
                            "/a\r\nHost: x",
                            "/a\x7f",
                            "/a\x01",
                            "@evil.example/a",
                            ":80/a",
                            "javascript:alert(1)",
                            "mailto:a@b"}) {
        EXPECT_EQ(path_of(url), "") << url;
    }
    EXPECT_EQ(path_of(std::string_view{"/a\0b", 4}), "");
}

TEST(PathBelow, TheBasesOwnPathIsNotDoubled) {
    constexpr const char* base = "http://127.0.0.1:8001/genius/pages";
    for (const auto& [url, path] : std::initializer_list<std::pair<const char*, const char*>>{
             {"http://127.0.0.1:8001/genius/pages/a", "/a"},
             {"/genius/pages/a", "/a"},
             {"/genius/pagesa", "/genius/pagesa"},
             {"/genius/a", "/genius/a"},
             {"https://genius.com/a", "/a"},
             {"/a/genius/pages/b", "/a/genius/pages/b"},
             {"/genius/pages/../../admin", ""},
             {"//evil.example/a", ""},
             {"", ""}}) {
        EXPECT_EQ(path_below(base, url), path) << url;
    }
    EXPECT_EQ(path_below("https://genius.com", "https://genius.com/genius/pages/a"), "/genius/pages/a");
}

} // namespace
} // namespace personalify::upstream

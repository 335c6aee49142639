#include "http/etag.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace personalify::http {
namespace {

TEST(ETag, IsQuotedAndFollowsTheBytes) {
    const auto tag = make_etag("{}");
    EXPECT_EQ(tag.size(), 34U);
    EXPECT_EQ(tag.front(), '"');
    EXPECT_EQ(tag.back(), '"');
    EXPECT_EQ(tag, make_etag("{}"));
    EXPECT_NE(tag, make_etag("[]"));
}

TEST(ETag, EveryByteAndEveryLengthCounts) {
    std::set<std::string> seen;
    for (std::size_t length = 0; length < 80; ++length) {
        const std::string zeros(length, '\0');
        EXPECT_TRUE(seen.insert(make_etag(zeros)).second) << length;
        for (std::size_t at = 0; at < length; ++at) {
            auto changed = zeros;
            changed[at] = '\x01';
            EXPECT_TRUE(seen.insert(make_etag(changed)).second) << length << " " << at;
        }
    }
}

TEST(ETag, IfNoneMatch) {
    EXPECT_TRUE(names_etag(R"("a")", R"("a")"));
    EXPECT_TRUE(names_etag(R"(W/"a")", R"("a")"));
    EXPECT_TRUE(names_etag(R"("x" , W/"y","a")", R"("a")"));
    EXPECT_TRUE(names_etag("*", R"("a")"));
    EXPECT_FALSE(names_etag("", R"("a")"));
    EXPECT_FALSE(names_etag("a", R"("a")"));
    EXPECT_FALSE(names_etag(R"("ab")", R"("a")"));
}

} // namespace
} // namespace personalify::http

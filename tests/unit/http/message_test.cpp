#include "http/message.hpp"

#include <gtest/gtest.h>

namespace personalify::http {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST(PercentDecode, TurnsEscapesIntoBytes) {
    EXPECT_EQ(percent_decode("a%20b%2Fc", false), "a b/c");
    EXPECT_EQ(percent_decode("%c3%A9", false), "\xc3\xa9");
    EXPECT_EQ(percent_decode("%41", false), "A");
    EXPECT_EQ(percent_decode("", false), "");
    EXPECT_EQ(percent_decode("a+b", false), "a+b");
    EXPECT_EQ(percent_decode("a+b%2B", true), "a b+");
}

TEST(PercentDecode, RefusesBrokenEscapesAndNul) {
    for (const auto* text : {"%", "%4", "%zz", "a%4", "%4g", "%-1", "%00", "abc%"}) {
        EXPECT_FALSE(percent_decode(text, true)) << text;
    }
    EXPECT_FALSE(percent_decode(std::string_view{"a\0b", 3}, true));
}

TEST(PercentEncode, LeavesOnlyUnreservedCharacters) {
    EXPECT_EQ(percent_encode("AZaz09-._~"), "AZaz09-._~");
    EXPECT_EQ(percent_encode("a b/c?&=+%"), "a%20b%2Fc%3F%26%3D%2B%25");
    EXPECT_EQ(percent_encode("\xc3\xa9"), "%C3%A9");
    EXPECT_EQ(percent_decode(percent_encode("50% of /a b\x7f\xff"), false), "50% of /a b\x7f\xff");
}

TEST(ParseQuery, GivesPairsInOrder) {
    EXPECT_EQ(parse_query(""), Pairs{});
    EXPECT_EQ(parse_query("a=1&b=2&a=3"), (Pairs{{"a", "1"}, {"b", "2"}, {"a", "3"}}));
    EXPECT_EQ(parse_query("a&b=&=c&&d=e=f&"), (Pairs{{"a", ""}, {"b", ""}, {"", "c"}, {"d", "e=f"}}));
    EXPECT_EQ(parse_query("q=caf%C3%A9+au%20lait"), (Pairs{{"q", "caf\xc3\xa9 au lait"}}));
}

TEST(ParseQuery, RefusesBrokenAndEndlessOnes) {
    EXPECT_FALSE(parse_query("a=%"));
    EXPECT_FALSE(parse_query("%zz=1"));
    EXPECT_FALSE(parse_query("a=%00"));
    std::string many;
    for (int i = 0; i < 200; ++i) {
        many += "a=1&";
    }
    EXPECT_EQ(parse_query(many)->size(), 200);
    EXPECT_FALSE(parse_query(many + "a=1"));
}

TEST(Request, FindsHeadersWhateverTheirCase) {
    Request request;
    request.headers = {{"Content-Type", "text/plain"}, {"X-One", "1"}, {"x-one", "2"}};
    EXPECT_EQ(request.header("content-type"), "text/plain");
    EXPECT_EQ(request.header("X-ONE"), "1");
    EXPECT_EQ(request.header("X-On"), std::nullopt);
}

TEST(Request, FindsCookies) {
    Request request;
    request.headers = {{"Cookie", "a=1; access_token=abc.def==;b=\"quoted\"; broken; =empty; A=2"},
                       {"cookie", "late=yes"}};
    EXPECT_EQ(request.cookie("a"), "1");
    EXPECT_EQ(request.cookie("A"), "2");
    EXPECT_EQ(request.cookie("access_token"), "abc.def==");
    EXPECT_EQ(request.cookie("b"), "quoted");
    EXPECT_EQ(request.cookie("late"), "yes");
    EXPECT_EQ(request.cookie("broken"), std::nullopt);
    EXPECT_EQ(request.cookie("token"), std::nullopt);
}

TEST(SetCookie, WritesItsAttributes) {
    const Header plain = set_cookie({.name = "id", .value = "abc"});
    EXPECT_EQ(plain.name, "Set-Cookie");
    EXPECT_EQ(plain.value, "id=abc; Path=/; HttpOnly; SameSite=Lax");
    const Cookie full{.name = "id",
                      .value = "x",
                      .max_age = std::chrono::seconds{60},
                      .path = "/api",
                      .http_only = false,
                      .secure = true,
                      .same_site = "None"};
    EXPECT_EQ(set_cookie(full).value, "id=x; Path=/api; Max-Age=60; Secure; SameSite=None");
}

TEST(SetCookie, DeletesForOldBrowsersToo) {
    const Cookie gone{.name = "id", .value = "", .max_age = std::chrono::seconds{0}};
    EXPECT_EQ(set_cookie(gone).value,
              "id=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax");
}

TEST(SetCookie, ValueCanNotAddAttributes) {
    EXPECT_EQ(set_cookie({.name = "id", .value = "a; Domain=evil\r\n"}).value,
              "id=a%3B%20Domain=evil%0D%0A; Path=/; HttpOnly; SameSite=Lax");
}

TEST(ErrorResponse, IsJsonWithDetail) {
    const Response response = error_response(404, "No \"such\" thing\n");
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(response.bytes(), R"({"detail":"No \"such\" thing\n"})");
    ASSERT_EQ(response.headers.size(), 1);
    EXPECT_EQ(response.headers[0].value, "application/json");
}

} // namespace
} // namespace personalify::http

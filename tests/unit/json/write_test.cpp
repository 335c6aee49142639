#include "domain/dashboard.hpp"
#include "json/input.hpp"
#include "json/write.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include <limits>
#include <map>

namespace personalify {
namespace {

struct Base {
    int first = 1;
};
BOOST_DESCRIBE_STRUCT(Base, (), (first))

struct Derived : Base {
    std::string second = "two";
    json::Omittable<std::string> third;
    bool public_ = true;
};
BOOST_DESCRIBE_STRUCT(Derived, (Base), (second, third, public_))

struct OnlyOmittable {
    json::Omittable<int> a;
    json::Omittable<int> b;
};
BOOST_DESCRIBE_STRUCT(OnlyOmittable, (), (a, b))

struct Wrapped {
    json::Required<json::Text<1, 10>> name;
    json::Bounded<1, 50> limit = 10;
};
BOOST_DESCRIBE_STRUCT(Wrapped, (), (name, limit))

TEST(JsonWrite, WritesADescribedStructInOrder) {
    Dashboard board;
    board.user = "Ada";
    board.top_emotions = {{"Hazy Confusion", 0.1}};
    board.artists = {{"id1", "Zoë", {"art pop"}, 71, ""}};
    board.genres = {{"art pop", 1}};
    board.genre_artists_map = {{"art pop", {"Zoë"}}};
    board.synced_at = "2026-11-22T17:28:43.120Z";
    EXPECT_EQ(
        json::write(board),
        R"({"user":"Ada","image":"","time_range":"medium_term","emotion_paragraph":"",)"
        R"("top_emotions":[{"label":"Hazy Confusion","score":0.1}],)"
        R"("artists":[{"id":"id1","name":"Zoë","genres":["art pop"],"popularity":71,"image":""}],)"
        R"("tracks":[],"genres":[{"name":"art pop","count":1}],"genre_artists_map":{"art pop":["Zoë"]},)"
        R"("synced_at":"2026-11-22T17:28:43.120Z","stale":false})");
}

TEST(JsonWrite, InheritedMembersComeFirstAndATrailingUnderscoreIsNotPartOfTheName) {
    Derived value;
    EXPECT_EQ(json::write(value), R"({"first":1,"second":"two","public":true})");
    value.third = "3";
    EXPECT_EQ(json::write(value), R"({"first":1,"second":"two","third":"3","public":true})");
}

TEST(JsonWrite, LeavesOutEmptyOmittableMembersAndKeepsTheBraces) {
    OnlyOmittable value;
    EXPECT_EQ(json::write(value), "{}");
    value.b = 2;
    EXPECT_EQ(json::write(value), R"({"b":2})");
    EXPECT_EQ(json::write(std::vector<OnlyOmittable>{{}, value}), R"([{},{"b":2}])");
}

TEST(JsonWrite, OptionalIsNull) {
    EXPECT_EQ(json::write(std::optional<int>{}), "null");
    EXPECT_EQ(json::write(std::optional<int>{3}), "3");
}

TEST(JsonWrite, NumbersReadBackTheSame) {
    EXPECT_EQ(json::write(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
    EXPECT_EQ(json::write(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
    EXPECT_EQ(json::write(0.1), "0.1");
    EXPECT_EQ(json::write(0.14068747815059263), "0.14068747815059263");
    EXPECT_EQ(json::write(1.0), "1.0");
    EXPECT_EQ(json::write(-0.0), "-0.0");
    EXPECT_EQ(json::write(1e300), "1e+300");
    EXPECT_EQ(json::write(std::numeric_limits<double>::quiet_NaN()), "null");
    EXPECT_EQ(json::write(std::numeric_limits<double>::infinity()), "null");
}

TEST(JsonWrite, EscapesWhatJsonForbids) {
    EXPECT_EQ(json::write(std::string{"a\"b\\c\n\r\t\b\x01\x1f/\x7f"}),
              "\"a\\\"b\\\\c\\n\\r\\t\\u0008\\u0001\\u001f/\x7f\"");
    const std::string with_nul{"a\0b", 3};
    EXPECT_EQ(json::write(with_nul), R"("a\u0000b")");
}

TEST(JsonWrite, EscapesAtEveryOffset) {
    for (std::size_t at = 0; at < 20; ++at) {
        std::string text(20, 'x');
        text[at] = '"';
        std::string expected = "\"" + text + "\"";
        expected.insert(at + 1, "\\");
        EXPECT_EQ(json::write(text), expected);
    }
}

TEST(JsonWrite, KeepsWellFormedUtf8) {
    const std::string text = "Sigur Rós, 青葉市子, Ёлка, 🎧 and more than sixteen bytes — \u2028";
    EXPECT_EQ(json::write(text), "\"" + text + "\"");
}

TEST(JsonWrite, ReplacesMalformedUtf8) {
    const std::string replacement = "\xEF\xBF\xBD";
    const auto body = [](const std::string& text) {
        auto out = json::write(text);
        return out.substr(1, out.size() - 2);
    };
    EXPECT_EQ(body("a\xFFz"), "a" + replacement + "z");
    EXPECT_EQ(body("\xC0\xAF"), replacement + replacement);                      // overlong
    EXPECT_EQ(body("\xED\xA0\x80"), replacement + replacement + replacement);    // a surrogate
    EXPECT_EQ(body("12345678\xE9\x9D"), "12345678" + replacement + replacement); // cut short
    EXPECT_EQ(body("\xF4\x90\x80\x80").size(), 12U);                             // above U+10FFFF
    EXPECT_EQ(body("\x80tail that is long enough"), replacement + "tail that is long enough");
}

TEST(JsonWrite, WritesMapsVariantsRawTreesAndWrappers) {
    EXPECT_EQ(json::write(std::map<std::string, int>{{"b", 2}, {"a\"", 1}}), R"({"a\"":1,"b":2})");
    EXPECT_EQ(json::write(std::variant<GenreCount, int>{7}), "7");
    EXPECT_EQ(json::write(std::vector<json::Raw>{{"{}"}, {"[1]"}}), "[{},[1]]");
    EXPECT_EQ(json::write(boost::json::value(nullptr)), "null");
    EXPECT_EQ(json::write(Wrapped{{{"x"}}, 3}), R"({"name":"x","limit":3})");
    EXPECT_EQ(json::write(TimePoint{std::chrono::milliseconds{1}}), R"("1970-01-01T00:00:00.001Z")");
    EXPECT_EQ(json::write("literal"), R"("literal")");
}

TEST(JsonWrite, AppendKeepsWhatIsThere) {
    std::string out = "data: ";
    json::append(out, std::vector<int>{1, 2});
    out += '\n';
    EXPECT_EQ(out, "data: [1,2]\n");
}

TEST(JsonWrite, GrowsPastItsFirstBuffer) {
    const std::vector<std::string> many(2000, "0123456789abcdef");
    const auto out = json::write(many);
    EXPECT_EQ(out.size(), 2000U * 19 + 1);
    EXPECT_EQ(out.substr(out.size() - 20), R"(,"0123456789abcdef"])");
}

} // namespace
} // namespace personalify

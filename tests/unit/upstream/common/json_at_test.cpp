#include "upstream/common/json_at.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace personalify::upstream {
namespace {

boost::json::value with(std::string_view value) {
    return boost::json::parse(R"({"x":)" + std::string{value} + "}");
}

TEST(JsonAt, WhatIsNotThereIsNothing) {
    for (const char* text : {"{}", "[]", "null", "7", "\"x\"", "true"}) {
        const auto value = boost::json::parse(text);
        EXPECT_EQ(member(value, "x"), nullptr) << text;
        EXPECT_EQ(text_at(value, "x"), "");
        EXPECT_EQ(optional_text_at(value, "x"), std::nullopt);
        EXPECT_EQ(number_at(value, "x"), std::nullopt);
        EXPECT_EQ(id_at(value, "x"), std::nullopt);
        EXPECT_FALSE(flag_at(value, "x"));
        EXPECT_TRUE(array_at(value, "x").empty());
    }
}

TEST(JsonAt, Texts) {
    EXPECT_EQ(text_at(with(R"("Kaë")"), "x"), "Kaë");
    EXPECT_EQ(text_at(with(R"("a\u0000b")"), "x"), "ab");
    EXPECT_EQ(optional_text_at(with(R"("")"), "x"), std::nullopt);
    EXPECT_EQ(optional_text_at(with(R"("\u0000")"), "x"), std::nullopt);
    for (const char* other : {"null", "7", "true", "[]", "{}"}) {
        EXPECT_EQ(text_at(with(other), "x"), "") << other;
    }
}

TEST(JsonAt, NumbersAlsoAsText) {
    EXPECT_EQ(number_at(with("214"), "x"), 214);
    EXPECT_EQ(number_at(with("214.5"), "x"), 214.5);
    EXPECT_EQ(number_at(with("-1"), "x"), -1);
    EXPECT_EQ(number_at(with("\"214.5\""), "x"), 214.5);
    EXPECT_EQ(number_at(with("18446744073709551615"), "x"), 18446744073709551615.0);
    for (const char* none :
         {"null", "true", "[]", "\"\"", "\"7s\"", "\" 7\"", "\"nan\"", "\"inf\"", "\"1e999\""}) {
        EXPECT_EQ(number_at(with(none), "x"), std::nullopt) << none;
    }
}

TEST(JsonAt, IdsAreWholeAndPositive) {
    EXPECT_EQ(id_at(with("7000001"), "x"), 7'000'001);
    EXPECT_EQ(id_at(with("9223372036854775807"), "x"), 9'223'372'036'854'775'807);
    for (const char* none : {"0", "-1", "1.0", "\"1\"", "9223372036854775808", "null", "true"}) {
        EXPECT_EQ(id_at(with(none), "x"), std::nullopt) << none;
    }
}

TEST(JsonAt, FlagsAndLists) {
    EXPECT_TRUE(flag_at(with("true"), "x"));
    for (const char* no : {"false", "null", "1", "\"true\"", "[]"}) {
        EXPECT_FALSE(flag_at(with(no), "x")) << no;
    }
    EXPECT_EQ(array_at(with("[1,2]"), "x").size(), 2U);
    for (const char* none : {"[]", "{}", "null", "\"ab\""}) {
        EXPECT_TRUE(array_at(with(none), "x").empty()) << none;
    }
}

} // namespace
} // namespace personalify::upstream

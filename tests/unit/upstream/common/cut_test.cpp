#include "upstream/common/cut.hpp"

#include <gtest/gtest.h>

#include <string>

namespace personalify::upstream {
namespace {

std::string cut(std::string_view text, std::size_t most, SizeIn unit = SizeIn::code_points) {
    return std::string{text.substr(0, cut_point(text, most, unit))};
}

TEST(Cut, WhatFitsStaysWhole) {
    EXPECT_EQ(cut("", 1), "");
    EXPECT_EQ(cut("abc", 3), "abc");
    EXPECT_EQ(cut("雨が降る", 4), "雨が降る");
}

TEST(Cut, PrefersLinesThenSpacesThenAnything) {
    EXPECT_EQ(cut("one two\nthree four", 14), "one two\n");
    EXPECT_EQ(cut("one two three", 9), "one two ");
    EXPECT_EQ(cut("onetwothree", 4), "onet");
}

TEST(Cut, NeverInsideACharacter) {
    EXPECT_EQ(cut("雨雨雨雨", 3), "雨雨雨");
    EXPECT_EQ(cut("abe\u0301f", 3), "ab") << "an accent stays with its letter";
    EXPECT_EQ(cut("ab\U0001F44D\U0001F3FDc", 3), "ab") << "a skin tone stays with its hand";
    EXPECT_EQ(cut("a\U0001F469\u200D\U0001F4BBb", 3), "a") << "what is joined stays together";
}

TEST(Cut, AlwaysTakesSomething) {
    EXPECT_EQ(cut("e\u0301\u0301\u0301\u0301", 2), "e\u0301");
    EXPECT_EQ(cut("\xF0\x9F\x91\x8D\xFF\xFE", 1), "\xF0\x9F\x91\x8D");
    EXPECT_EQ(cut("\xFF\xFE", 1), "\xFF");
}

TEST(Cut, CountsWhatAnAddressWouldHold) {
    EXPECT_EQ(size_of("a b&é", SizeIn::encoded_bytes), 1U + 1U + 1U + 3U + 6U);
    EXPECT_EQ(cut("雨雨雨", 20, SizeIn::encoded_bytes), "雨雨");
    std::string text;
    for (int i = 0; i < 2000; ++i) {
        text += "雨";
    }
    EXPECT_EQ(cut(text, 7200, SizeIn::encoded_bytes).size(), 800U * 3);
}

} // namespace
} // namespace personalify::upstream

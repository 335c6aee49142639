#include "domain/width.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace personalify {

using ::testing::ElementsAre;

TEST(DisplayWidth, CountsWhatIsSeen) {
    EXPECT_EQ(display_width(""), 0U);
    EXPECT_EQ(display_width("Sigur Rós"), 9U);
    EXPECT_EQ(display_width("Sigur Ro\u0301s"), 9U) << "with a combining accent";
    EXPECT_EQ(display_width("宇多田ヒカル"), 12U);
    EXPECT_EQ(display_width("ｱｲｳ"), 3U) << "half width";
    EXPECT_EQ(display_width("아이유"), 6U);
    EXPECT_EQ(display_width("\u110b\u1161\u110b\u1175"), 4U) << "two syllables in parts";
    EXPECT_EQ(display_width("สวัสดี"), 4U) << "vowels and tones above";
    EXPECT_EQ(display_width("zero\u200bwidth\u2060"), 9U);
}

TEST(DisplayWidth, AnEmojiTakesTwoColumnsHoweverItIsMade) {
    EXPECT_EQ(display_width("🎧"), 2U);
    EXPECT_EQ(display_width("❤\ufe0f"), 2U);
    EXPECT_EQ(display_width("👍🏽"), 2U);
    EXPECT_EQ(display_width("👩‍👩‍👧‍👦"), 2U);
    EXPECT_EQ(display_width("🇮🇩🇩🇪"), 4U);
    EXPECT_EQ(display_width("1\ufe0f\u20e3"), 2U);
}

TEST(DisplayWidth, WhatIsNoUtf8HasAWidthToo) {
    EXPECT_EQ(display_width("a\xff"
                            "b"),
              3U);
}

TEST(OneLine, HasNoControlsAndKeepsItsDirection) {
    EXPECT_EQ(one_line("a\r\nb\tc\x1b[2Jd"), "a  b c [2Jd");
    EXPECT_EQ(one_line("a\u202eb\u2066c\u2069"), "abc");
    EXPECT_EQ(one_line("a\u2028b"), "a b");
    EXPECT_EQ(one_line("a\xc3"), "a\ufffd");
    EXPECT_EQ(one_line("نَغَم 🎧"), "نَغَم 🎧");
}

TEST(CutToWidth, EndsWithAnEllipsisWhereItIsCut) {
    EXPECT_EQ(cut_to_width("Lantas", 6), "Lantas");
    EXPECT_EQ(cut_to_width("Lantas", 5), "Lant…");
    EXPECT_EQ(cut_to_width("Lantas", 1), "…");
    EXPECT_EQ(cut_to_width("宇多田ヒカル", 12), "宇多田ヒカル");
    EXPECT_EQ(cut_to_width("宇多田ヒカル", 11), "宇多田ヒカ…");
    EXPECT_EQ(cut_to_width("宇多田ヒカル", 10), "宇多田ヒ…") << "half a character is none";
    EXPECT_EQ(cut_to_width("Ro\u0301s", 2), "R…");
    EXPECT_EQ(cut_to_width("a👩‍👩‍👧‍👦b", 3), "a…") << "a family stays together";
}

TEST(Wrap, BreaksBetweenWordsOrElseAnywhere) {
    EXPECT_THAT(wrap("", 10), ElementsAre(""));
    EXPECT_THAT(wrap("one two three", 13), ElementsAre("one two three"));
    EXPECT_THAT(wrap("one two three", 8), ElementsAre("one two", "three"));
    EXPECT_THAT(wrap("one two three", 7), ElementsAre("one two", "three"));
    EXPECT_THAT(wrap("abcdefgh", 3), ElementsAre("abc", "def", "gh"));
    EXPECT_THAT(wrap("a bcdefgh", 4), ElementsAre("a", "bcde", "fgh"));
    EXPECT_THAT(wrap("宇多田", 3), ElementsAre("宇", "多", "田"));
}

} // namespace personalify

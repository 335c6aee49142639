#include "domain/letters.hpp"

#include <gtest/gtest.h>

namespace personalify {

TEST(Letters, OfEveryScript) {
    for (const char* text :
         {"a", "Z", "é", "ß", "雨", "あ", "안녕", "Привет", "مرحبا", "สวัสดี", "1a", "♫ la", "ﬁ", "Ａ"}) {
        EXPECT_TRUE(has_letters(text)) << text;
    }
}

TEST(Letters, NotInWhatSaysNothing) {
    for (const char* text : {"", " \n", "...", "1999", "«»", "!?", "♫", "\U0001F622\U0001F44D\U0001F3FD",
                             "“—”", "、。", "€", "♥\uFE0F", "×", "！？"}) {
        EXPECT_FALSE(has_letters(text)) << text;
    }
}

TEST(Letters, BrokenTextDoesNoHarm) {
    EXPECT_FALSE(has_letters("\xF0\x9F"));
    EXPECT_FALSE(has_letters("1\xE2"));
}

} // namespace personalify

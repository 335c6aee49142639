#include "domain/one_line.hpp"

#include <gtest/gtest.h>

namespace personalify {

TEST(OneLine, HoldsNoControlCharactersNorMarksThatTurnTextAround) {
    for (const char* bad : {"a\nb", "a\rb", "\t", "\x1b[2J", "\x7f", "\u0085", "a\u2028b", "a\u2029b",
                            "\u202Ea", "\u2066a\u2069"}) {
        EXPECT_TRUE(has_control_characters(bad)) << bad;
    }
    EXPECT_TRUE(has_control_characters(std::string_view{"a\0b", 3}));
}

TEST(OneLine, TakesAllScriptsAndWhatTheyNeed) {
    for (const char* good :
         {"", "Rani Senja", "Nguyễn Văn", "田中 太郎", "می\u200cخواهم", "👩\u200d🎤", "a\u00a0b"}) {
        EXPECT_FALSE(has_control_characters(good)) << good;
    }
}

} // namespace personalify

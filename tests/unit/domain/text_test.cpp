#include "domain/text.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace personalify {

namespace {

void expect_titles(std::initializer_list<std::pair<const char*, const char*>> titles) {
    for (const auto& [title, expected] : titles) {
        EXPECT_EQ(normalize_title(title), expected) << title;
    }
}

} // namespace

TEST(NormalizeTitle, CaseAndWhiteSpaceDoNotCount) {
    expect_titles({{"Harbour Lights", "harbour lights"},
                   {"  HARBOUR \t\n lights\u3000", "harbour lights"},
                   {"Harbour\u00a0Lights\u200b", "harbour lights"},
                   {"ÉCLAT Ñandú", "éclat ñandú"},
                   {"ŁÓDŹ ŽIŽEK ŸÜ", "łódź žižek ÿü"},
                   {"ΑΓΑΠΗ", "αγαπη"},
                   {"Ночной Ёж", "ночной ёж"},
                   {"İstanbul", "istanbul"},
                   {"", ""},
                   {" \t ", ""}});
}

TEST(NormalizeTitle, ScriptsAndAccentsStay) {
    expect_titles({{"夜に駆ける", "夜に駆ける"},
                   {"사랑", "사랑"},
                   {"ᮃᮊᮥ ᮘᮧᮌᮧᮂ", "ᮃᮊᮥ ᮘᮧᮌᮧᮂ"},
                   {"حبيبي", "حبيبي"},
                   {"Rindu 💔", "rindu 💔"}});
}

TEST(NormalizeTitle, GuestsGo) {
    expect_titles({{"Stay (feat. Justin)", "stay"},
                   {"Stay [ft. Justin]", "stay"},
                   {"Stay Feat. Justin & Co", "stay"},
                   {"Stay ft. Justin", "stay"},
                   {"Stay featuring Justin", "stay"},
                   {"Defeat", "defeat"},
                   {"feat. Nobody", "feat. nobody"}});
}

TEST(NormalizeTitle, WhatTellsOfTheReleaseGoes) {
    expect_titles(
        {{"Kota Kertas - Remastered 2009", "kota kertas"},
         {"Kota Kertas - 2011 Remaster", "kota kertas"},
         {"Kota Kertas – Live at Wembley", "kota kertas"},
         {"Kota Kertas - Acoustic - Live", "kota kertas"},
         {"Kota Kertas (Live)", "kota kertas"},
         {"Kota Kertas (Taylor's Version) [From The Vault] - Single Edit", "kota kertas [from the vault]"},
         {"Kota （Live） Kertas", "kota kertas"},
         {"Kota Kertas - Sped-Up", "kota kertas"}});
}

TEST(NormalizeTitle, TheSongsOwnWordsStay) {
    expect_titles({{"(I Can't Get No) Satisfaction", "(i can't get no) satisfaction"},
                   {"Live Forever", "live forever"},
                   {"Alive (I Am Alive)", "alive (i am alive)"},
                   {"Home - Away", "home - away"},
                   {"Mix-Up", "mix-up"},
                   {"(Live", "(live"}});
}

TEST(NormalizeTitle, IsNeverEmptyForATitle) {
    expect_titles({{"(Live)", "(live)"},
                   {" - Demo", "- demo"},
                   {"[Remix] (feat. X)", "[remix] (feat. x)"},
                   {"?", "?"}});
}

TEST(NormalizeTitle, IsOfBoundedLengthAndAlwaysUtf8) {
    EXPECT_EQ(normalize_title(std::string(5000, 'A')), std::string(300, 'a'));
    std::string accents;
    for (int i = 0; i < 400; ++i) {
        accents += "é";
    }
    EXPECT_EQ(normalize_title(accents).size(), 600U);
    EXPECT_EQ(normalize_title("a\xff\xc3 b\xed\xa0\x80\xc0\xaf"), "a\ufffd\ufffd b\ufffd\ufffd\ufffd");
}

TEST(NormalizeTitle, IsStable) {
    for (const char* title : {"Stay (feat. Justin) - Live", "ÉCLAT (Demo) (Demo)", "a - b - live"}) {
        const std::string once = normalize_title(title);
        EXPECT_EQ(normalize_title(once), once);
    }
}

TEST(IsBlank, KnowsTheSpacesOfUnicode) {
    for (const char* blank : {"", " ", " \t\r\n", "\u00a0\u3000\u2003", "\u200b\ufeff"}) {
        EXPECT_TRUE(is_blank(blank));
    }
    for (const char* text : {"a", " . ", "愛", "\xff"}) {
        EXPECT_FALSE(is_blank(text));
    }
}

TEST(FirstCharacters, CountsCodePoints) {
    EXPECT_EQ(first_characters("愛してる", 2), "愛し");
    EXPECT_EQ(first_characters("💔ab", 2), "💔a");
    EXPECT_EQ(first_characters("ab", 20'000), "ab");
    EXPECT_EQ(first_characters("a\x80", 5), "a\ufffd");
    EXPECT_EQ(first_characters("ab", 0), "");
}

} // namespace personalify

#include "domain/songs.hpp"
#include "domain/text.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace personalify {

namespace {

using Pairs = std::initializer_list<std::pair<const char*, const char*>>;

void expect_equal(Pairs names) {
    for (const auto& [one, other] : names) {
        EXPECT_EQ(comparable(one), comparable(other)) << one << " and " << other;
        EXPECT_NE(comparable(one), "") << one;
    }
}

void expect_different(Pairs names) {
    for (const auto& [one, other] : names) {
        EXPECT_NE(comparable(one), comparable(other)) << one << " and " << other;
    }
}

} // namespace

TEST(Comparable, CaseSpacesPunctuationAndAccentsDoNotCount) {
    EXPECT_EQ(comparable("  Pulang, LARUT! "), "pulanglarut");
    expect_equal({{"Kaë Lunar", "kae lunar"},
                  {"Ka\u00eb", "Kae\u0308"},
                  {"İstanbul", "istanbul"},
                  {"Straße", "STRASSE"},
                  {"Don't Wait", "Don’t Wait"},
                  {"AC/DC", "ACDC"},
                  {"Hujan\u00a0&\u200bSenja", "hujan & senja"},
                  {"What's Going On?", "whats going on"}});
}

TEST(Comparable, FormsOfALetterAreTheLetter) {
    expect_equal({{"ＹＯＡＳＯＢＩ", "yoasobi"},
                  {"𝐏𝐮𝐥𝐚𝐧𝐠", "pulang"},
                  {"ｶﾗｵｹ", "カラオケ"},
                  {"№ 1", "No. 1"},
                  {"Part Ⅳ", "part iv"},
                  {"ﬁre", "FIRE"}});
}

TEST(Comparable, WhatTellsOfTheReleaseOrOfGuestsDoesNotCount) {
    expect_equal({{"Pulang Larut", "Pulang Larut - Remastered 2009"},
                  {"Pulang Larut", "Pulang Larut - 2011 Remaster"},
                  {"Pulang Larut", "Pulang Larut (feat. Rani)"},
                  {"Pulang Larut", "Pulang Larut ft. Rani & Bayu"},
                  {"Pulang Larut", "Pulang Larut [Live at the Harbour]"},
                  {"夜に駆ける", "夜に駆ける（Live）"}});
}

TEST(Comparable, TheSongsOwnWordsCount) {
    expect_different({{"Live Forever", "Forever"},
                      {"Live", "Forever - Live"},
                      {"Satisfaction", "(I Can't Get No) Satisfaction"},
                      {"Home", "Home - Away"},
                      {"Part 1", "Part 2"},
                      {"Defeat", "De"},
                      {"Mix-Up", "Up"}});
    EXPECT_EQ(comparable("Live"), "live");
    EXPECT_EQ(comparable("(Live)"), "live") << "there is nothing else";
}

TEST(Comparable, AVersionWithoutWordsIsAnotherSong) {
    expect_different({{"Pulang Larut", "Pulang Larut (Instrumental)"},
                      {"Pulang Larut", "Pulang Larut - Karaoke Version"},
                      {"Pulang Larut - Karaoke", "Pulang Larut - Instrumental"}});
    expect_equal({{"Pulang Larut [Instrumental]", "Pulang Larut - INSTRUMENTAL"},
                  {"Instrumental", "Instrumental (Live)"},
                  {"(Instrumental)", "Instrumental"}});
}

TEST(Comparable, EveryScriptHasLetters) {
    for (const char* name : {"夜に駆ける", "사랑", "حبيبي", "ᮃᮊᮥ", "Ночной", "รักเธอ", "हिन्दी", "אהבה"}) {
        EXPECT_NE(comparable(name), "") << name;
        EXPECT_EQ(comparable(comparable(name)), comparable(name)) << name;
    }
    expect_equal({{"حَبِيبِي", "حبيبي"}, {"夜に駆ける", "夜に 駆ける！"}, {"Ёж", "еж"}});
    expect_different({{"夜に駆ける", "夜"}, {"사랑", "사람"}, {"حبيبي", "حبيب"}});
}

TEST(Comparable, ANameWithoutLettersIsItsMarks) {
    EXPECT_EQ(comparable("!!!"), "!!!");
    EXPECT_EQ(comparable(" ★ "), "★");
    expect_different({{"!!!", "???"}, {"÷", "×"}, {"💔", "💙"}, {"+", "="}});
    for (const char* blank : {"", "  ", "\u3000\u200b"}) {
        EXPECT_EQ(comparable(blank), "");
    }
}

TEST(PlainTitle, IsTheTitleInItsCase) {
    const Pairs titles{{"Pulang Larut", "Pulang Larut"},
                       {"Pulang Larut - Remastered 2009", "Pulang Larut"},
                       {"Pulang Larut (feat. Rani)", "Pulang Larut"},
                       {"Pulang Larut ft. Rani", "Pulang Larut"},
                       {"(I Can't Get No) Satisfaction - Live", "(I Can't Get No) Satisfaction"},
                       {"Live Forever", "Live Forever"},
                       {"夜に駆ける（Live）", "夜に駆ける"},
                       {"حبيبي (Remix)", "حبيبي"},
                       {"(Live)", "(Live)"},
                       {"!!!", "!!!"},
                       {"R&B #1 + \"more\" / less", "R&B #1 + \"more\" / less"},
                       {"", ""}};
    for (const auto& [title, plain] : titles) {
        EXPECT_EQ(plain_title(title), plain);
    }
}

TEST(PlainTitle, MayLoseItsCaseButNoWords) {
    EXPECT_EQ(plain_title("Kota (Live) Kertas"), "kota kertas") << "not in one piece";
    EXPECT_EQ(comparable(plain_title("ÉCLAT (Live)")), "eclat");
}

TEST(IsSameSong, ByTitleAndArtist) {
    EXPECT_TRUE(is_same_song("Pulang Larut", "Lentera Biru", "PULANG LARUT (Live)", "lentera biru"));
    EXPECT_TRUE(is_same_song("夜に駆ける", "YOASOBI", "夜に駆ける", "ＹＯＡＳＯＢＩ"));
    EXPECT_TRUE(is_same_song("حبيبي", "عمرو دياب", "حَبيبي", "عمرو دياب"));
    EXPECT_FALSE(is_same_song("Pulang Larut", "Lentera Biru", "Pulang", "Lentera Biru"));
    EXPECT_FALSE(is_same_song("Pulang Larut", "Lentera Biru", "Pulang Larut", "The Paper Tides"));
    EXPECT_TRUE(is_same_song("!!!", "Lentera Biru", "!!!", "Lentera Biru"));
    EXPECT_TRUE(is_same_song("Pulang", "!!!", "Pulang", "!!!"));
    EXPECT_FALSE(is_same_song("!!!", "Lentera Biru", "???", "Lentera Biru"));
}

TEST(IsSameSong, NothingIsNoSong) {
    EXPECT_FALSE(is_same_song("", "", "", ""));
    EXPECT_FALSE(is_same_song("", "Lentera Biru", "", "Lentera Biru"));
    EXPECT_FALSE(is_same_song("Pulang", "", "Pulang", ""));
    EXPECT_FALSE(is_same_song("Pulang", "Lentera Biru", "Pulang", ""));
}

TEST(IsSameSong, GuestsAndOtherScriptsMayStandAfterTheArtist) {
    for (const char* artist :
         {"Rani & Bayu", "Rani, Bayu & Dewi", "Rani feat. Bayu", "Rani ft. Bayu", "Rani featuring Bayu",
          "Rani x Bayu", "Rani × Bayu", "Rani and Bayu", "Rani with Bayu", "Rani / Bayu", "Rani; Bayu",
          "Rani (ラニ)", "Rani（ラニ）", "Rani、Bayu", "Rani＆Bayu"}) {
        EXPECT_TRUE(is_same_song("Pulang", "Rani", "Pulang", artist)) << artist;
        EXPECT_TRUE(is_same_song("Pulang", artist, "Pulang", "RANI")) << artist;
    }
    EXPECT_TRUE(is_same_song("Pulang", "U2", "Pulang", "U2 & Rani"));
    EXPECT_TRUE(is_same_song("Pulang", "Hall & Oates", "Pulang", "Hall & Oates feat. Rani"));
    EXPECT_TRUE(is_same_song("Pulang", "宇多田ヒカル", "Pulang", "宇多田ヒカル (Hikaru Utada)"));
}

TEST(IsSameSong, ALongerNameIsAnotherArtist) {
    EXPECT_FALSE(is_same_song("Pulang", "Queen", "Pulang", "Queensrÿche"));
    EXPECT_FALSE(is_same_song("Pulang", "Ben", "Pulang", "Ben Folds"));
    EXPECT_FALSE(is_same_song("Pulang", "The The", "Pulang", "The Thermals"));
    EXPECT_FALSE(is_same_song("Pulang", "Ran", "Pulang", "Rani & Bayu"));
    EXPECT_FALSE(is_same_song("Pulang", "Bay", "Pulang", "Rani & Bayu"));
}

TEST(SongKey, IsOneForAllReleases) {
    EXPECT_EQ(song_key("Lentera Biru", "Pulang Larut"), "lenterabiru/pulanglarut");
    EXPECT_EQ(song_key("LENTERA BIRU", "Pulang Larut - Live"), "lenterabiru/pulanglarut");
    EXPECT_NE(song_key("Lentera Biru", "!!!"), song_key("Lentera Biru", "???"));
}

TEST(SongKey, IsOfBoundedLengthAndAlwaysUtf8) {
    std::string title;
    for (int i = 0; i < 250; ++i) {
        title += "雨";
    }
    for (const char* artist : {"", "a", "ab", "abc", "\xff\xfe"}) {
        const std::string key = song_key(artist, title);
        EXPECT_LE(key.size(), 400U);
        EXPECT_GT(key.size(), 390U);
        EXPECT_TRUE(first_characters(key, 400) == key) << "no character is cut in two";
    }
    EXPECT_TRUE(song_key(title, "one") != song_key(title, "two")) << "a long name leaves room for the title";
}

} // namespace personalify

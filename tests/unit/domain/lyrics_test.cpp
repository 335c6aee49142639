#include "domain/lyrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace personalify {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(LyricsSections, BeginWithTheirTags) {
    EXPECT_THAT(sections_of("[Verse 1: Dewi & Guntur]\nKereta pelan\nmelintas sawah\n\n[Chorus]\nPulang"),
                ElementsAre(LyricsSection{"Verse 1: Dewi & Guntur", "Kereta pelan\nmelintas sawah"},
                            LyricsSection{"Chorus", "Pulang"}));
}

TEST(LyricsSections, WhatStandsBeforeTheFirstTagHasNoHeading) {
    EXPECT_THAT(sections_of("Hmm\n\noh\n\n[Bait]\nAngin"),
                ElementsAre(LyricsSection{"", "Hmm\n\noh"}, LyricsSection{"Bait", "Angin"}));
    EXPECT_THAT(sections_of("satu\ndua"), ElementsAre(LyricsSection{"", "satu\ndua"}));
}

TEST(LyricsSections, MayBeEmpty) {
    EXPECT_THAT(sections_of("[Intro]\n[Verse]\nla\n[Instrumental Break]"),
                ElementsAre(LyricsSection{"Intro", ""}, LyricsSection{"Verse", "la"},
                            LyricsSection{"Instrumental Break", ""}));
    EXPECT_THAT(sections_of(""), IsEmpty());
    EXPECT_THAT(sections_of("\n \n"), IsEmpty());
    EXPECT_THAT(sections_of("[]\nla"), ElementsAre(LyricsSection{"", "la"}));
}

TEST(LyricsSections, WordsBehindATagBelongToIt) {
    EXPECT_THAT(sections_of("[Reff] Naik lagi [x2]\nturun\n[A] [B]la"),
                ElementsAre(LyricsSection{"Reff", "Naik lagi [x2]\nturun"}, LyricsSection{"A", ""},
                            LyricsSection{"B", "la"}));
}

TEST(LyricsSections, ABracketThatItsLineDoesNotCloseIsAWord) {
    EXPECT_THAT(sections_of("[tak ditutup\nbaris]\n[Outro\n]"),
                ElementsAre(LyricsSection{"", "[tak ditutup\nbaris]\n[Outro\n]"}));
}

TEST(LyricsParts, AreTheSectionsThatHaveWords) {
    EXPECT_THAT(parts_of("[Intro]\n[Verse]\nsatu\n\ndua\n[Instrumental Break]\n\n[Chorus]\nPulang\n"),
                ElementsAre(LyricsSection{"Verse", "satu\n\ndua"}, LyricsSection{"Chorus", "Pulang"}));
    EXPECT_THAT(parts_of("Hmm\n\noh\n[Bait]\nAngin"),
                ElementsAre(LyricsSection{"", "Hmm\n\noh"}, LyricsSection{"Bait", "Angin"}))
        << "no stanzas where there are tags";
    EXPECT_THAT(parts_of("[Bait]\nsatu\n\ndua"), ElementsAre(LyricsSection{"Bait", "satu\n\ndua"}));
}

TEST(LyricsParts, AreTheStanzasWhereThereAreNoTags) {
    EXPECT_THAT(parts_of("\nsatu\ndua\n\n \r\ntiga [x2]\n\nempat\n\n"),
                ElementsAre(LyricsSection{"", "satu\ndua"}, LyricsSection{"", "tiga [x2]"},
                            LyricsSection{"", "empat"}));
    EXPECT_THAT(parts_of("satu"), ElementsAre(LyricsSection{"", "satu"}));
}

TEST(LyricsParts, NoWordsNoParts) {
    EXPECT_THAT(parts_of(""), IsEmpty());
    EXPECT_THAT(parts_of(" \n\n"), IsEmpty());
    EXPECT_THAT(parts_of("[Instrumental]\n[Outro]"), IsEmpty());
}

TEST(LyricsWithoutTags, KeepsTheWords) {
    EXPECT_EQ(without_section_tags("[Verse 1]\nKereta pelan\n\n[Chorus]\nPulang\n[Outro]"),
              "Kereta pelan\n\nPulang");
    EXPECT_EQ(without_section_tags("[Pamuka]\nHujan\n\n\n[Réff: 夜]\n\n\nGeura mulang\n\n"),
              "Hujan\n\nGeura mulang");
}

TEST(LyricsWithoutTags, StripsThemInsideLines) {
    EXPECT_EQ(without_section_tags("la [x2] la\n[A] satu [B]\n[A][B]\ndua"), "la la\nsatu\ndua");
    EXPECT_EQ(without_section_tags("la[x2]la"), "lala");
    EXPECT_EQ(without_section_tags("[luar [dalam]] sisa"), "] sisa");
}

TEST(LyricsWithoutTags, DoesNotRunAcrossLines) {
    EXPECT_EQ(without_section_tags("[tak\nditutup] ya\na ] b [ c"), "[tak\nditutup] ya\na ] b [ c");
}

TEST(LyricsWithoutTags, MayLeaveNothing) {
    EXPECT_EQ(without_section_tags(""), "");
    EXPECT_EQ(without_section_tags("[Instrumental]"), "");
    EXPECT_EQ(without_section_tags("\n [A] \n\n"), "");
}

TEST(LyricsWithoutTags, ReadsLongTextsInLinearTime) {
    EXPECT_EQ(without_section_tags(std::string(2'000'000, '[')).size(), 2'000'000U);
    EXPECT_EQ(sections_of(std::string(2'000'000, '[')).size(), 1U);
}

} // namespace personalify

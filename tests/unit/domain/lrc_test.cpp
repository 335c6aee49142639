#include "domain/lrc.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace personalify {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

/// When the line of this stamp is sung; -1 ms when the stamp is none.
std::chrono::milliseconds time_of(const std::string& stamp) {
    const std::vector<TimedLine> lines = parse_lrc('[' + stamp + "] la");
    return lines.empty() ? -1ms : lines.front().at;
}

} // namespace

TEST(Lrc, LinesWithTheirTimes) {
    EXPECT_THAT(
        parse_lrc("[00:12.34] Lampu kota tinggal satu\n[00:17.20] Bus terakhir pergi dulu\n[00:21.10] "),
        ElementsAre(TimedLine{12'340ms, "Lampu kota tinggal satu"},
                    TimedLine{17'200ms, "Bus terakhir pergi dulu"}, TimedLine{21'100ms, ""}));
    EXPECT_THAT(parse_lrc("[00:01.00]夜に駆ける\n[00:02.00]حبيبي"),
                ElementsAre(TimedLine{1s, "夜に駆ける"}, TimedLine{2s, "حبيبي"}));
}

TEST(Lrc, EveryFormOfAStamp) {
    EXPECT_EQ(time_of("00:12"), 12s);
    EXPECT_EQ(time_of("00:12.5"), 12'500ms);
    EXPECT_EQ(time_of("00:12.34"), 12'340ms);
    EXPECT_EQ(time_of("00:12.345"), 12'345ms);
    EXPECT_EQ(time_of("00:12.345678"), 12'345ms);
    EXPECT_EQ(time_of("00:12."), 12s);
    EXPECT_EQ(time_of("00:12:34"), 12'340ms);
    EXPECT_EQ(time_of("0:01.00"), 1s);
    EXPECT_EQ(time_of("75:00.00"), 75min);
    EXPECT_EQ(time_of("123:59.99"), 123min + 59'990ms);
}

TEST(Lrc, WhatIsNoStamp) {
    for (const char* tag :
         {"", ":", "00", "00:", ":12", "00:60.00", "-1:00.00", "00:-5.00", "00:12.x", "aa:bb.cc", "00:12,34",
          "99999:00.00", "00000000000000:01.00", "99999999999:0", " 00:01.00", "00:01.00 ", "Chorus"}) {
        EXPECT_EQ(time_of(tag), -1ms) << tag;
    }
}

TEST(Lrc, SeveralStampsOnOneLine) {
    EXPECT_THAT(parse_lrc("[00:10.00][01:10.00] Pulang\n[00:40.00] Larut\n[00:20.00] [00:50.00]Lagi"),
                ElementsAre(TimedLine{10s, "Pulang"}, TimedLine{20s, "Lagi"}, TimedLine{40s, "Larut"},
                            TimedLine{50s, "Lagi"}, TimedLine{70s, "Pulang"}));
}

TEST(Lrc, LinesAreSortedAndThoseOfOneTimeKeepTheirOrder) {
    EXPECT_THAT(parse_lrc("[00:20.00] c\n[00:10.00] a\n[00:10.00] b"),
                ElementsAre(TimedLine{10s, "a"}, TimedLine{10s, "b"}, TimedLine{20s, "c"}));
}

TEST(Lrc, IdLinesAndLinesWithoutAStampAreLeftOut) {
    EXPECT_THAT(
        parse_lrc("[ar:Lentera Biru]\n[ti: Pulang]\n[al:x]\n[au: instrumental]\n[length: 03:34]\n[by:]\n"
                  "#comment\nno stamp\n\n[00:01.00] la\n[unclosed\n[00:02.00"),
        ElementsAre(TimedLine{1s, "la"}));
    EXPECT_THAT(parse_lrc(""), IsEmpty());
    EXPECT_THAT(parse_lrc("[au: instrumental]"), IsEmpty());
    EXPECT_THAT(parse_lrc("\n\r\n"), IsEmpty());
}

TEST(Lrc, SectionTagsBehindAStampAreWords) {
    EXPECT_THAT(parse_lrc("[00:01.00] [Chorus]\n[00:02.00][x2] la"),
                ElementsAre(TimedLine{1s, "[Chorus]"}, TimedLine{2s, "[x2] la"}));
}

TEST(Lrc, AnOffsetMovesAllLines) {
    EXPECT_THAT(parse_lrc("[offset:+250]\n[00:01.00] la"), ElementsAre(TimedLine{750ms, "la"}))
        << "a positive one is earlier";
    EXPECT_THAT(parse_lrc("[offset: -250 ]\n[00:01.00] la"), ElementsAre(TimedLine{1250ms, "la"}));
    EXPECT_THAT(parse_lrc("[00:01.00] la\n[offset:500]"), ElementsAre(TimedLine{500ms, "la"}));
    EXPECT_THAT(parse_lrc("[offset:2000]\n[00:01.00] la"), ElementsAre(TimedLine{0ms, "la"}))
        << "nothing is sung before the song";
    for (const char* none : {"", "x", "+", "99999999999999999999"}) {
        EXPECT_THAT(parse_lrc(std::string{"[offset:"} + none + "]\n[00:01.00] la"),
                    ElementsAre(TimedLine{1s, "la"}));
    }
}

TEST(Lrc, WordStampsGo) {
    EXPECT_THAT(parse_lrc("[00:12.00] <00:12.00> Lampu <00:12.50>kota\n[00:13.00] I <3 you <b> a > b"),
                ElementsAre(TimedLine{12s, "Lampu kota"}, TimedLine{13s, "I <3 you <b> a > b"}));
}

TEST(Lrc, ByteOrderMarkAndLineEndsOfOtherSystems) {
    EXPECT_THAT(parse_lrc("\xEF\xBB\xBF[00:01.00] la\r\n\r\n  [00:02.00]\tlagi \r\n"),
                ElementsAre(TimedLine{1s, "la"}, TimedLine{2s, "lagi"}));
}

TEST(Lrc, AnyBytesAreReadInBoundedTimeAndMemory) {
    EXPECT_THAT(parse_lrc("[00:01.00] " + std::string(2'000'000, '<')).size(), 1U);
    EXPECT_THAT(parse_lrc(std::string(2'000'000, '[')), IsEmpty());
    EXPECT_THAT(parse_lrc("[00:01.00]\xff\xfe\x80"), ElementsAre(TimedLine{1s, "\xff\xfe\x80"}));
    std::string stamps;
    for (int i = 0; i < 100'000; ++i) {
        stamps += "[00:01.00]";
    }
    std::size_t bytes = 0;
    for (const TimedLine& line : parse_lrc(stamps + std::string(1'000'000, 'a'))) {
        bytes += line.text.size();
    }
    EXPECT_LE(bytes, 4U * 1024 * 1024) << "stamps must not multiply the text";
    EXPECT_GE(bytes, 1'000'000U);
}

TEST(PlainTextOfTimedLines, HasTheWordsAlone) {
    EXPECT_EQ(plain_text(parse_lrc("[00:00.10]\n[00:01.00] satu\n[00:02.00] dua\n[00:03.00]\n[00:04.00] \n"
                                   "[00:05.00] tiga\n[00:06.00]")),
              "satu\ndua\n\ntiga");
    EXPECT_EQ(plain_text({}), "");
    EXPECT_EQ(plain_text({{1s, ""}, {2s, " "}}), "");
}

} // namespace personalify

#include "nlp/word_table.hpp"

#include <gtest/gtest.h>

namespace personalify::nlp {
namespace {

TEST(WordTable, FindsWhatALineSays) {
    WordTable table;
    table.add_lines("# a note\nyg\tyang\r\n\nmksh\tterima kasih\tsaid often\nalone\n");

    EXPECT_EQ(table.size(), 3U);
    EXPECT_EQ(table.find("yg"), "yang");
    EXPECT_EQ(table.find("mksh"), "terima kasih");
    EXPECT_EQ(table.find("alone"), "");
    EXPECT_EQ(table.find("# a note"), std::nullopt);
    EXPECT_EQ(table.find("YG"), std::nullopt);
}

TEST(WordTable, KeysAreFoldedAndLaterLinesWin) {
    WordTable table;
    table.add_lines("\xEF\xBB\xBFGué\tsaya\nYG\tone");
    table.add_lines("yg\ttwo");

    EXPECT_EQ(table.find("gue"), "saya");
    EXPECT_EQ(table.find("yg"), "two");
    EXPECT_EQ(table.size(), 2U);
}

TEST(WordTable, HoldsManyWords) {
    WordTable table;
    std::string lines;
    for (int i = 0; i < 5000; ++i) {
        lines += "word" + std::to_string(i) + '\t' + std::to_string(i) + '\n';
    }
    table.add_lines(lines);

    EXPECT_EQ(table.find("word4999"), "4999");
    EXPECT_EQ(table.find("word5000"), std::nullopt);
}

TEST(WordTable, AnEmptyTableFindsNothingAndAMissingFileIsNamed) {
    WordTable table;
    EXPECT_FALSE(table.contains(""));
    const Result<> read = table.read("/no/such/file.tsv");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::not_found);
    EXPECT_NE(read.error().detail.find("/no/such/file.tsv"), std::string::npos);
}

TEST(WordTable, OverlongKeysAreLeftOut) {
    WordTable table;
    table.add_lines(std::string(100'000, 'k') + "\tv\nshort\tv");
    EXPECT_EQ(table.size(), 1U);
}

} // namespace
} // namespace personalify::nlp

#include "config/settings.hpp"

#include <gtest/gtest.h>

namespace personalify::config {

namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

/// The lines in the order of the file; parse_env turns them round, so that the first of a name found is the
/// last.
Lines parse(std::string_view text) {
    std::vector<std::string> problems;
    Lines lines = parse_env(text, problems);
    EXPECT_TRUE(problems.empty()) << problems.front();
    return {lines.rbegin(), lines.rend()};
}

std::string value_of(std::string_view line) {
    const Lines lines = parse(line);
    return lines.size() == 1 ? lines[0].second : "(" + std::to_string(lines.size()) + " lines)";
}

std::vector<std::string> problems_of(std::string_view text) {
    std::vector<std::string> problems;
    parse_env(text, problems);
    return problems;
}

} // namespace

TEST(EnvFile, IsNameAndValuePerLine) {
    EXPECT_EQ(parse("PORT=8000\n\n# a comment\n  # another\nLISTEN = ::1 \nDEMO=on"),
              (Lines{{"PORT", "8000"}, {"LISTEN", "::1"}, {"DEMO", "on"}}));
    EXPECT_EQ(parse(""), Lines{});
    EXPECT_EQ(parse("\n\n"), Lines{});
}

TEST(EnvFile, TakesWhatShellsAndWindowsAdd) {
    EXPECT_EQ(parse("export PORT=8000\n  export DEMO=on"), (Lines{{"PORT", "8000"}, {"DEMO", "on"}}));
    EXPECT_EQ(parse("PORT=8000\r\nDEMO=on\r\n"), (Lines{{"PORT", "8000"}, {"DEMO", "on"}}));
    EXPECT_EQ(parse("\xef\xbb\xbfPORT=8000"), (Lines{{"PORT", "8000"}}));
}

TEST(EnvFile, QuotesKeepWhatTheyHold) {
    EXPECT_EQ(value_of("A=\"two words # and a hash \""), "two words # and a hash ");
    EXPECT_EQ(value_of("A='single \" inside'"), "single \" inside");
    EXPECT_EQ(value_of("A=\"value\" # comment"), "value");
    EXPECT_EQ(value_of("A=\"\""), "");
    EXPECT_EQ(value_of("A=a\"b\"c"), "a\"b\"c");
    EXPECT_EQ(value_of("A=it's"), "it's");
}

TEST(EnvFile, ACommentNeedsASpaceBeforeIt) {
    EXPECT_EQ(value_of("A=value # comment"), "value");
    EXPECT_EQ(value_of("A=a#b"), "a#b");
    EXPECT_EQ(value_of("A=#b"), "#b");
    EXPECT_EQ(value_of("A= # only a comment"), "");
    EXPECT_EQ(value_of("A="), "");
    EXPECT_EQ(value_of("A=x=y="), "x=y=");
}

TEST(EnvFile, NamesTheLinesThatAreNeither) {
    EXPECT_EQ(problems_of("PORT=1\nnonsense\n=value\nTWO WORDS=1\nDEMO=on"),
              (std::vector<std::string>{"line 2 is not NAME=VALUE", "line 3 is not NAME=VALUE",
                                        "line 4 is not NAME=VALUE"}));
}

} // namespace personalify::config

#include "domain/csv.hpp"

#include <gtest/gtest.h>

namespace personalify {

namespace {

std::string cell(std::string_view text) {
    std::string made;
    append_csv_cell(made, text);
    return made;
}

} // namespace

TEST(CsvCell, IsQuotedWhereItHasTo) {
    EXPECT_EQ(cell(""), "");
    EXPECT_EQ(cell("Sigur Rós"), "Sigur Rós");
    EXPECT_EQ(cell("a, b"), "\"a, b\"");
    EXPECT_EQ(cell("say \"ah\""), "\"say \"\"ah\"\"\"");
    EXPECT_EQ(cell("a\r\nb"), "\"a\r\nb\"");
    EXPECT_EQ(cell("a\rb"), "\"a\rb\"");
}

TEST(CsvCell, IsNeverAFormula) {
    for (const char* text : {"=1+1", "+1", "-1", "@SUM(A1)", "  =1+1", "＝1", " ＋1", "－1", "＠x"}) {
        EXPECT_EQ(cell(text), '\'' + std::string{text}) << text;
    }
    EXPECT_EQ(cell("\tx"), "\"'\tx\"");
    EXPECT_EQ(cell("\r=1"), "\"'\r'=1\"");
    EXPECT_EQ(cell("\n=1"), "\"'\n'=1\"");
    EXPECT_EQ(cell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
    EXPECT_EQ(cell("a=1"), "a=1");
    EXPECT_EQ(cell("   "), "   ");
    EXPECT_EQ(cell("'quoted'"), "'quoted'");
}

TEST(CsvCell, HoldsNoFormulaWhereAnotherSeparatorWouldBeginOne) {
    EXPECT_EQ(cell("x;=1+1"), "\"x;'=1+1\"");
    EXPECT_EQ(cell("x;=cmd|' /C calc'!A0"), "\"x;'=cmd|' /C calc'!A0\"");
    EXPECT_EQ(cell("x; @y\t-z"), "\"x;' @y\t'-z\"");
    EXPECT_EQ(cell("a\n+1"), "\"a\n'+1\"");
    EXPECT_EQ(cell("Tom; Jerry"), "\"Tom; Jerry\"");
    EXPECT_EQ(cell("x;"), "\"x;\"");
}

TEST(CsvRow, EndsWithBothLineEnds) {
    std::string rows;
    append_csv_row(rows, {"1", "", "a,b"});
    append_csv_row(rows, {"2"});
    EXPECT_EQ(rows, "1,,\"a,b\"\r\n2\r\n");
}

TEST(Joined, PutsBarsBetween) {
    EXPECT_EQ(joined({}), "");
    EXPECT_EQ(joined({"NIKI"}), "NIKI");
    EXPECT_EQ(joined({"NIKI", "Rich Brian"}), "NIKI | Rich Brian");
}

} // namespace personalify

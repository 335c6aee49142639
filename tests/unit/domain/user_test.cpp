#include "domain/user.hpp"

#include <gtest/gtest.h>

namespace personalify {

using namespace std::chrono_literals;

namespace {

TimePoint at(int year, unsigned month, unsigned day, std::chrono::milliseconds time = 0ms) {
    return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} /
                                 std::chrono::day{day}} +
           time;
}

} // namespace

TEST(ReauthorizeBy, SixCalendarMonthsAtTheSameTime) {
    EXPECT_EQ(reauthorize_by(at(2026, 1, 15, 13h + 5ms)), at(2026, 7, 15, 13h + 5ms));
    EXPECT_EQ(reauthorize_by(at(2026, 11, 22)), at(2027, 5, 22));
    EXPECT_EQ(reauthorize_by(at(2026, 12, 31, 24h - 1ms)), at(2027, 6, 30, 24h - 1ms));
}

TEST(ReauthorizeBy, EndsWithTheMonthWhereTheDayDoesNotExist) {
    EXPECT_EQ(reauthorize_by(at(2026, 8, 31, 1h)), at(2027, 2, 28, 1h));
    EXPECT_EQ(reauthorize_by(at(2027, 8, 29)), at(2028, 2, 29)); // a leap year
    EXPECT_EQ(reauthorize_by(at(2027, 8, 31)), at(2028, 2, 29));
    EXPECT_EQ(reauthorize_by(at(2026, 3, 31)), at(2026, 9, 30));
}

} // namespace personalify

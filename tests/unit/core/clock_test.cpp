#include "core/clock.hpp"

#include <gtest/gtest.h>

namespace personalify {

using namespace std::chrono_literals;

TEST(Rfc3339, IsUtcWithMilliseconds) {
    EXPECT_EQ(to_rfc3339(TimePoint{}), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(to_rfc3339(from_millis(1'795'368'523'120)), "2026-11-22T17:28:43.120Z");
    EXPECT_EQ(to_rfc3339(TimePoint{-1ms}), "1969-12-31T23:59:59.999Z");
}

TEST(Millis, BothWays) {
    EXPECT_EQ(to_millis(from_millis(1'795'368'523'120)), 1'795'368'523'120);
    const TimePoint now = SystemClock{}.now();
    EXPECT_EQ(from_millis(to_millis(now)), now);
}

TEST(ManualClock, MovesWhenTold) {
    ManualClock clock{from_millis(1000)};
    EXPECT_EQ(clock.now(), from_millis(1000));
    clock.advance(1s);
    EXPECT_EQ(clock.now(), from_millis(2000));
}

} // namespace personalify

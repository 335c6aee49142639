#include "api/rate_limit.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

namespace personalify::api {

namespace {

using namespace std::chrono_literals;

class RateLimitTest : public ::testing::Test {
protected:
    /// How many of that many attempts pass.
    int passing(int attempts, const std::string& key) {
        int passed = 0;
        for (int i = 0; i < attempts; ++i) {
            passed += limit_.take(key) ? 0 : 1;
        }
        return passed;
    }

    ManualClock clock_{test::noon};
    RateLimit limit_{3, 10s, clock_};
};

} // namespace

TEST_F(RateLimitTest, ABurstThenOnePerInterval) {
    EXPECT_EQ(passing(10, "a"), 3);
    clock_.advance(9'999ms);
    EXPECT_EQ(passing(10, "a"), 0);
    clock_.advance(1ms);
    EXPECT_EQ(passing(10, "a"), 1);
    clock_.advance(20s);
    EXPECT_EQ(passing(10, "a"), 2);
    clock_.advance(1h);
    EXPECT_EQ(passing(10, "a"), 3) << "never more than the burst";
}

TEST_F(RateLimitTest, TellsHowLongToWait) {
    passing(3, "a");
    EXPECT_EQ(limit_.take("a"), 10s);
    clock_.advance(3'500ms);
    EXPECT_EQ(limit_.take("a"), 7s) << "rounded up";
    EXPECT_EQ(limit_.take("a"), 7s) << "asking costs nothing";
    clock_.advance(7s);
    EXPECT_EQ(limit_.take("a"), std::nullopt);
}

TEST_F(RateLimitTest, KeysDoNotKnowEachOther) {
    EXPECT_EQ(passing(10, "a"), 3);
    EXPECT_EQ(passing(10, "b"), 3);
    EXPECT_EQ(passing(10, ""), 3);
}

TEST_F(RateLimitTest, ABusyKeyIsRememberedAmongManyThatRested) {
    for (int i = 0; i < 19'000; ++i) {
        limit_.take("rested " + std::to_string(i));
    }
    clock_.advance(1min);
    EXPECT_EQ(passing(4, "busy"), 3);
    for (int i = 0; i < 2'000; ++i) {
        limit_.take("new " + std::to_string(i));
    }
    EXPECT_EQ(passing(1, "busy"), 0);
}

} // namespace personalify::api

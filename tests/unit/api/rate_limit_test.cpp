#include "api/rate_limit.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

namespace personalify::api {

namespace {

using namespace std::chrono_literals;

class RateLimitTest : public ::testing::Test {
protected:
    /// How many of that many attempts pass.
    int passing(int attempts, std::uint64_t key) {
        int passed = 0;
        for (int i = 0; i < attempts; ++i) {
            passed += limit_.take(key) ? 0 : 1;
        }
        return passed;
    }

    ManualClock clock_{test::noon};
    RateLimit limit_{{"test", 3, 10s}, 16'384, clock_};
};

} // namespace

TEST_F(RateLimitTest, ABurstThenOnePerInterval) {
    EXPECT_EQ(passing(10, 1), 3);
    clock_.advance(9'999ms);
    EXPECT_EQ(passing(10, 1), 0);
    clock_.advance(1ms);
    EXPECT_EQ(passing(10, 1), 1);
    clock_.advance(20s);
    EXPECT_EQ(passing(10, 1), 2);
    clock_.advance(1h);
    EXPECT_EQ(passing(10, 1), 3) << "never more than the burst";
}

TEST_F(RateLimitTest, TellsHowLongToWait) {
    passing(3, 1);
    EXPECT_EQ(limit_.take(1), 10s);
    clock_.advance(3'500ms);
    EXPECT_EQ(limit_.take(1), 7s) << "rounded up";
    EXPECT_EQ(limit_.take(1), 7s) << "asking costs nothing";
    clock_.advance(7s);
    EXPECT_EQ(limit_.take(1), std::nullopt);
}

TEST_F(RateLimitTest, TellsWhatIsLeft) {
    EXPECT_EQ(limit_.look(1).left, 3);
    EXPECT_EQ(limit_.look(1).resets, 0s);
    passing(1, 1);
    EXPECT_EQ(limit_.look(1).left, 2);
    EXPECT_EQ(limit_.look(1).resets, 10s);
    passing(2, 1);
    EXPECT_EQ(limit_.look(1).left, 0);
    EXPECT_EQ(limit_.look(1).resets, 30s);
    clock_.advance(10'001ms);
    EXPECT_EQ(limit_.look(1).left, 1);
    EXPECT_EQ(limit_.look(1).resets, 20s);
    clock_.advance(1h);
    EXPECT_EQ(limit_.look(1).left, 3);
}

TEST_F(RateLimitTest, KeysDoNotKnowEachOther) {
    for (std::uint64_t key = 0; key < 1'000; ++key) {
        EXPECT_EQ(passing(5, key), 3) << key;
    }
}

TEST_F(RateLimitTest, AClockSetBackStopsNobodyForLongerThanAWindow) {
    passing(3, 1);
    clock_.advance(-24h);
    EXPECT_EQ(limit_.take(1), 10s);
    clock_.advance(10s);
    EXPECT_EQ(passing(10, 1), 1);
    clock_.advance(1h);
    EXPECT_EQ(passing(10, 1), 3);
}

TEST_F(RateLimitTest, ABusyKeyIsRememberedAmongManyThatRested) {
    for (std::uint64_t key = 0; key < 100'000; ++key) {
        limit_.take(key);
    }
    clock_.advance(1min);
    EXPECT_EQ(passing(4, 1'000'000), 3);
    for (std::uint64_t key = 200'000; key < 202'000; ++key) {
        limit_.take(key);
    }
    EXPECT_EQ(passing(1, 1'000'000), 0);
}

TEST_F(RateLimitTest, AFloodOfKeysStopsNobody) {
    for (std::uint64_t key = 0; key < 200'000; ++key) {
        ASSERT_EQ(limit_.take(key), std::nullopt) << key;
    }
}

TEST_F(RateLimitTest, CountsExactlyOnManyThreads) {
    RateLimit limit{{"test", 1'000, 1h}, 128, clock_};
    std::atomic<int> passed = 0;
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&] {
                for (int i = 0; i < 1'000; ++i) {
                    passed += limit.take(7) ? 0 : 1;
                    passed += limit.take(8) ? 0 : 1;
                }
            });
        }
    }
    EXPECT_EQ(passed, 2'000);
}

TEST(AddressKey, AnIpv4AddressEachAndAnIpv6NetworkOf64Bits) {
    EXPECT_EQ(address_key("192.0.2.1"), address_key("192.0.2.1"));
    EXPECT_NE(address_key("192.0.2.1"), address_key("192.0.2.2"));
    EXPECT_EQ(address_key("2001:db8:1:2::1"), address_key("2001:db8:1:2:ffff:eeee:dddd:cccc"));
    EXPECT_EQ(address_key("2001:db8:1:2::1"), address_key("2001:0DB8:1:2::2"));
    EXPECT_NE(address_key("2001:db8:1:2::1"), address_key("2001:db8:1:3::1"));
    EXPECT_EQ(address_key("fe80::1%eth0"), address_key("fe80::2"));
    const std::set<std::uint64_t> different{address_key("127.0.0.1"), address_key("::1"), address_key(""),
                                            address_key("0.0.0.1"), address_key("unix")};
    EXPECT_EQ(different.size(), 5U);
}

} // namespace personalify::api

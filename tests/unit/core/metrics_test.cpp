#include "core/metrics.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace personalify::metrics {

TEST(Histogram, PutsValuesBelowTheirBounds) {
    static constexpr std::array<double, 3> bounds{1, 2, 5};
    Histogram histogram{bounds};
    for (const double value : {0.5, 1.0, 1.5, 5.0, 7.0}) {
        histogram.observe(value);
    }
    const Snapshot taken = histogram.snapshot();
    EXPECT_EQ(taken.buckets[0], 2U) << "a bound belongs to its bucket";
    EXPECT_EQ(taken.buckets[1], 1U);
    EXPECT_EQ(taken.buckets[2], 1U);
    EXPECT_EQ(taken.buckets[3], 1U) << "beyond the last";
    EXPECT_EQ(taken.count(), 5U);
    EXPECT_DOUBLE_EQ(taken.sum, 15.0);
}

TEST(Histogram, AddsUpWhatSeveralHold) {
    Histogram one{request_seconds};
    Histogram other{request_seconds};
    one.observe_alone(0.003);
    other.observe_alone(0.003);
    other.observe(std::chrono::milliseconds{250});
    Snapshot all;
    one.add_to(all);
    other.add_to(all);
    EXPECT_EQ(all.count(), 3U);
    EXPECT_NEAR(all.sum, 0.256, 1e-9);
}

TEST(Counter, LosesNothingOfManyThreads) {
    Counter counter;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 10'000; ++n) {
                counter.add();
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(counter.value(), 40'000U);
}

} // namespace personalify::metrics

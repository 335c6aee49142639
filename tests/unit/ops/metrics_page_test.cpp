#include "ops/metrics_page.hpp"

#include <gtest/gtest.h>

namespace personalify::ops {

TEST(MetricsPage, WritesFamiliesAndSamples) {
    MetricsPage page;
    page.counter("seen_total", "What was seen.", 12);
    page.family("left_seconds", metrics::Kind::gauge, "What is left.");
    page.sample({{"of", "a"}, {"in", "b \"c\" \\ \n"}}, 0.25);
    EXPECT_EQ(page.take(), "# HELP seen_total What was seen.\n# TYPE seen_total counter\nseen_total 12\n"
                           "# HELP left_seconds What is left.\n# TYPE left_seconds gauge\n"
                           "left_seconds{of=\"a\",in=\"b \\\"c\\\" \\\\ \\n\"} 0.25\n");
}

TEST(MetricsPage, CumulatesBuckets) {
    static constexpr std::array<double, 2> bounds{0.5, 2};
    metrics::Histogram histogram{bounds};
    histogram.observe(0.25);
    histogram.observe(1);
    histogram.observe(4);
    MetricsPage page;
    page.family("took_seconds", metrics::Kind::histogram, "How long.");
    page.sample({{"by", "x"}}, histogram.snapshot());
    EXPECT_EQ(page.take(),
              "# HELP took_seconds How long.\n# TYPE took_seconds histogram\n"
              "took_seconds_bucket{by=\"x\",le=\"0.5\"} 1\ntook_seconds_bucket{by=\"x\",le=\"2\"} 2\n"
              "took_seconds_bucket{by=\"x\",le=\"+Inf\"} 3\ntook_seconds_sum{by=\"x\"} 5.25\n"
              "took_seconds_count{by=\"x\"} 3\n");
}

TEST(Process, SaysWhatTheKernelSays) {
    MetricsPage page;
    measure_process(page);
    const std::string text = page.take();
    for (const char* name :
         {"process_cpu_seconds_total ", "process_resident_memory_bytes ", "process_threads ",
          "process_open_fds ", "process_max_fds ", "process_start_time_seconds "}) {
        EXPECT_TRUE(text.contains(std::string{"\n"} + name)) << name;
    }
}

} // namespace personalify::ops

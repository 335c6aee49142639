#include "ops/log.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace personalify::ops {

namespace {

const TimePoint noon = from_millis(1'800'000'000'123);
const std::vector<Field> fields{
    {"service", "genius-api"}, {"detail", "not now"}, {"status", 503}, {"ms", 1.5}};

} // namespace

TEST(Log, WritesOneObjectALine) {
    EXPECT_EQ(json_line(noon, Level::warning, "upstream.failed", fields),
              R"({"time":"2027-01-15T08:00:00.123Z","level":"warning","event":"upstream.failed",)"
              R"("service":"genius-api","detail":"not now","status":503,"ms":1.500})");
}

TEST(Log, WritesLinesForReading) {
    EXPECT_EQ(
        console_line(noon, Level::info, "upstream.failed", fields),
        "08:00:00.123 info    upstream.failed  service=genius-api  detail=\"not now\"  status=503  ms=1.500");
}

TEST(Log, KeepsALineOneLine) {
    const std::vector<Field> bad{{"cause", "a\nb\x1b[31m \"c\""}};
    EXPECT_EQ(console_line(noon, Level::error, "e", bad),
              "08:00:00.123 error   e  cause=\"a\\u000ab\\u001b[31m \\\"c\\\"\"");
}

} // namespace personalify::ops

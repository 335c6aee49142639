#include "http/trace_context.hpp"

#include <gtest/gtest.h>

#include <string>

namespace personalify::http {

namespace {
const std::string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
const std::string rest = "-00f067aa0ba902b7-01";
} // namespace

TEST(TraceContext, GivesTheTraceOfAValidHeader) {
    EXPECT_EQ(trace_id_of("00-" + trace + rest), trace);
    EXPECT_EQ(trace_id_of("cc-" + trace + rest + "-what-will-be"), trace) << "a later version may say more";
}

TEST(TraceContext, IgnoresWhatIsNotValid) {
    for (const std::string& header :
         {std::string{}, "00-" + trace, "00-" + trace + rest + "-more", "ff-" + trace + rest,
          "00-" + std::string(32, '0') + rest, "00-" + trace + "-0000000000000000-01",
          "00-" + trace + "-00f067aa0ba902b7-0g", "00_" + trace + rest, "0A-" + trace + rest,
          "cc-" + trace + rest + "more"}) {
        EXPECT_EQ(trace_id_of(header), "") << header;
    }
}

} // namespace personalify::http

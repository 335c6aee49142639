#include "core/claims.hpp"
#include "support/run_task.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace personalify {

namespace {

using namespace std::chrono_literals;
using test::run;

} // namespace

TEST(Claims, TheFirstOneDoesTheWork) {
    Claims<int> claims;
    const auto first = claims.claim("a");
    const auto second = claims.claim("a");
    EXPECT_TRUE(first.is_mine);
    EXPECT_FALSE(second.is_mine);
    EXPECT_TRUE(claims.claim("b").is_mine);
    claims.land(first, 7);
    EXPECT_EQ(run(claims.result(second, 60s)), 7) << "also when it landed before the wait";
    EXPECT_EQ(claims.size(), 1U);
    EXPECT_TRUE(claims.claim("a").is_mine) << "a result is not kept";
}

TEST(Claims, OthersWaitOnTheirOwnShard) {
    Claims<int> claims;
    const auto mine = claims.claim("a");
    std::optional<Result<int>> seen;
    std::thread other{[&, theirs = claims.claim("a")] { seen = run(claims.result(theirs, 60s)); }};
    claims.land(mine, 7); // before or during the wait
    other.join();
    EXPECT_EQ(seen.value().value(), 7);
}

TEST(Claims, FailuresReachEverybody) {
    Claims<int> claims;
    const auto mine = claims.claim("a");
    claims.land(mine, fail(Errc::rate_limited, "no"));
    EXPECT_EQ(run(claims.result(mine, 60s)).error().code, Errc::rate_limited);
}

TEST(Claims, PatienceEnds) {
    Claims<int> claims;
    const auto mine = claims.claim("a");
    EXPECT_EQ(run(claims.result(claims.claim("a"), 0ms)).error().code, Errc::upstream_unavailable);
    claims.land(mine, 7);
    EXPECT_EQ(claims.size(), 0U);
}

} // namespace personalify

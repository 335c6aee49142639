#include "core/fan_out.hpp"
#include "support/run_task.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <gmock/gmock.h>

namespace personalify {

namespace {

using test::run;

/// Work that takes a few turns of the loop.
class Works {
public:
    explicit Works(std::size_t failing = 100)
        : failing_(failing) {}

    Task<Result<>> fan_out(std::size_t count, std::size_t at_once) {
        return personalify::fan_out(count, at_once, [this](std::size_t i) { return work(i); });
    }

    std::vector<std::size_t> begun;
    std::size_t now = 0;
    std::size_t most = 0;

private:
    Task<Result<>> work(std::size_t i) {
        begun.push_back(i);
        most = std::max(most, ++now);
        for (int turn = 0; turn < 3; ++turn) {
            co_await asio::post(co_await asio::this_coro::executor, use_task);
        }
        --now;
        if (i == failing_) {
            co_return fail(Errc::rate_limited, "no");
        }
        co_return Result<>{};
    }

    std::size_t failing_;
};

} // namespace

TEST(FanOut, DoesAllAFewAtOnce) {
    Works works;
    EXPECT_TRUE(run(works.fan_out(10, 3)));
    EXPECT_EQ(works.most, 3U);
    EXPECT_THAT(works.begun, testing::UnorderedElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
}

TEST(FanOut, NothingToDoIsDone) {
    Works works;
    EXPECT_TRUE(run(works.fan_out(0, 3)));
    EXPECT_EQ(works.most, 0U);
}

TEST(FanOut, AFailureBeginsNothingNewAndWaitsForTheRest) {
    Works works{1};
    const Result<> done = run(works.fan_out(10, 2));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, Errc::rate_limited);
    EXPECT_EQ(works.now, 0U) << "none is left under way";
    EXPECT_LE(works.begun.size(), 3U);
}

} // namespace personalify

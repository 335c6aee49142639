#include "core/single_flight.hpp"
#include "net/blocking_pool.hpp"
#include "support/run_task.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>

namespace personalify {

namespace {

using namespace std::chrono_literals;
using test::run;

constexpr std::chrono::milliseconds patient{60s};

class SingleFlightTest : public ::testing::Test {
protected:
    /// Work that counts its runs and lands when the gate opens.
    SingleFlight<int>::Work gated(std::shared_ptr<std::latch> gate, int value) {
        return [this, gate = std::move(gate), value] { return pass(gate, value); };
    }
    /// Work that counts its runs and lands at once.
    SingleFlight<int>::Work immediate(Result<int> result) {
        return [this, result = std::move(result)] { return answer(result); };
    }
    Task<Result<int>> pass(std::shared_ptr<std::latch> gate, int value) {
        ++runs_;
        return pool_.run([gate, value]() -> Result<int> {
            gate->wait();
            return value;
        });
    }
    Task<Result<int>> answer(Result<int> result) {
        ++runs_;
        co_return result;
    }
    Task<Result<int>> explode() {
        ++runs_;
        throw std::runtime_error("unexpected");
        co_return 0;
    }

    net::BlockingPool pool_{"test", 2, 10};
    SingleFlight<int> flights_;
    std::atomic<int> runs_ = 0;
};

} // namespace

TEST_F(SingleFlightTest, CallersOnTwoShardsShareOneRun) {
    constexpr int callers_per_shard = 50;
    asio::io_context shards[2]{asio::io_context{1}, asio::io_context{1}};
    auto all_joined = std::make_shared<std::latch>(2);
    std::atomic<int> answers = 0;
    for (asio::io_context& shard : shards) {
        for (int i = 0; i < callers_per_shard; ++i) {
            asio::co_spawn(shard.get_executor(), flights_.run("key", patient, gated(all_joined, 42)),
                           [&answers](std::exception_ptr, const Result<int>& result) {
                               answers += result == 42 ? 1 : 0;
                           });
        }
        asio::post(shard, [all_joined] { all_joined->count_down(); }); // runs after the callers have joined
    }
    std::thread other{[&] { shards[1].run(); }};
    shards[0].run();
    other.join();
    EXPECT_EQ(answers, 2 * callers_per_shard);
    EXPECT_EQ(runs_, 1);
    EXPECT_EQ(flights_.size(), 0U);
}

TEST_F(SingleFlightTest, KeysFlyApart) {
    auto both = std::make_shared<std::latch>(0);
    std::vector<Task<Result<int>>> calls;
    calls.push_back(flights_.run("a", patient, gated(both, 1)));
    calls.push_back(flights_.run("b", patient, gated(both, 2)));
    const std::vector<Result<int>> results = test::run_all(std::move(calls));
    EXPECT_EQ(results[0], 1);
    EXPECT_EQ(results[1], 2);
    EXPECT_EQ(runs_, 2);
}

TEST_F(SingleFlightTest, ALaterCallRunsAgain) {
    EXPECT_EQ(run(flights_.run("key", patient, immediate(1))), 1);
    EXPECT_EQ(run(flights_.run("key", patient, immediate(2))), 2);
    EXPECT_EQ(runs_, 2);
}

TEST_F(SingleFlightTest, AnErrorIsSharedButNotKept) {
    std::vector<Task<Result<int>>> calls;
    for (int i = 0; i < 3; ++i) {
        calls.push_back(
            flights_.run("key" + std::to_string(i), patient, immediate(fail(Errc::forbidden, "no"))));
    }
    for (const Result<int>& result : test::run_all(std::move(calls))) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, Errc::forbidden);
    }
    EXPECT_EQ(run(flights_.run("key0", patient, immediate(5))), 5);
}

TEST_F(SingleFlightTest, AnExceptionOfTheWorkIsAnInternalError) {
    const Result<int> result = run(flights_.run("key", patient, [this] { return explode(); }));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Errc::internal);
    EXPECT_EQ(result.error().cause, "unexpected");
    EXPECT_EQ(flights_.size(), 0U);
    EXPECT_EQ(run(flights_.run("key", patient, immediate(5))), 5);
}

TEST_F(SingleFlightTest, TheFlightGoesOnWhenItsFirstCallerRunsOutOfPatience) {
    auto gate = std::make_shared<std::latch>(1);
    asio::io_context shard{1};
    Result<int> impatient = 0;
    Result<int> later = 0;
    asio::co_spawn(shard.get_executor(), flights_.run("key", 1ms, gated(gate, 42)),
                   [&](std::exception_ptr, Result<int> first) {
                       impatient = std::move(first);
                       EXPECT_EQ(flights_.size(), 1U);
                       asio::co_spawn(
                           shard.get_executor(), flights_.run("key", patient, immediate(7)),
                           [&](std::exception_ptr, Result<int> second) { later = std::move(second); });
                       asio::post(shard, [gate] { gate->count_down(); }); // after the second has joined
                   });
    shard.run();
    ASSERT_FALSE(impatient);
    EXPECT_EQ(impatient.error().code, Errc::upstream_unavailable);
    EXPECT_EQ(later, 42);
    EXPECT_EQ(runs_, 1);
    EXPECT_EQ(flights_.size(), 0U);
}

Task<Result<int>> never_lands() {
    Timer timer(co_await asio::this_coro::executor, std::chrono::steady_clock::time_point::max());
    co_await timer.async_wait(use_task);
    co_return 0;
}

// Stopped in mid-flight: each timer has to go with its own loop. The address sanitizer sees it when one does
// not.
TEST(SingleFlightShutdown, AWaitersTimerDiesWithItsOwnShard) {
    SingleFlight<int> flights;
    auto first = std::make_unique<asio::io_context>(1);
    auto second = std::make_unique<asio::io_context>(1);
    const SingleFlight<int>::Work work = [] { return never_lands(); };
    const auto ignore = [](std::exception_ptr, const Result<int>&) {};
    for (asio::io_context* shard : {second.get(), first.get()}) {
        asio::co_spawn(*shard, flights.run("key", patient, work), ignore);
        shard->poll();
    }
    EXPECT_EQ(flights.size(), 1U);
    first.reset();
    second.reset();
    EXPECT_EQ(flights.size(), 1U) << "nothing landed";
}

} // namespace personalify

#include "core/concurrent.hpp"
#include "net/blocking_pool.hpp"
#include "support/run_task.hpp"

#include <gtest/gtest.h>

#include <latch>

namespace personalify {

namespace {

Task<Result<int>> meet(net::BlockingPool& pool, std::shared_ptr<std::latch> both, int value) {
    return pool.run([both = std::move(both), value]() -> Result<int> {
        both->arrive_and_wait();
        return value;
    });
}

Task<int> sum_of_two(net::BlockingPool& pool) {
    const Executor shard = co_await asio::this_coro::executor;
    auto both = std::make_shared<std::latch>(2);
    Started<Result<int>> first = start(shard, meet(pool, both, 1));
    Started<Result<int>> second = start(shard, meet(pool, both, 2));
    const Result<int> one = co_await first.value();
    const Result<int> two = co_await second.value();
    co_return one.value() + two.value();
}

Task<int> throwing() {
    throw std::runtime_error("unexpected");
    co_return 0;
}

Task<int> value_of_throwing() {
    const Executor shard = co_await asio::this_coro::executor;
    Started<int> started = start(shard, throwing());
    co_return co_await started.value();
}

Task<int> leave(net::BlockingPool& pool, std::shared_ptr<std::latch> gate) {
    const Executor shard = co_await asio::this_coro::executor;
    start(shard, meet(pool, gate, 1));
    gate->count_down();
    co_return 7;
}

/// What is there in time: nothing, then the value.
Task<std::pair<std::optional<Result<int>>, std::optional<Result<int>>>>
early_and_late(net::BlockingPool& pool, std::shared_ptr<std::latch> gate) {
    const Executor shard = co_await asio::this_coro::executor;
    Started<Result<int>> started = start(shard, meet(pool, gate, 1));
    auto early = co_await started.value_within(std::chrono::milliseconds{1});
    gate->count_down();
    auto late = co_await started.value_within(std::chrono::hours{1});
    co_return std::pair{std::move(early), std::move(late)};
}

Task<int> value_of_throwing_in_time() {
    const Executor shard = co_await asio::this_coro::executor;
    Started<int> started = start(shard, throwing());
    co_return (co_await started.value_within(std::chrono::hours{1})).value_or(0);
}

} // namespace

TEST(Started, TasksRunSideBySide) {
    net::BlockingPool pool{"test", 2, 10};
    EXPECT_EQ(test::run(sum_of_two(pool)), 3);
}

TEST(Started, ItsExceptionReachesTheOneWhoWaits) {
    EXPECT_THROW(test::run(value_of_throwing()), std::runtime_error);
    EXPECT_THROW(test::run(value_of_throwing_in_time()), std::runtime_error);
}

TEST(Started, GoesOnWhenItIsNotDoneInTime) {
    net::BlockingPool pool{"test", 1, 10};
    const auto [early, late] = test::run(early_and_late(pool, std::make_shared<std::latch>(2)));
    EXPECT_FALSE(early.has_value());
    ASSERT_TRUE(late.has_value());
    EXPECT_EQ(late->value(), 1);
}

TEST(Started, GoesOnWhenNobodyWaits) {
    net::BlockingPool pool{"test", 1, 10};
    EXPECT_EQ(test::run(leave(pool, std::make_shared<std::latch>(2))), 7);
}

} // namespace personalify

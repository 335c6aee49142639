#include "net/blocking_pool.hpp"
#include "support/run_task.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <pthread.h>
#include <stdexcept>

namespace personalify::net {

namespace {

using test::run;
using test::run_all;

struct Threads {
    std::thread::id before;
    std::thread::id during;
    std::thread::id after;
};

Task<Result<Threads>> threads_of_a_call(BlockingPool& pool) {
    Threads seen;
    seen.before = std::this_thread::get_id();
    const Result<std::thread::id> during =
        co_await pool.run([]() -> Result<std::thread::id> { return std::this_thread::get_id(); });
    seen.during = during.value();
    seen.after = std::this_thread::get_id();
    co_return seen;
}

/// Waits in the pool until the gate opens.
Task<Result<int>> wait_for(BlockingPool& pool, std::shared_ptr<std::latch> gate) {
    return pool.run([gate = std::move(gate)]() -> Result<int> {
        gate->wait();
        return 0;
    });
}

Task<Result<int>> open(std::shared_ptr<std::latch> gate) {
    gate->count_down();
    co_return 0;
}

} // namespace

TEST(BlockingPool, ReturnsWhatTheCallReturned) {
    BlockingPool pool{"test", 1, 10};
    EXPECT_EQ(run(pool.run([]() -> Result<std::string> { return "value"; })).value(), "value");
    const Result<> failed = run(pool.run([]() -> Result<> { return fail(Errc::not_found, "no"); }));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, Errc::not_found);
}

TEST(BlockingPool, CallsRunElsewhereAndResumeOnTheCallersShard) {
    BlockingPool pool{"test", 2, 100};
    std::vector<std::thread> shards;
    for (int i = 0; i < 3; ++i) {
        shards.emplace_back([&pool] {
            for (int call = 0; call < 20; ++call) {
                const Threads seen = run(threads_of_a_call(pool)).value();
                EXPECT_EQ(seen.before, std::this_thread::get_id());
                EXPECT_EQ(seen.after, std::this_thread::get_id());
                EXPECT_NE(seen.during, std::this_thread::get_id());
            }
        });
    }
    for (std::thread& shard : shards) {
        shard.join();
    }
}

TEST(BlockingPool, ItsThreadsHaveItsName) {
    BlockingPool pool{"a name that is too long", 1, 10};
    const Result<std::string> name = run(pool.run([]() -> Result<std::string> {
        char text[32] = "";
        pthread_getname_np(pthread_self(), text, sizeof text);
        return text;
    }));
    EXPECT_EQ(name.value(), "a name that is ");
}

TEST(BlockingPool, AnExceptionReachesTheCaller) {
    BlockingPool pool{"test", 1, 10};
    EXPECT_THROW((void)run(pool.run([]() -> Result<> { throw std::runtime_error("unexpected"); })),
                 std::runtime_error);
    EXPECT_TRUE(run(pool.run([]() -> Result<> { return {}; })));
}

TEST(BlockingPool, AFullQueueIsOverload) {
    BlockingPool pool{"test", 1, 2};
    auto gate = std::make_shared<std::latch>(1);
    std::vector<Task<Result<int>>> calls;
    for (int i = 0; i < 5; ++i) {
        calls.push_back(wait_for(pool, gate));
    }
    calls.push_back(open(gate));
    int overloaded = 0;
    for (const Result<int>& result : run_all(std::move(calls))) {
        overloaded += !result && result.error().code == Errc::overloaded ? 1 : 0;
    }
    EXPECT_GE(overloaded, 2); // two wait, and one more if the thread has taken its first by then
    EXPECT_LE(overloaded, 3);
    EXPECT_TRUE(run(pool.run([]() -> Result<> { return {}; })));
}

TEST(BlockingPool, WorksOnAsManyCallsAsItHasThreads) {
    BlockingPool pool{"test", 2, 10};
    auto both = std::make_shared<std::latch>(2);
    const auto meet = [both]() -> Result<int> {
        both->arrive_and_wait(); // never returns unless the other call runs at the same time
        return 0;
    };
    std::vector<Task<Result<int>>> calls;
    calls.push_back(pool.run(meet));
    calls.push_back(pool.run(meet));
    for (const Result<int>& result : run_all(std::move(calls))) {
        EXPECT_TRUE(result);
    }
}

TEST(BlockingPool, FinishesQueuedWorkBeforeItGoes) {
    asio::io_context loop{1};
    std::atomic<int> done = 0;
    {
        BlockingPool pool{"test", 1, 100};
        for (int i = 0; i < 50; ++i) {
            asio::co_spawn(loop.get_executor(), pool.run([&done]() -> Result<> {
                ++done;
                return {};
            }),
                           [](std::exception_ptr, const Result<>&) {});
        }
        loop.poll();
    }
    EXPECT_EQ(done, 50);
    loop.run();
}

} // namespace personalify::net

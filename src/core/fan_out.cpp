#include "core/fan_out.hpp"

#include "core/concurrent.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <vector>

namespace personalify {

namespace {

struct Job {
    std::size_t count;
    std::function<Task<Result<>>(std::size_t)> work;
    std::size_t next = 0;
    bool failed = false;
};

/// Takes one after the other until none is left or one failed.
Task<Result<>> work_on(std::shared_ptr<Job> job) {
    while (job->next < job->count && !job->failed) {
        Result<> done = co_await job->work(job->next++);
        if (!done) {
            job->failed = true;
            co_return done;
        }
    }
    co_return Result<>{};
}

} // namespace

Task<Result<>> fan_out(std::size_t count, std::size_t at_once,
                       std::function<Task<Result<>>(std::size_t)> work) {
    const Executor shard = co_await asio::this_coro::executor;
    const auto job = std::make_shared<Job>(count, std::move(work));
    std::vector<Started<Result<>>> workers;
    for (std::size_t i = 0; i < std::min(at_once, count); ++i) {
        workers.push_back(start(shard, work_on(job)));
    }
    Result<> done;
    for (Started<Result<>>& worker : workers) {
        Result<> ended = co_await worker.value();
        done = done ? std::move(ended) : std::move(done);
    }
    co_return done;
}

} // namespace personalify

#pragma once

#include "core/error.hpp"
#include "core/metrics.hpp"
#include "core/task.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

namespace personalify::net {

/// Named threads for calls that block (SQLite, libraries without an asynchronous interface), with a bounded
/// queue. Work already queued is finished before the destructor returns.
class BlockingPool {
public:
    /// `name` shows up as the threads' name (15 characters at most); `queue_limit` counts waiting calls.
    BlockingPool(std::string name, unsigned threads, std::size_t queue_limit);
    ~BlockingPool();
    BlockingPool(const BlockingPool&) = delete;
    BlockingPool& operator=(const BlockingPool&) = delete;

    /// Runs `call` (returning a Result<T>) on a pool thread and resumes the caller on its own shard with what
    /// it returned; `overloaded` when the queue is full. An exception of the call is thrown to the caller.
    template <class Call>
    Task<std::invoke_result_t<Call&>> run(Call call) {
        using Outcome = std::invoke_result_t<Call&>;
        const Executor shard = co_await asio::this_coro::executor;
        auto start = [this, &call, &shard]<class Handler>(Handler&& handler) {
            auto finish = [handler = std::forward<Handler>(handler), guard = asio::make_work_guard(shard),
                           shard](std::exception_ptr failure, Outcome outcome) mutable {
                asio::post(shard,
                           [handler = std::move(handler), failure, outcome = std::move(outcome)]() mutable {
                               std::move(handler)(failure, std::move(outcome));
                           });
            };
            auto shared = std::make_shared<decltype(finish)>(std::move(finish));
            const bool queued = enqueue([shared, call = std::move(call)]() mutable {
                try {
                    (*shared)(nullptr, call());
                } catch (...) {
                    (*shared)(std::current_exception(), fail(Errc::internal, "blocking call failed"));
                }
            });
            if (!queued) {
                (*shared)(nullptr, fail(Errc::overloaded, "The service is busy. Please try again."));
            }
        };
        co_return co_await asio::async_initiate<const asio::use_awaitable_t<Executor>&,
                                                void(std::exception_ptr, Outcome)>(start, use_task);
    }

    const std::string& name() const { return name_; }
    std::size_t queued() const {
        const std::lock_guard lock(mutex_);
        return queue_.size();
    }
    /// Calls that found the queue full.
    std::uint64_t rejected() const { return rejected_.value(); }

private:
    bool enqueue(std::function<void()> work);
    void serve(const std::string& name);

    std::string name_;
    metrics::Counter rejected_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    std::size_t queue_limit_;
    bool closing_ = false;
    std::vector<std::thread> threads_;
};

} // namespace personalify::net

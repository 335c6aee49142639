#pragma once

#include "core/error.hpp"
#include "core/task.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace personalify {

/// A timer on a shard.
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;

/// Runs equal work once: while a call for a key is under way, further callers, on any shard, wait for its
/// result instead of starting their own. The work goes on when its first caller leaves.
template <class T>
class SingleFlight {
public:
    using Work = std::function<Task<Result<T>>()>;

    /// Result of the flight for `key`, started with `work` if there is none. Waits at most `patience`, then
    /// answers upstream_unavailable; the flight itself goes on and its own deadlines end it.
    Task<Result<T>> run(std::string key, std::chrono::milliseconds patience, Work work) {
        const Executor shard = co_await asio::this_coro::executor;
        auto waiter = std::make_shared<Waiter>(shard);
        std::shared_ptr<Flight> flight = join(key, waiter);
        if (flight == nullptr) {
            flight = start(shard, key, waiter, std::move(work));
        }
        waiter->timer.expires_after(patience);
        if (!flight->done()) { // the landing posts its wake-up to this shard: it can't come before the wait
            co_await waiter->timer.async_wait(asio::as_tuple(use_task));
        }
        co_return flight->result();
    }

    /// How many flights are under way.
    std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return flights_.size();
    }

private:
    struct Waiter {
        explicit Waiter(Executor on)
            : shard(on)
            , timer(on) {}
        Executor shard;
        Timer timer;
    };

    /// A timer must die with its own shard: a flight, which may belong to another one, never owns it.
    struct Waiting {
        Executor shard;
        std::weak_ptr<Waiter> waiter;
    };

    class Flight {
    public:
        void add(const std::shared_ptr<Waiter>& waiter) { waiters_.push_back({waiter->shard, waiter}); }
        bool done() const {
            const std::lock_guard lock(mutex_);
            return landed_ != nullptr;
        }
        Result<T> result() const {
            const std::lock_guard lock(mutex_);
            return landed_ ? *landed_
                           : Result<T>{fail(Errc::upstream_unavailable,
                                            "This is taking too long. Please try again.")};
        }
        void land(Result<T> result) {
            const std::lock_guard lock(mutex_);
            landed_ = std::make_unique<Result<T>>(std::move(result));
        }
        std::vector<Waiting> take_waiters() { return std::exchange(waiters_, {}); }

    private:
        mutable std::mutex mutex_;
        std::unique_ptr<Result<T>> landed_;
        std::vector<Waiting> waiters_; ///< guarded by SingleFlight::mutex_
    };

    std::shared_ptr<Flight> join(const std::string& key, const std::shared_ptr<Waiter>& waiter) {
        const std::lock_guard lock(mutex_);
        const auto at = flights_.find(key);
        if (at == flights_.end()) {
            return nullptr;
        }
        at->second->add(waiter);
        return at->second;
    }

    std::shared_ptr<Flight> start(Executor shard, const std::string& key,
                                  const std::shared_ptr<Waiter>& waiter, Work work) {
        std::shared_ptr<Flight> flight;
        {
            const std::lock_guard lock(mutex_);
            auto& slot = flights_[key];
            if (slot != nullptr) { // another shard was faster
                slot->add(waiter);
                return slot;
            }
            slot = std::make_shared<Flight>();
            slot->add(waiter);
            flight = slot;
        }
        asio::co_spawn(shard, fly(key, flight, std::move(work)), [](std::exception_ptr) {});
        return flight;
    }

    Task<void> fly(std::string key, std::shared_ptr<Flight> flight, Work work) {
        Result<T> result = fail(Errc::internal, "Internal Server Error");
        try {
            result = co_await work();
        } catch (const std::exception& failure) {
            result = fail(Errc::internal, "Internal Server Error", failure.what());
        }
        std::vector<Waiting> waiters;
        flight->land(std::move(result));
        {
            const std::lock_guard lock(mutex_);
            flights_.erase(key);
            waiters = flight->take_waiters();
        }
        for (const Waiting& waiting : waiters) {
            asio::post(waiting.shard, [waiter = waiting.waiter] {
                if (const std::shared_ptr<Waiter> still_there = waiter.lock()) {
                    still_there->timer.cancel();
                }
            });
        }
    }

    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<Flight>> flights_;
};

} // namespace personalify

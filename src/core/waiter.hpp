#pragma once

#include "core/timer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <memory>
#include <utility>

namespace personalify {

/// Somebody who waits on a shard until another one, of any shard, wakes it.
class Waiter {
public:
    explicit Waiter(Executor shard)
        : shard_(std::move(shard))
        , timer_(shard_) {}

    /// At most that long. Wake-ups are posted to this shard: none that was sent since the task last gave way
    /// is missed.
    Task<void> wait(std::chrono::milliseconds patience) {
        timer_.expires_after(patience);
        co_await timer_.async_wait(asio::as_tuple(use_task));
    }

private:
    friend class Waiting;
    Executor shard_;
    Timer timer_;
};

/// How others know a waiter. They never own it: its timer must die with its own shard, which may not be
/// theirs.
class Waiting {
public:
    explicit Waiting(const std::shared_ptr<Waiter>& waiter)
        : shard_(waiter->shard_)
        , waiter_(waiter) {}

    /// Whether it has lost patience; its shard may be gone as well.
    bool is_over() const { return waiter_.expired(); }

    void wake() const {
        if (is_over()) {
            return;
        }
        asio::post(shard_, [waiter = waiter_] {
            if (const std::shared_ptr<Waiter> still_there = waiter.lock()) {
                still_there->timer_.cancel();
            }
        });
    }

private:
    Executor shard_;
    std::weak_ptr<Waiter> waiter_;
};

} // namespace personalify

#pragma once

#include "core/single_flight.hpp"

#include <boost/asio/post.hpp>

#include <chrono>
#include <memory>

namespace personalify::app {

/// Wakes one who waits for work. Rung from any thread; belongs to the shard it was made for.
class Bell : public std::enable_shared_from_this<Bell> {
public:
    explicit Bell(Executor shard)
        : shard_(shard)
        , timer_(shard) {}

    /// Any thread, for as long as somebody holds the bell.
    void ring() {
        asio::post(shard_, [there = weak_from_this()] {
            if (const std::shared_ptr<Bell> bell = there.lock()) {
                bell->rang_ = true;
                bell->timer_.cancel();
            }
        });
    }
    /// On the bell's shard: until it rings, or rang since the last time, or for that long.
    Task<void> wait(std::chrono::milliseconds longest) {
        if (!rang_) {
            timer_.expires_after(longest);
            co_await timer_.async_wait(asio::as_tuple(use_task));
        }
        rang_ = false;
    }

private:
    Executor shard_;
    Timer timer_;
    bool rang_ = false;
};

} // namespace personalify::app

#pragma once

#include "core/error.hpp"
#include "core/waiter.hpp"

#include <boost/asio/this_coro.hpp>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace personalify {

/// Does equal work once: whoever claims a key first does the work, maybe with others of its own in one batch,
/// and lands it; all who claim it meanwhile, on any shard, wait for that.
template <class T>
class Claims {
    struct Flight;

public:
    struct Claim {
        std::string key;
        bool is_mine = false; ///< to be landed, whatever happens
        std::shared_ptr<Flight> flight;
    };

    Claim claim(std::string key) {
        const std::lock_guard lock(mutex_);
        auto& flight = flights_[key];
        const bool is_new = flight == nullptr;
        if (is_new) {
            flight = std::make_shared<Flight>();
        }
        return {std::move(key), is_new, flight};
    }

    /// The result for everybody who waits.
    void land(const Claim& claim, Result<T> result) {
        std::vector<Waiting> waiters;
        {
            const std::lock_guard lock(mutex_);
            claim.flight->landed.emplace(std::move(result));
            waiters = std::exchange(claim.flight->waiters, {});
            flights_.erase(claim.key);
        }
        for (const Waiting& waiting : waiters) {
            waiting.wake();
        }
    }

    /// What it landed with; upstream_unavailable when that takes longer than `patience`.
    Task<Result<T>> result(Claim claim, std::chrono::milliseconds patience) {
        const auto waiter = std::make_shared<Waiter>(co_await asio::this_coro::executor);
        if (wait_for(*claim.flight, waiter)) {
            co_await waiter->wait(patience);
        }
        const std::lock_guard lock(mutex_);
        if (claim.flight->landed) {
            co_return *claim.flight->landed;
        }
        co_return fail(Errc::upstream_unavailable, "This is taking too long. Please try again.");
    }

    /// How many keys are under way.
    std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return flights_.size();
    }

private:
    /// Guarded by Claims::mutex_.
    struct Flight {
        std::optional<Result<T>> landed;
        std::vector<Waiting> waiters;
    };

    /// False when there is nothing to wait for.
    bool wait_for(Flight& flight, const std::shared_ptr<Waiter>& waiter) {
        const std::lock_guard lock(mutex_);
        if (flight.landed) {
            return false;
        }
        flight.waiters.emplace_back(waiter);
        return true;
    }

    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<Flight>> flights_;
};

} // namespace personalify

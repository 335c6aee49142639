#pragma once

#include "core/claims.hpp"

#include <boost/asio/co_spawn.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <string>
#include <utility>

namespace personalify {

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
        Claim claim = claims_.claim(std::move(key));
        if (claim.is_mine) {
            asio::co_spawn(shard, fly(claim, std::move(work)), [](std::exception_ptr) {});
        }
        co_return co_await claims_.result(std::move(claim), patience);
    }

    /// How many flights are under way.
    std::size_t size() const { return claims_.size(); }

private:
    using Claim = Claims<T>::Claim;

    Task<void> fly(Claim claim, Work work) {
        Result<T> result = fail(Errc::internal, "Internal Server Error");
        try {
            result = co_await work();
        } catch (const std::exception& failure) {
            result = fail(Errc::internal, "Internal Server Error", failure.what());
        }
        claims_.land(claim, std::move(result));
    }

    Claims<T> claims_;
};

} // namespace personalify

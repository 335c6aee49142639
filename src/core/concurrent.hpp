#pragma once

#include "core/timer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

namespace personalify {

/// A task that is under way beside its starter, on the same shard. It goes on when nobody waits for it; its
/// own deadlines end it. One waits for it at a time.
template <class T>
class Started {
public:
    Started(Executor shard, Task<T> task)
        : state_(std::make_shared<State>(shard)) {
        asio::co_spawn(shard, std::move(task), [state = state_](std::exception_ptr failure, T value) {
            state->failure = failure;
            if (!failure) {
                state->value.emplace(std::move(value));
            }
            state->done = true;
            state->timer.cancel();
        });
    }

    /// The task's value, once. Rethrows what the task threw.
    Task<T> value() {
        const std::shared_ptr<State> state = state_;
        while (!state->done) {
            co_await state->timer.async_wait(asio::as_tuple(use_task));
        }
        if (state->failure) {
            std::rethrow_exception(state->failure);
        }
        co_return std::move(*state->value);
    }

    /// The value, or nullopt when it takes longer than that: the task goes on, and may be waited for again.
    Task<std::optional<T>> value_within(std::chrono::milliseconds time) {
        const std::shared_ptr<State> state = state_;
        const auto until = std::chrono::steady_clock::now() + time;
        state->timer.expires_at(until);
        while (!state->done && std::chrono::steady_clock::now() < until) {
            co_await state->timer.async_wait(asio::as_tuple(use_task));
        }
        if (!state->done) {
            state->timer.expires_at(std::chrono::steady_clock::time_point::max());
            co_return std::nullopt;
        }
        if (state->failure) {
            std::rethrow_exception(state->failure);
        }
        co_return std::move(state->value);
    }

private:
    struct State {
        explicit State(Executor shard)
            : timer(shard, std::chrono::steady_clock::time_point::max()) {}
        Timer timer;
        std::optional<T> value;
        std::exception_ptr failure;
        bool done = false;
    };

    std::shared_ptr<State> state_;
};

/// Starts `task` beside the current one: `auto me = start(co_await asio::this_coro::executor,
/// api.me(token))`.
template <class T>
Started<T> start(Executor shard, Task<T> task) {
    return Started<T>{shard, std::move(task)};
}

} // namespace personalify

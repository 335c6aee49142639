#pragma once

#include "core/task.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace personalify::test {

/// Runs the task on a loop of its own until it is done; returns its result or throws what it threw.
template <class T>
T run(Task<T> task) {
    asio::io_context loop{1};
    std::exception_ptr failure;
    bool done = false;
    if constexpr (std::is_void_v<T>) {
        asio::co_spawn(loop.get_executor(), std::move(task), [&](std::exception_ptr thrown) {
            failure = thrown;
            done = true;
        });
        loop.run();
    } else {
        std::optional<T> result;
        asio::co_spawn(loop.get_executor(), std::move(task), [&](std::exception_ptr thrown, T value) {
            failure = thrown;
            result = std::move(value);
            done = true;
        });
        loop.run();
        if (done && !failure) {
            return *std::move(result);
        }
    }
    if (!done) {
        throw std::logic_error("the task waits for something that never comes");
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
    if constexpr (!std::is_void_v<T>) {
        std::unreachable();
    }
}

/// Runs the tasks side by side on one loop; results in the order of the tasks.
template <class T>
std::vector<T> run_all(std::vector<Task<T>> tasks) {
    asio::io_context loop{1};
    std::exception_ptr failure;
    std::vector<std::optional<T>> results(tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        asio::co_spawn(loop.get_executor(), std::move(tasks[i]), [&, i](std::exception_ptr thrown, T value) {
            failure = failure ? failure : thrown;
            results[i] = std::move(value);
        });
    }
    loop.run();
    if (failure) {
        std::rethrow_exception(failure);
    }
    std::vector<T> values;
    for (std::optional<T>& result : results) {
        values.push_back(std::move(result).value());
    }
    return values;
}

} // namespace personalify::test

#pragma once

#include "core/task.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <string>
#include <vector>

namespace personalify::test {

/// Lets everything else on the loop run, that many times: how a fake takes its time without a clock.
inline Task<void> pass_turns(int turns) {
    const Executor loop = co_await asio::this_coro::executor;
    for (int i = 0; i < turns; ++i) {
        co_await asio::post(loop, use_task);
    }
}

/// What happened, in order, where a test asks for an order.
struct Journal {
    std::vector<std::string> entries;
    void note(std::string what) { entries.push_back(std::move(what)); }
};

} // namespace personalify::test

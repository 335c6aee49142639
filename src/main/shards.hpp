#pragma once

#include "core/task.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <memory>
#include <thread>
#include <vector>

namespace personalify {

/// The event loops of the program: one io_context and one thread per shard.
class Shards {
public:
    /// `count` 0: one per core.
    explicit Shards(unsigned count);
    ~Shards();
    Shards(const Shards&) = delete;
    Shards& operator=(const Shards&) = delete;

    std::vector<asio::io_context*> contexts() const;
    asio::io_context& first() const { return *contexts_.front(); }

    /// Runs all loops, the first one on the calling thread; returns after stop().
    void run();
    /// Ends all loops; from any thread.
    void stop();

private:
    std::vector<std::unique_ptr<asio::io_context>> contexts_;
    std::vector<asio::executor_work_guard<Executor>> work_;
    std::vector<std::thread> threads_;
};

} // namespace personalify

#pragma once

#include "core/metrics.hpp"
#include "core/task.hpp"

#include <atomic>
#include <exception>
#include <filesystem>
#include <functional>
#include <list>
#include <string>
#include <string_view>

namespace personalify {

/// What runs beside requests and should never end, each by name. Any thread may look.
class Workers {
public:
    /// Runs the task on `shard`; what it throws is logged.
    void start(Executor shard, std::string_view name, Task<void> task);
    /// "ok", or which of them have ended.
    std::string state() const;
    void measure(metrics::Sink& sink) const;

private:
    struct Worker {
        std::string_view name;
        std::atomic<bool> alive = true;
    };
    std::list<Worker> workers_; ///< filled before there are requests
};

/// "ok", or how little room the folder's disk has left.
std::string disk_state(const std::filesystem::path& folder);
/// Bytes that are free for us there.
double disk_free(const std::filesystem::path& folder);

} // namespace personalify

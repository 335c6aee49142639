#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace personalify {

/// A bar on standard error for work that takes more than a second, when that is a terminal.
class Progress {
public:
    /// `share` tells how far the work is, 0 to 1; called from another thread until the bar is destroyed.
    Progress(std::string what, std::function<double()> share);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

private:
    void draw(const std::stop_token& stop) const;

    std::string what_;
    std::function<double()> share_;
    std::jthread thread_; ///< only for a terminal
};

/// For work that counts what it has done: bytes, rows.
struct Counted {
    std::atomic<std::int64_t> done = 0;
    std::int64_t all = 0;
    double share() const {
        return all > 0 ? static_cast<double>(done.load()) / static_cast<double>(all) : 1.0;
    }
};

} // namespace personalify

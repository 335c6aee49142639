#pragma once

#include "upstream/common/timing.hpp"

#include <mutex>

namespace personalify::upstream {

/// Spaces calls: one at a time may begin, `interval` after the one before, whatever shards they come from.
class Pacer {
public:
    Pacer(std::chrono::milliseconds interval, Timing timing)
        : interval_(interval)
        , timing_(std::move(timing)) {}

    /// Waits for a turn; overloaded, at once, when that would be after `deadline`.
    Task<Result<>> turn(TimePoint deadline);

private:
    std::chrono::milliseconds interval_;
    Timing timing_;
    std::mutex mutex_;
    TimePoint next_{}; ///< guarded by mutex_
};

/// Sends each call in a turn of its own, second tries too. What it waits comes off the call's time. `pacer`
/// and `clock` must outlive the result.
Send paced(Send send, Pacer& pacer, const Clock& clock);

} // namespace personalify::upstream

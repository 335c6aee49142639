#pragma once

#include "app/ports/spotify.hpp"
#include "app/ports/upstream_state.hpp"
#include "upstream/spotify/timing.hpp"

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace personalify::spotify {

/// How often a service may be called by the whole application.
struct CallBudget {
    int calls = 0; ///< per window; 0: not counted
    std::chrono::seconds window{30};
    /// Of these, what jobs in the background may take; the rest is kept for users who wait.
    int background_calls() const { return calls - calls / 3; }
};

/// Stands before one service, for all users and shards: spreads calls over the rolling window in which
/// Spotify counts them, and keeps everybody away from a service that asked for it ("closed until").
class Governor {
public:
    using Report = std::function<void(std::string_view what, const Error&)>;

    /// `name` is the key under which `states` keeps "closed until".
    Governor(std::string name, CallBudget budget, app::UpstreamStateStore& states, Timing timing,
             Report report);

    /// Reads the stored "closed until".
    Task<void> restore();

    /// Waits in line for a place, at most `patience`; rate_limited with retry_after when it would take longer
    /// or the line is full.
    Task<Result<>> admit(app::Urgency urgency, std::chrono::milliseconds patience);

    /// Nobody calls before `until`. Long closures are stored, by a task on `shard`.
    void close_until(TimePoint until, Executor shard);

    /// One look at the line, without waiting.
    struct Place {
        bool admitted = false;
        bool refused = false;
        bool reserved = false;             ///< the place at now + wait is taken, nothing else to ask for
        std::chrono::milliseconds wait{0}; ///< until the place, or until a refused caller may come back
    };
    Place take_place(app::Urgency urgency, std::chrono::milliseconds patience);

private:
    static Task<void> persist(app::UpstreamStateStore& states, std::string name, TimePoint until,
                              Report report);

    std::string name_;
    CallBudget budget_;
    app::UpstreamStateStore& states_;
    Timing timing_;
    Report report_;
    std::shared_ptr<std::atomic<int>> waiting_ = std::make_shared<std::atomic<int>>(0);

    std::mutex mutex_;            ///< guards the rest
    std::deque<TimePoint> calls_; ///< of the last window, and those reserved for waiting users; ascending
    TimePoint closed_until_{};
    TimePoint stored_until_{};
};

} // namespace personalify::spotify

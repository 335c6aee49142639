#pragma once

#include "app/ports/spotify.hpp"
#include "upstream/common/closure.hpp"
#include "upstream/common/timing.hpp"
#include "upstream/spotify/spotify.hpp"

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace personalify::spotify {

using upstream::Timing;

/// How often a service may be called by the whole application.
struct CallBudget {
    int calls = 0; ///< per window; 0: not counted
    std::chrono::seconds window{30};
    /// Of these, what jobs in the background may take; the rest is kept for users who wait.
    int background_calls() const { return calls - calls / 3; }
    /// Of these, what looks at the live player may take at most.
    int player_calls() const { return (calls + 1) / 2; }
    /// How many calls of all kinds leave no more room for the player.
    int filled_for_player() const { return calls - calls / 6; }
};

/// Stands before one service, for all users and shards: spreads calls over the rolling window in which
/// Spotify counts them, and keeps everybody away from a service that asked for it ("closed until").
class Governor {
public:
    using Report = upstream::Report;

    /// `name` is the key under which `states` keeps "closed until".
    Governor(std::string name, CallBudget budget, app::UpstreamStateStore& states, const Timing& timing,
             Report report);

    /// Reads the stored "closed until".
    Task<void> restore() { return closure_.restore(); }

    /// Waits in line for a place, at most `patience`; rate_limited with retry_after when it would take longer
    /// or the line is full. The player never waits: too_many_requests with retry_after when its share is
    /// spent.
    Task<Result<>> admit(app::Urgency urgency, std::chrono::milliseconds patience);

    /// Nobody calls before `until`. Long closures are stored, by a task on `shard`.
    void close_until(TimePoint until, Executor shard, std::string why = "it refused or failed") {
        closure_.close_until(until, shard, std::move(why));
    }

    /// What is counted about the service.
    upstream::ServiceRecord& record() const { return closure_.record(); }
    /// How much of the budget is spent now.
    BudgetUse use();

    /// One look at the line, without waiting.
    struct Place {
        bool admitted = false;
        bool refused = false;
        bool closed = false;               ///< refused because the service asked for it
        bool reserved = false;             ///< the place at now + wait is taken, nothing else to ask for
        std::chrono::milliseconds wait{0}; ///< until the place, or until a refused caller may come back
    };
    Place take_place(app::Urgency urgency, std::chrono::milliseconds patience);

private:
    Place take_player_place(TimePoint now);
    void forget_old_calls(TimePoint now);

    CallBudget budget_;
    Timing timing_;
    upstream::Closure closure_;
    std::shared_ptr<std::atomic<int>> waiting_ = std::make_shared<std::atomic<int>>(0);

    std::mutex mutex_;            ///< guards the rest
    std::deque<TimePoint> calls_; ///< of the last window, and those reserved for waiting users; ascending
    std::deque<TimePoint> player_calls_; ///< those of the player, of the last window; ascending
};

} // namespace personalify::spotify

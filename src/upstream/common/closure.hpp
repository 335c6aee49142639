#pragma once

#include "app/ports/upstream_state.hpp"
#include "core/clock.hpp"
#include "core/task.hpp"

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace personalify::upstream {

/// The longest that a service's own word (Retry-After) keeps us away.
inline constexpr std::chrono::hours longest_closure{24 * 7};

/// Told of what fails behind the callers' backs. Any thread.
using Report = std::function<void(std::string_view what, const Error&)>;

/// The name of a closure that may be about a key: whoever corrects the key does not have to wait.
std::string closure_of_key(std::string_view service, std::string_view key);

/// "Closed until" of one service, for all shards and over restarts.
class Closure {
public:
    /// `name` is the key under which `states` keeps it. A stored time further ahead than `longest` is not
    /// believed: a clock once wrong must not close us for years.
    Closure(std::string name, app::UpstreamStateStore& states, const Clock& clock, Report report,
            std::chrono::seconds longest = longest_closure);

    /// Reads what was stored.
    Task<void> restore();

    TimePoint until() const;
    /// How long it is still closed, at least a second; nullopt when it is open.
    std::optional<std::chrono::seconds> left() const;

    /// Nobody calls before `until`; never makes it shorter. Closures of more than a minute are stored, by a
    /// task on `shard`.
    void close_until(TimePoint until, Executor shard);

private:
    static Task<void> persist(app::UpstreamStateStore& states, std::string name, TimePoint until,
                              Report report);

    std::string name_;
    app::UpstreamStateStore& states_;
    const Clock& clock_;
    Report report_;
    std::chrono::seconds longest_;

    mutable std::mutex mutex_; ///< guards the rest
    TimePoint until_{};
    TimePoint stored_until_{};
};

} // namespace personalify::upstream

#pragma once

#include "app/ports/upstream_state.hpp"
#include "core/clock.hpp"
#include "core/task.hpp"
#include "upstream/common/report.hpp"

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace personalify::upstream {

/// The longest that a service's own word (Retry-After) keeps us away.
inline constexpr std::chrono::hours longest_closure{24 * 7};

/// What a closure is called.
struct ClosureName {
    std::string service; ///< as operators see it
    std::string stored;  ///< under which "closed until" is kept

    ClosureName(std::string name) // NOLINT(google-explicit-constructor): most have one name for both
        : service(name)
        , stored(std::move(name)) {}
    ClosureName(const char* name) // NOLINT(google-explicit-constructor)
        : ClosureName(std::string{name}) {}
    ClosureName(std::string service_name, std::string stored_name)
        : service(std::move(service_name))
        , stored(std::move(stored_name)) {}
};

/// The name of a closure that may be about a key: whoever corrects the key does not have to wait.
ClosureName closure_of_key(std::string_view service, std::string_view key);

/// "Closed until" of one service, for all shards and over restarts.
class Closure {
public:
    /// `name` is the key under which `states` keeps it, and that of its record. A stored time further ahead
    /// than `longest` is not believed: a clock once wrong must not close us for years.
    Closure(ClosureName name, app::UpstreamStateStore& states, const Clock& clock, Report report,
            std::chrono::seconds longest = longest_closure);

    /// Reads what was stored.
    Task<void> restore();

    TimePoint until() const;
    /// How long it is still closed, at least a second; nullopt when it is open.
    std::optional<std::chrono::seconds> left() const;

    /// Nobody calls before `until`; never makes it shorter. Closures of more than a minute are stored, by a
    /// task on `shard`. `why` is for the operator.
    void close_until(TimePoint until, Executor shard, std::string why = "it refused or failed");

    /// What is counted about the service. Its name outlives all errors that bear it.
    ServiceRecord& record() const { return *record_; }

private:
    static Task<void> persist(app::UpstreamStateStore& states, std::string name, TimePoint until,
                              Report report);

    std::string name_;
    app::UpstreamStateStore& states_;
    const Clock& clock_;
    Report report_;
    std::shared_ptr<ServiceRecord> record_;
    std::chrono::seconds longest_;

    mutable std::mutex mutex_; ///< guards the rest
    TimePoint until_{};
    TimePoint stored_until_{};
};

} // namespace personalify::upstream

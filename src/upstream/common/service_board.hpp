#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "net/http_client.hpp"

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::upstream {

/// How a request to a service ended.
enum class CallOutcome : std::uint8_t {
    ok,      ///< an answer that says something, 404 included
    refused, ///< another 4xx: it does not want us, or not that
    limited, ///< 429
    timeout, ///< nothing, or not all, by the deadline
    error,   ///< 5xx, or no whole answer
};
CallOutcome outcome_of(const net::HttpResult& result);

/// Why a service was not asked.
enum class NotAsked : std::uint8_t {
    closed, ///< it is left alone
    budget, ///< too many calls of ours already
};

/// What is known of one service, for the operator. Any thread.
class ServiceRecord {
public:
    static constexpr std::size_t outcome_count = 5;

    explicit ServiceRecord(std::string name)
        : name_(std::move(name)) {}

    /// A fixed name of ours: "genius-api".
    const std::string& name() const { return name_; }
    void asked(CallOutcome outcome, std::chrono::duration<double> took) {
        calls_[static_cast<std::size_t>(outcome)].observe(took);
    }
    void not_asked(NotAsked why) { not_asked_[static_cast<std::size_t>(why)].add(); }

    struct Closed {
        TimePoint until{};
        std::string why; ///< may be shown to an operator: no secrets
    };
    /// As it was closed last; nullopt when it is open at `now`.
    std::optional<Closed> closed(TimePoint now) const;
    /// True when it was open until now.
    bool close(TimePoint now, TimePoint until, std::string why);
    /// True, once, when a closure has ended at `now`.
    bool opens(TimePoint now);

private:
    friend class ServiceBoard;
    std::string name_;
    std::array<metrics::Histogram, outcome_count> calls_{
        metrics::Histogram{metrics::call_seconds}, metrics::Histogram{metrics::call_seconds},
        metrics::Histogram{metrics::call_seconds}, metrics::Histogram{metrics::call_seconds},
        metrics::Histogram{metrics::call_seconds}};
    std::array<metrics::Counter, 2> not_asked_{};
    metrics::Counter closures_;
    mutable std::mutex mutex_; ///< guards the rest
    Closed closed_;
    bool is_closed_ = false; ///< and nobody was told that it ended
};

/// What happens to services. Any thread.
struct ServiceEvents {
    std::function<void(std::string_view service, TimePoint until, std::string_view why)> closed = nullptr;
    std::function<void(std::string_view service)> opened = nullptr;
};

/// The records of all services that are called. Outlived by none of them: they share the records.
class ServiceBoard {
public:
    explicit ServiceBoard(ServiceEvents events = {})
        : events_(std::move(events)) {}

    /// The record of that name, made when there is none.
    std::shared_ptr<ServiceRecord> record(std::string_view name);
    void close(ServiceRecord& record, TimePoint now, TimePoint until, std::string why) const;
    /// Tells of the closures that have ended by `now`. Run from time to time.
    void look(TimePoint now) const;
    void measure(metrics::Sink& sink, TimePoint now) const;

private:
    std::vector<std::shared_ptr<ServiceRecord>> all() const;

    ServiceEvents events_;
    mutable std::mutex mutex_;
    std::vector<std::shared_ptr<ServiceRecord>> records_; ///< guarded by mutex_
};

} // namespace personalify::upstream

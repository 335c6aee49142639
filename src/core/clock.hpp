#pragma once

#include <chrono>
#include <string>

namespace personalify {

/// Wall-clock time of the system, UTC, millisecond resolution where it is stored or shown.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

/// Where the time comes from; tests put their own in.
class Clock {
public:
    virtual ~Clock() = default;
    virtual TimePoint now() const = 0;
};

class SystemClock final : public Clock {
public:
    TimePoint now() const override {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

/// A clock that only moves when told to.
class ManualClock final : public Clock {
public:
    explicit ManualClock(TimePoint start)
        : now_(start) {}
    TimePoint now() const override { return now_; }
    void advance(std::chrono::milliseconds by) { now_ += by; }

private:
    TimePoint now_;
};

/// "2026-11-22T17:28:43.120Z" (RFC 3339, UTC).
std::string to_rfc3339(TimePoint at);

/// Milliseconds since 1970-01-01T00:00:00Z, as stored.
inline std::int64_t to_millis(TimePoint at) {
    return at.time_since_epoch().count();
}
inline TimePoint from_millis(std::int64_t millis) {
    return TimePoint{std::chrono::milliseconds{millis}};
}

} // namespace personalify

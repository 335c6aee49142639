#pragma once

#include "core/clock.hpp"

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace personalify::api {

/// Token buckets by key (a client's address): `burst` at once, then one per `interval`. Any thread may use
/// it. Bounded: when it is full of busy keys, full buckets are forgotten first, then everything is.
class RateLimit {
public:
    RateLimit(int burst, std::chrono::milliseconds interval, const Clock& clock)
        : burst_(burst)
        , interval_(interval)
        , clock_(clock) {}

    /// Takes one; nullopt when it was there, else how long to wait for it.
    std::optional<std::chrono::seconds> take(const std::string& key);

private:
    static constexpr std::size_t most_keys = 20'000;

    void make_room(TimePoint now);

    int burst_;
    std::chrono::milliseconds interval_;
    const Clock& clock_;
    std::mutex mutex_;
    /// When the key's bucket will be full again: all that a bucket has to know.
    std::unordered_map<std::string, TimePoint> full_at_;
};

} // namespace personalify::api

#pragma once

#include "core/clock.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

namespace personalify::api {

/// A client's address as a key: an IPv4 address, or the /64 of an IPv6 one (what one customer usually gets).
/// Other text gets a key of its own.
std::uint64_t address_key(std::string_view address);

/// How much is allowed: `burst` at once, then one more per `interval`.
struct RatePolicy {
    std::string_view name; ///< as clients are told; letters, digits and dashes
    int burst = 1;
    std::chrono::milliseconds interval{1000};

    /// From empty to full.
    std::chrono::milliseconds window() const { return interval * burst; }
};

/// Token buckets by key. Any thread may use it; nothing is allocated after construction, and a call touches
/// two cache lines under a lock that it shares with a sixteenth of the keys.
///
/// Bounded: a key has eight places it can be in; when all are taken, the fullest bucket among them, which
/// knows least, is forgotten. So a flood of keys makes the limit more lenient, never stricter.
class RateLimit {
public:
    /// What a client may know of its bucket.
    struct State {
        int left = 0;                   ///< requests that would pass now
        std::chrono::seconds resets{0}; ///< until the bucket is full again, rounded up
    };

    /// `keys` is rounded up to a power of two, at least 128. A key takes 16 bytes.
    RateLimit(RatePolicy policy, std::size_t keys, const Clock& clock);

    /// Takes one; nullopt when it was there, else how long to wait for it.
    std::optional<std::chrono::seconds> take(std::uint64_t key);
    State look(std::uint64_t key) const;
    const RatePolicy& policy() const { return policy_; }

private:
    using Millis = std::chrono::milliseconds;
    static constexpr std::size_t ways = 8;
    static constexpr std::size_t stripes = 16;

    /// When it will be full again is all that a bucket has to know; zeros are a full bucket of nobody.
    struct Bucket {
        std::uint64_t key;
        std::int64_t full_at; ///< milliseconds since the epoch
    };
    struct alignas(64) Stripe {
        std::mutex mutex;
    };
    struct Free {
        void operator()(Bucket* buckets) const { std::free(buckets); }
    };

    std::uint64_t mixed(std::uint64_t key) const;
    std::size_t set_of(std::uint64_t mixed_key) const { return mixed_key & (sets_ - 1); }
    /// The key's bucket, else the place for it.
    Bucket& find(std::uint64_t mixed_key) const;
    /// How long until the bucket is full; never more than a window, also when the clock was set back.
    Millis filling(const Bucket& bucket, std::uint64_t mixed_key, Millis now) const;
    Millis now() const { return clock_.now().time_since_epoch(); }

    RatePolicy policy_;
    const Clock& clock_;
    std::size_t sets_;
    std::uint64_t seed_; ///< so that nobody can choose keys that push each other out
    std::unique_ptr<Bucket[], Free> buckets_;
    mutable std::array<Stripe, stripes> locks_;
};

} // namespace personalify::api

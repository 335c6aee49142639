#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace personalify::app {

/// Values by key, each for a while. When it is full, what would go first makes room. Any thread may use it.
template <class T>
class TimedMemory {
public:
    TimedMemory(const Clock& clock, std::chrono::milliseconds lifetime, std::size_t most)
        : clock_(clock)
        , lifetime_(lifetime)
        , most_(most) {}

    std::optional<T> find(const std::string& key) const {
        const std::lock_guard lock(mutex_);
        const auto at = entries_.find(key);
        const bool found = at != entries_.end() && clock_.now() < at->second.until;
        (found ? hits_ : misses_).add();
        return found ? std::optional{at->second.value} : std::nullopt;
    }
    metrics::CacheStats stats() const {
        const std::lock_guard lock(mutex_);
        return {.entries = entries_.size(), .hits = hits_.value(), .misses = misses_.value()};
    }
    void keep(std::string key, T value) {
        const std::lock_guard lock(mutex_);
        const TimePoint now = clock_.now();
        if (entries_.size() >= most_ && !entries_.contains(key)) {
            std::erase_if(entries_, [now](const auto& each) { return each.second.until <= now; });
        }
        if (entries_.size() >= most_ && !entries_.contains(key)) {
            auto first = entries_.begin();
            for (auto at = entries_.begin(); at != entries_.end(); ++at) {
                first = at->second.until < first->second.until ? at : first;
            }
            entries_.erase(first);
        }
        entries_.insert_or_assign(std::move(key), Entry{std::move(value), now + lifetime_});
    }
    std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return entries_.size();
    }
    /// Forgets everything; how much there was.
    std::size_t clear() {
        const std::lock_guard lock(mutex_);
        return std::exchange(entries_, {}).size();
    }

private:
    struct Entry {
        T value;
        TimePoint until{};
    };
    const Clock& clock_;
    std::chrono::milliseconds lifetime_;
    std::size_t most_;
    mutable metrics::Counter hits_;
    mutable metrics::Counter misses_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Entry> entries_; ///< guarded by mutex_
};

} // namespace personalify::app

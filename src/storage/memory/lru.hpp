#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"

#include <array>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace personalify::storage {

/// Shared values by key, capped in bytes, every one with a lifetime: what was not used for longest makes
/// room. Any thread may use it; keys spread over eight parts with a lock and an eighth of the bytes each.
template <class T>
class Lru {
public:
    using Value = std::shared_ptr<T>;

    /// What an entry costs besides its key and value, in bytes: nodes, pointers, allocator.
    static constexpr std::size_t entry_overhead = 256;
    static constexpr std::size_t part_count = 8;

    /// `byte_limit` counts keys, values and overhead. A value that no part can hold is not kept.
    Lru(std::size_t byte_limit, const Clock& clock)
        : part_limit_(byte_limit / part_count)
        , clock_(clock) {}

    /// Expired entries are no evictions.
    using Stats = metrics::CacheStats;

    /// nullptr when there is none, or it expired.
    Value get(std::string_view key) {
        Part& part = part_of(key);
        const TimePoint now = clock_.now();
        const std::lock_guard lock(part.mutex);
        const auto at = part.by_key.find(key);
        if (at == part.by_key.end()) {
            ++part.stats.misses;
            return nullptr;
        }
        if (at->second->expires_at <= now) {
            part.remove(at->second);
            ++part.stats.misses;
            return nullptr;
        }
        ++part.stats.hits;
        part.entries.splice(part.entries.begin(), part.entries, at->second);
        return at->second->value;
    }

    /// `bytes` is what the value takes.
    void put(const std::string& key, Value value, std::size_t bytes, std::chrono::seconds lifetime) {
        Part& part = part_of(key);
        const TimePoint expires_at = clock_.now() + lifetime;
        const std::size_t cost = key.size() + bytes + entry_overhead;
        const std::lock_guard lock(part.mutex);
        if (const auto at = part.by_key.find(key); at != part.by_key.end()) {
            part.remove(at->second);
        }
        if (cost > part_limit_) {
            return;
        }
        while (part.stats.bytes + cost > part_limit_) {
            part.remove(std::prev(part.entries.end()));
            ++part.stats.evictions;
        }
        part.entries.push_front({key, std::move(value), expires_at, cost});
        part.by_key.emplace(part.entries.front().key, part.entries.begin());
        part.stats.bytes += cost;
        ++part.stats.entries;
    }

    void erase(const std::string& key) {
        Part& part = part_of(key);
        const std::lock_guard lock(part.mutex);
        if (const auto at = part.by_key.find(key); at != part.by_key.end()) {
            part.remove(at->second);
        }
    }

    /// Drops everything; how many entries there were.
    std::size_t clear() {
        std::size_t count = 0;
        for (Part& part : parts_) {
            const std::lock_guard lock(part.mutex);
            count += part.entries.size();
            part.by_key.clear();
            part.entries.clear();
            part.stats.entries = 0;
            part.stats.bytes = 0;
        }
        return count;
    }

    Stats stats() const {
        Stats sum;
        for (const Part& part : parts_) {
            const std::lock_guard lock(part.mutex);
            sum.entries += part.stats.entries;
            sum.bytes += part.stats.bytes;
            sum.hits += part.stats.hits;
            sum.misses += part.stats.misses;
            sum.evictions += part.stats.evictions;
        }
        return sum;
    }

private:
    struct Entry {
        std::string key;
        Value value;
        TimePoint expires_at;
        std::size_t cost = 0;
    };
    using Entries = std::list<Entry>;

    struct Part {
        mutable std::mutex mutex;
        Entries entries; ///< last used first
        std::unordered_map<std::string_view, typename Entries::iterator> by_key;
        Stats stats;

        void remove(typename Entries::iterator entry) {
            stats.bytes -= entry->cost;
            --stats.entries;
            by_key.erase(entry->key);
            entries.erase(entry);
        }
    };

    Part& part_of(std::string_view key) {
        // The low bits choose the bucket inside the part: take others here.
        return parts_[(std::hash<std::string_view>{}(key) >> 48) % part_count];
    }

    std::size_t part_limit_;
    const Clock& clock_;
    std::array<Part, part_count> parts_;
};

} // namespace personalify::storage

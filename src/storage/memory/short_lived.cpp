#include "storage/memory/short_lived.hpp"

namespace personalify::storage {

std::string MemoryShortLived::remove(Entries::iterator entry) {
    std::string value = std::move(entry->second.value);
    bytes_ -= entry->second.key.size() + value.size();
    by_key_.erase(entry->second.key);
    entries_.erase(entry);
    return value;
}

void MemoryShortLived::remove_expired(TimePoint now) {
    while (!entries_.empty() && entries_.begin()->first <= now) {
        remove(entries_.begin());
    }
}

Task<Result<>> MemoryShortLived::put(std::string key, std::string value, std::chrono::seconds lifetime) {
    const TimePoint now = clock_.now();
    const std::size_t size = key.size() + value.size();
    if (size > byte_limit_ || entry_limit_ == 0) {
        co_return fail(Errc::overloaded, "The service is busy. Please try again.", "entry exceeds the store");
    }
    const std::lock_guard lock(mutex_);
    remove_expired(now);
    if (const auto at = by_key_.find(key); at != by_key_.end()) {
        remove(at->second);
    }
    while (bytes_ + size > byte_limit_ || entries_.size() >= entry_limit_) {
        remove(entries_.begin());
    }
    const auto entry = entries_.emplace(now + lifetime, Entry{std::move(key), std::move(value)});
    by_key_.emplace(entry->second.key, entry);
    bytes_ += size;
    co_return Result<>{};
}

Task<Result<std::optional<std::string>>> MemoryShortLived::take(std::string key) {
    const TimePoint now = clock_.now();
    const std::lock_guard lock(mutex_);
    remove_expired(now);
    const auto at = by_key_.find(key);
    if (at == by_key_.end()) {
        co_return std::nullopt;
    }
    co_return remove(at->second);
}

} // namespace personalify::storage

#include "storage/memory/cache.hpp"

namespace personalify::storage {

Task<std::optional<app::Cache::Value>> MemoryCache::get(std::string key) {
    Value value = entries_.get(key);
    co_return value == nullptr ? std::nullopt : std::optional{std::move(value)};
}

Task<void> MemoryCache::put(std::string key, Value value, std::chrono::seconds lifetime) {
    if (value == nullptr) {
        entries_.erase(key);
        co_return;
    }
    const std::size_t bytes = value->size();
    entries_.put(key, std::move(value), bytes, lifetime);
}

Task<void> MemoryCache::erase(std::string key) {
    entries_.erase(key);
    co_return;
}

} // namespace personalify::storage

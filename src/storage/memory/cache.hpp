#pragma once

#include "app/ports/cache.hpp"
#include "core/clock.hpp"
#include "storage/memory/lru.hpp"

namespace personalify::storage {

/// Cache in this process. Any thread may use it.
class MemoryCache final : public app::Cache {
public:
    using Entries = Lru<const std::string>;

    MemoryCache(std::size_t byte_limit, const Clock& clock)
        : entries_(byte_limit, clock) {}

    Task<std::optional<Value>> get(std::string key) override;
    Task<void> put(std::string key, Value value, std::chrono::seconds lifetime) override;
    Task<void> erase(std::string key) override;

    Entries::Stats stats() const { return entries_.stats(); }

private:
    Entries entries_;
};

} // namespace personalify::storage

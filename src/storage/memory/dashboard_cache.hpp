#pragma once

#include "app/ports/dashboards.hpp"
#include "core/clock.hpp"
#include "storage/memory/lru.hpp"

#include <array>
#include <atomic>

namespace personalify::storage {

/// DashboardCache in this process. Any thread may use it.
class MemoryDashboardCache final : public app::DashboardCache {
public:
    MemoryDashboardCache(std::size_t byte_limit, const Clock& clock)
        : entries_(byte_limit, clock) {}

    Task<Lookup> get(UserId user, TimeRange range) override;
    std::shared_ptr<const Kept> at_hand(std::string_view user, TimeRange range) override;
    Task<void> put(UserId user, Value dashboard, Audience audience, std::chrono::seconds lifetime,
                   std::uint64_t mark) override;
    Task<void> erase(UserId user) override;

    std::size_t size() const { return entries_.stats().entries; }
    /// Drops everything, also what was read before and would be put after; how many entries there were.
    std::size_t clear();
    metrics::CacheStats stats() const { return entries_.stats(); }

private:
    /// Erasures are counted per stripe of users: a put that began before one is dropped. A neighbour's
    /// erasure costs a needless miss, nothing more.
    std::atomic<std::uint64_t>& erasures(const UserId& user);

    Lru<const Kept> entries_;
    std::array<std::atomic<std::uint64_t>, 256> erasures_{};
};

} // namespace personalify::storage

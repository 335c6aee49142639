#pragma once

#include "app/ports/short_lived.hpp"
#include "core/clock.hpp"

#include <map>
#include <mutex>
#include <string_view>
#include <unordered_map>

namespace personalify::storage {

/// ShortLivedStore in this process: gone after a restart. Any thread may use it.
class MemoryShortLived final : public app::ShortLivedStore {
public:
    /// `byte_limit` counts keys and values.
    MemoryShortLived(std::size_t entry_limit, std::size_t byte_limit, const Clock& clock)
        : entry_limit_(entry_limit)
        , byte_limit_(byte_limit)
        , clock_(clock) {}

    Task<Result<>> put(std::string key, std::string value, std::chrono::seconds lifetime) override;
    Task<Result<std::optional<std::string>>> take(std::string key) override;

private:
    struct Entry {
        std::string key;
        std::string value;
    };
    using Entries = std::multimap<TimePoint, Entry>; ///< by expiry, soonest first

    std::string remove(Entries::iterator entry);
    void remove_expired(TimePoint now);

    std::size_t entry_limit_;
    std::size_t byte_limit_;
    const Clock& clock_;
    std::mutex mutex_; ///< guards what follows
    Entries entries_;
    std::unordered_map<std::string_view, Entries::iterator> by_key_;
    std::size_t bytes_ = 0;
};

} // namespace personalify::storage

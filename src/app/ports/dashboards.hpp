#pragma once

#include "core/ids.hpp"
#include "core/task.hpp"
#include "domain/dashboard.hpp"

#include <chrono>
#include <cstdint>
#include <memory>

namespace personalify::app {

/// Dashboards ready to be answered, capped in bytes, every entry with a lifetime. A failing cache is an empty
/// cache: no errors, callers fall back to storage.
class DashboardCache {
public:
    using Value = std::shared_ptr<const Dashboard>;

    /// What was found, and the moment of looking: put refuses what was read before a later erase.
    struct Lookup {
        Value value; ///< nullptr when there is none
        std::uint64_t mark = 0;
    };

    virtual ~DashboardCache() = default;
    virtual Task<Lookup> get(UserId user, TimeRange range) = 0;
    /// Keeps the dashboard unless the user was erased since `mark`: a slow reader never brings old data back.
    virtual Task<void> put(UserId user, Value dashboard, std::chrono::seconds lifetime,
                           std::uint64_t mark) = 0;
    /// Forgets all ranges of the user.
    virtual Task<void> erase(UserId user) = 0;
};

} // namespace personalify::app

#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/task.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace personalify::app {

/// How much there is in storage.
struct StoredCounts {
    std::int64_t users = 0;
    std::int64_t sessions = 0;                              ///< that have not expired
    std::array<std::int64_t, 4> jobs{};                     ///< by JobState
    std::optional<TimePoint> oldest_waiting = std::nullopt; ///< when the queued job of longest wait came
};

/// Counts what is stored, for operators. Errors: internal, overloaded.
class CountStore {
public:
    virtual ~CountStore() = default;
    virtual Task<Result<StoredCounts>> count(TimePoint now) = 0;
};

} // namespace personalify::app

#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/task.hpp"

#include <optional>
#include <string>

namespace personalify::app {

/// "Closed until T" per upstream, kept over restarts: a quota ban of hours must not be forgotten.
/// Errors: internal, overloaded.
class UpstreamStateStore {
public:
    virtual ~UpstreamStateStore() = default;
    /// nullopt when the upstream was never closed.
    virtual Task<Result<std::optional<TimePoint>>> closed_until(std::string upstream) = 0;
    virtual Task<Result<>> close_until(std::string upstream, TimePoint until) = 0;
};

} // namespace personalify::app

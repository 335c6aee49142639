#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/task.hpp"

#include <string>

namespace personalify::app {

/// Somebody asks to be let into the private beta.
struct AccessRequest {
    std::string name;
    std::string email; ///< personal data: stored, never logged
    TimePoint requested_at{};
};

/// Requests for access. Durable when a task completes. Errors: internal, overloaded.
class AccessRequestStore {
public:
    virtual ~AccessRequestStore() = default;
    /// Stores the request unless the same address (case-insensitive) asked within the last 24 hours before
    /// requested_at. Returns whether it was stored.
    virtual Task<Result<bool>> add(AccessRequest request) = 0;
};

} // namespace personalify::app

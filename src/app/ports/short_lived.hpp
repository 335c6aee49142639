#pragma once

#include "core/error.hpp"
#include "core/task.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace personalify::app {

/// Values that live for minutes and are taken once: login states, one-time codes. Need not survive a restart.
/// Bounded: when full, the entry that would expire first makes room. Errors: internal, overloaded.
class ShortLivedStore {
public:
    virtual ~ShortLivedStore() = default;
    virtual Task<Result<>> put(std::string key, std::string value, std::chrono::seconds lifetime) = 0;
    /// Returns the value and removes it, atomically; nullopt when absent, taken or expired.
    virtual Task<Result<std::optional<std::string>>> take(std::string key) = 0;
};

} // namespace personalify::app

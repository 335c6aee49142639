#pragma once

#include "core/error.hpp"
#include "core/task.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace personalify::app {

/// A cache of immutable text (JSON documents), capped in bytes, every entry with a lifetime. A failing cache
/// is an empty cache: no errors, callers fall back to storage.
class Cache {
  public:
    using Value = std::shared_ptr<const std::string>;

    virtual ~Cache() = default;
    virtual Task<std::optional<Value>> get(std::string key) = 0;
    virtual Task<void> put(std::string key, Value value, std::chrono::seconds lifetime) = 0;
    virtual Task<void> erase(std::string key) = 0;
};

} // namespace personalify::app

#pragma once

#include "core/error.hpp"
#include "core/task.hpp"

#include <cstddef>
#include <functional>

namespace personalify {

/// Does `work` for 0, 1, …, count - 1 on the current shard, at most `at_once` of them beside each other.
/// After a failure none is begun any more; those under way are waited for, and the failure is the result.
Task<Result<>> fan_out(std::size_t count, std::size_t at_once,
                       std::function<Task<Result<>>(std::size_t)> work);

} // namespace personalify

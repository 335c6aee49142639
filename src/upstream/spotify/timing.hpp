#pragma once

#include "core/clock.hpp"
#include "core/task.hpp"

#include <chrono>
#include <functional>

namespace personalify::spotify {

/// Time as the calls see it; tests bring a clock that moves when somebody sleeps.
struct Timing {
    const Clock& clock;
    std::function<Task<void>(std::chrono::milliseconds)> sleep;
    std::function<double()> jitter; ///< uniform in [0, 1)
};

/// The clock given, real sleeping and a random jitter.
Timing real_timing(const Clock& clock);

} // namespace personalify::spotify

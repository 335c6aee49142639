#pragma once

#include "core/clock.hpp"
#include "core/task.hpp"
#include "net/http_client.hpp"

#include <chrono>
#include <functional>

namespace personalify::upstream {

/// Time as the calls see it; tests bring a clock that moves when somebody sleeps.
struct Timing {
    const Clock& clock;
    std::function<Task<void>(std::chrono::milliseconds)> sleep;
    std::function<double()> jitter; ///< uniform in [0, 1)
};

/// The clock given, real sleeping and a random jitter.
Timing real_timing(const Clock& clock);

/// 200, 400, ... ms for the first, second, ... retry, of which up to half is left to chance.
std::chrono::milliseconds backoff(int number, double jitter);

/// Sends one request; net::HttpClient::send, or a test's script.
using Send = std::function<Task<net::HttpResult>(net::HttpCall)>;

} // namespace personalify::upstream

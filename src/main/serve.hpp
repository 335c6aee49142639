#pragma once

#include "config/settings.hpp"

#include <string>
#include <vector>

namespace personalify {

/// Runs the service until SIGTERM or SIGINT; the exit status of the process.
int serve(config::Settings settings);

struct SimulateOptions {
    std::uint16_t port = 8001;
    std::chrono::milliseconds latency{0};
    std::vector<std::string> faults;
    std::int64_t threads = 0;
};

/// Runs the simulated Spotify alone until SIGTERM or SIGINT; the exit status of the process.
int simulate(const SimulateOptions& options);

} // namespace personalify

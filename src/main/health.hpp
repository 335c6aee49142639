#pragma once

#include "config/settings.hpp"

#include <string>

namespace personalify {

/// Asks a running service whether it is ready: GET /readyz at `url`, e.g. "http://127.0.0.1:8000"; "" is
/// where these settings make it listen. For health checks of containers and the like, which bring no HTTP
/// client. Returns the exit code: 0 when it is ready, 1, with the answer or the reason on standard error,
/// when it is not or does not answer within 5 seconds, 2 when the URL is none that can be asked.
int check_health(const config::Settings& settings, const std::string& url);

} // namespace personalify

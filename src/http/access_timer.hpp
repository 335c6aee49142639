#pragma once

#include "http/shard.hpp"

namespace personalify::http {

/// Measures one request for the access log, and costs nothing without one.
class AccessTimer {
public:
    explicit AccessTimer(const ServerState& state)
        : log_(state.options.access_log)
        , begin_(log_ ? std::chrono::steady_clock::now() : std::chrono::steady_clock::time_point{}) {}

    void log(const Request& request, int status, std::string_view route, std::size_t bytes) const {
        if (!log_) {
            return;
        }
        const auto duration = std::chrono::steady_clock::now() - begin_;
        log_({.method = request.method,
              .route = route,
              .status = status,
              .response_bytes = bytes,
              .duration = std::chrono::duration_cast<std::chrono::microseconds>(duration),
              .request_id = request.request_id});
    }

private:
    const std::function<void(const AccessRecord&)>& log_;
    std::chrono::steady_clock::time_point begin_;
};

} // namespace personalify::http

#pragma once

#include "http/shard.hpp"

namespace personalify::http {

/// Measures one request for the access log and the metrics, and costs nothing without either.
class AccessTimer {
public:
    explicit AccessTimer(const Shard& shard)
        : log_(shard.state().options.access_log)
        , traffic_(shard.traffic())
        , begin_(log_ || traffic_ != nullptr ? std::chrono::steady_clock::now()
                                             : std::chrono::steady_clock::time_point{}) {}

    /// The answer, or the head of a streamed one, is out.
    void count(const Request& request, int status, std::uint16_t route) const {
        if (traffic_ != nullptr) {
            traffic_->count(route, request.method, status, std::chrono::duration<double>(spent()).count());
        }
    }

    void log(const Request& request, int status, std::string_view route, std::size_t bytes) const {
        if (traffic_ != nullptr) {
            traffic_->sent(bytes);
        }
        if (log_) {
            log_({.method = request.method,
                  .route = route,
                  .status = status,
                  .response_bytes = bytes,
                  .duration = std::chrono::duration_cast<std::chrono::microseconds>(spent()),
                  .request_id = request.request_id,
                  .trace_id = request.trace_id});
        }
    }

private:
    std::chrono::steady_clock::duration spent() const { return std::chrono::steady_clock::now() - begin_; }

    const std::function<void(const AccessRecord&)>& log_;
    Traffic::Part* traffic_;
    std::chrono::steady_clock::time_point begin_;
};

} // namespace personalify::http

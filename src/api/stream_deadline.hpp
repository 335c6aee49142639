#pragma once

#include "core/timer.hpp"
#include "http/response_stream.hpp"

#include <functional>
#include <memory>
#include <utility>

namespace personalify::api {

/// Breaks a stream off that is not done in time: a reader who takes a little now and then would otherwise
/// keep what is read for it. Lives as long as the sending, on its shard.
class StreamDeadline {
public:
    /// `on_late` is called before the stream is reset.
    StreamDeadline(Executor shard, http::ResponseStream& stream, std::chrono::milliseconds time,
                   std::function<void()> on_late = nullptr)
        : timer_(std::move(shard))
        , stream_(std::make_shared<http::ResponseStream*>(&stream)) {
        timer_.expires_after(time);
        timer_.async_wait(
            [held = stream_, on_late = std::move(on_late)](const boost::system::error_code& stopped) {
                if (stopped || *held == nullptr) {
                    return;
                }
                if (on_late) {
                    on_late();
                }
                (*held)->reset();
            });
    }
    ~StreamDeadline() { *stream_ = nullptr; }
    StreamDeadline(const StreamDeadline&) = delete;
    StreamDeadline& operator=(const StreamDeadline&) = delete;

private:
    Timer timer_;
    std::shared_ptr<http::ResponseStream*> stream_; ///< null when the sending is over
};

} // namespace personalify::api

#pragma once

#include "core/timer.hpp"
#include "unit/api/site.hpp"

#include <boost/asio/as_tuple.hpp>

namespace personalify::test {

/// Reads a stream of events until it has what it wants.
class StreamReader final : public http::ResponseStream {
public:
    StreamReader(Executor loop, std::function<bool(const std::string& text)> enough)
        : timer_(loop)
        , enough_(std::move(enough)) {}

    Task<bool> write(std::string bytes) override {
        text += bytes;
        co_return !enough_(text);
    }
    Task<bool> wait(std::chrono::milliseconds time) override {
        timer_.expires_after(time);
        co_await timer_.async_wait(asio::as_tuple(use_task));
        co_return true;
    }
    void wake() override { timer_.cancel(); }
    void reset() override { ADD_FAILURE() << "reset"; }

    std::string text;

private:
    Timer timer_;
    std::function<bool(const std::string& text)> enough_;
};

} // namespace personalify::test

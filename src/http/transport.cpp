#include "http/transport.hpp"

#include <boost/asio/as_tuple.hpp>

namespace personalify::http {

namespace {

using boost::system::error_code;

/// Drops `count` bytes off the front; true when nothing is left.
bool advance(Transport::Buffers& buffers, std::size_t count) {
    bool empty = true;
    for (asio::const_buffer& buffer : buffers) {
        const std::size_t step = std::min(count, buffer.size());
        buffer += step;
        count -= step;
        empty = empty && buffer.size() == 0;
    }
    return empty;
}

bool would_block(const error_code& error) {
    return error == asio::error::would_block || error == asio::error::try_again;
}

} // namespace

Transport::Transport(Socket socket, const SweepClock& clock)
    : socket_(std::move(socket))
    , clock_(clock) {
    error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

void Transport::expire_after(std::chrono::milliseconds time) {
    deadline_ = clock_.after(time);
    expired_ = false;
}

void Transport::sweep() {
    if (deadline_ != 0 && clock_.now() >= deadline_) {
        deadline_ = 0;
        expired_ = true;
        error_code ignored;
        socket_.cancel(ignored);
    }
}

std::size_t Transport::read_now(std::span<char> into, bool& blocked) {
    error_code error;
    const std::size_t count = socket_.read_some(asio::buffer(into.data(), into.size()), error);
    blocked = would_block(error);
    return error ? 0 : count;
}

Task<bool> Transport::readable() {
    if (!is_open()) {
        co_return false;
    }
    const auto [error] = co_await socket_.async_wait(Socket::wait_read, asio::as_tuple(use_task));
    co_return !error && !expired_ && is_open();
}

Transport::Sent Transport::write_now(Buffers& buffers) {
    error_code error;
    const std::size_t count = socket_.write_some(buffers, error);
    if (error && !would_block(error)) {
        return Sent::failed;
    }
    return advance(buffers, error ? 0 : count) ? Sent::all : Sent::part;
}

Task<bool> Transport::write_rest(Buffers buffers, std::chrono::milliseconds timeout) {
    for (;;) {
        expire_after(timeout);
        const auto [error] = co_await socket_.async_wait(Socket::wait_write, asio::as_tuple(use_task));
        if (error || expired_ || !is_open()) {
            co_return false;
        }
        if (const Sent sent = write_now(buffers); sent != Sent::part) {
            never_expire();
            co_return sent == Sent::all;
        }
    }
}

void Transport::shutdown_send() {
    error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
}

void Transport::close() {
    error_code ignored;
    socket_.close(ignored);
}

void Transport::reset() {
    error_code ignored;
    socket_.set_option(Socket::linger(true, 0), ignored);
    socket_.close(ignored);
}

} // namespace personalify::http

#include "http/response_stream.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>

#include <charconv>

namespace personalify::http {

namespace {

constexpr std::size_t max_input_meanwhile = 16 * 1024;
constexpr unsigned writes_before_yield = 16;

} // namespace

StreamWriter::StreamWriter(Transport& transport, Settings settings, std::string& input, const bool& draining)
    : transport_(transport)
    , settings_(settings)
    , input_(input)
    , draining_(draining)
    , timer_(transport.socket().get_executor()) {}

Transport::Buffers StreamWriter::frame(std::string_view bytes, std::array<char, 20>& size) const {
    Transport::Buffers buffers{};
    buffers[1] = asio::buffer(bytes);
    if (settings_.chunked) {
        char* end = std::to_chars(size.data(), size.data() + 16, bytes.size(), 16).ptr;
        *end++ = '\r';
        *end++ = '\n';
        buffers[0] = asio::buffer(size.data(), static_cast<std::size_t>(end - size.data()));
        buffers[2] = asio::buffer("\r\n", 2);
    }
    return buffers;
}

Task<bool> StreamWriter::write(std::string bytes) {
    if (is_over()) {
        co_return false;
    }
    if (bytes.empty()) {
        co_return true; // an empty chunk would end the body
    }
    bytes_written_ += bytes.size();
    std::array<char, 20> size;
    co_return co_await send(frame(bytes, size));
}

Task<bool> StreamWriter::write_shared(std::shared_ptr<const std::string> bytes) {
    if (is_over()) {
        co_return false;
    }
    if (bytes->empty()) {
        co_return true;
    }
    bytes_written_ += bytes->size();
    std::array<char, 20> size;
    co_return co_await send(frame(*bytes, size));
}

Task<bool> StreamWriter::send(Transport::Buffers buffers) {
    const Transport::Sent sent = transport_.write_now(buffers);
    if (sent == Transport::Sent::part) {
        sent_at_once_ = 0;
        gone_ = !co_await transport_.write_rest(buffers, settings_.write_timeout);
    } else if (sent == Transport::Sent::failed) {
        gone_ = true;
    } else if (++sent_at_once_ >= writes_before_yield) {
        sent_at_once_ = 0;
        co_await asio::post(transport_.socket().get_executor(), use_task);
    }
    co_return !is_over();
}

Task<bool> StreamWriter::wait(std::chrono::milliseconds time) {
    if (is_over() || draining_) {
        co_return false;
    }
    watch();
    sent_at_once_ = 0;
    timer_.expires_after(time);
    co_await timer_.async_wait(asio::as_tuple(use_task));
    co_return !is_over() && !draining_;
}

void StreamWriter::watch() {
    if (watching_ || input_.size() >= max_input_meanwhile) {
        return; // a client that keeps sending is plainly there
    }
    watching_ = true;
    // The socket outlives the stream, and cancels the wait when it closes.
    transport_.socket().async_wait(Socket::wait_read,
                                   [weak = weak_from_this()](const boost::system::error_code& error) {
                                       const auto self = weak.lock();
                                       if (self && !error) {
                                           self->on_readable();
                                       } else if (self) {
                                           self->watching_ = false;
                                       }
                                   });
}

void StreamWriter::on_readable() {
    watching_ = false;
    if (is_over()) {
        return;
    }
    std::array<char, 4096> bytes;
    bool would_block = false;
    const std::size_t count = transport_.read_now(bytes, would_block);
    if (count == 0 && !would_block) {
        gone_ = true;
        wake();
        return;
    }
    input_.append(bytes.data(), count);
    watch();
}

void StreamWriter::reset() {
    gone_ = true;
    transport_.reset();
    wake();
}

Task<bool> StreamWriter::finish() {
    if (is_over()) {
        co_return false;
    }
    if (!settings_.chunked) {
        co_return true;
    }
    Transport::Buffers buffers{};
    buffers[0] = asio::buffer("0\r\n\r\n", 5);
    co_return co_await send(buffers);
}

} // namespace personalify::http

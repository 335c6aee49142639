#pragma once

#include "core/timer.hpp"
#include "http/message.hpp"
#include "http/transport.hpp"

namespace personalify::http {

/// The ResponseStream of one response on a Transport. Lives while Response::stream runs.
class StreamWriter final : public ResponseStream, public std::enable_shared_from_this<StreamWriter> {
public:
    struct Settings {
        bool chunked = true;
        std::chrono::milliseconds write_timeout;
    };

    /// `input` receives what the client sends meanwhile (pipelined requests); `draining` is the shard's.
    StreamWriter(Transport& transport, Settings settings, std::string& input, const bool& draining);

    Task<bool> write(std::string bytes) override;
    Task<bool> write_shared(std::shared_ptr<const std::string> bytes) override;
    Task<bool> wait(std::chrono::milliseconds time) override;
    void reset() override;

    /// Writes the end of the body; false when the client did not get it all.
    Task<bool> finish();
    void wake() override { timer_.cancel(); }
    std::size_t bytes_written() const { return bytes_written_; }

private:
    bool is_over() const { return gone_ || !transport_.is_open(); }
    /// `bytes` as a chunk with `size` as its head.
    Transport::Buffers frame(std::string_view bytes, std::array<char, 20>& size) const;
    Task<bool> send(Transport::Buffers buffers);
    void watch();
    void on_readable();

    Transport& transport_;
    Settings settings_;
    std::string& input_;
    const bool& draining_;
    Timer timer_;
    std::size_t bytes_written_ = 0;
    unsigned sent_at_once_ = 0;
    bool watching_ = false;
    bool gone_ = false;
};

} // namespace personalify::http

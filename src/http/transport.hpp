#pragma once

#include "core/task.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <span>

namespace personalify::http {

using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;

/// Counts the sweeps of a shard: the clock of all its deadlines, so that no operation needs a timer.
class SweepClock {
public:
    static constexpr std::chrono::milliseconds interval{500};

    std::uint32_t now() const { return now_; }
    void advance() { ++now_; }
    /// The first sweep at which at least `time` will have passed.
    std::uint32_t after(std::chrono::milliseconds time) const {
        return now_ +
               static_cast<std::uint32_t>((time + interval - std::chrono::milliseconds{1}) / interval) + 1;
    }

private:
    std::uint32_t now_ = 0;
};

/// A non-blocking socket with one deadline, which the shard's sweep enforces. Reads and writes are tried at
/// once; only when the kernel would block does the coroutine suspend, and then for readiness alone, so that
/// an idle connection holds no buffer.
class Transport {
public:
    using Buffers = std::array<asio::const_buffer, 4>;
    enum class Sent { all, part, failed };

    Transport(Socket socket, const SweepClock& clock);

    void expire_after(std::chrono::milliseconds time);
    void never_expire() { deadline_ = 0; }
    /// Whether the last wait ended because of the deadline.
    bool expired() const { return expired_; }
    /// Called by the sweep: wakes whoever waits when the deadline has passed.
    void sweep();

    /// Bytes read; 0 with `would_block` set when there are none, 0 without when the peer has closed or
    /// failed.
    std::size_t read_now(std::span<char> into, bool& would_block);
    /// Until there is something to read (or the end); false when closed or past the deadline.
    Task<bool> readable();
    /// Writes what the kernel takes and drops it off the front of the buffers.
    Sent write_now(Buffers& buffers);
    /// Writes the rest; false when the peer is gone or there was no progress for `timeout`.
    Task<bool> write_rest(Buffers buffers, std::chrono::milliseconds timeout);

    /// Tells the peer that no more comes.
    void shutdown_send();
    /// Ends all waits and closes. What was written is still delivered.
    void close();
    /// Closes with a TCP reset, throwing away what the kernel still holds.
    void reset();
    bool is_open() const { return socket_.is_open(); }
    Socket& socket() { return socket_; }

private:
    Socket socket_;
    const SweepClock& clock_;
    std::uint32_t deadline_ = 0; ///< a sweep's number; 0: none
    bool expired_ = false;
};

} // namespace personalify::http

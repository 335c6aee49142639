#pragma once

#include "net/http_transfer.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <deque>
#include <thread>
#include <unordered_map>

namespace personalify::net {

using CurlMulti = std::unique_ptr<CURLM, Releaser<curl_multi_cleanup>>;
using CurlShare = std::unique_ptr<CURLSH, Releaser<curl_share_cleanup>>;

/// One curl multi handle on one event loop with one thread: curl names the sockets and the time it waits for,
/// Asio tells when they come. Everything but submit, abandon and the ends of its life runs on that thread.
class HttpEngine : public std::enable_shared_from_this<HttpEngine> {
public:
    explicit HttpEngine(HttpClientOptions options);
    HttpEngine(const HttpEngine&) = delete;
    HttpEngine& operator=(const HttpEngine&) = delete;

    /// Starts the thread.
    void start();
    /// Ends all calls as cancelled and joins the thread.
    void stop();

    /// Takes a call on, from any thread; false when there are too many.
    bool submit(std::shared_ptr<Ticket> ticket);
    /// The waiter of this call has gone, from any thread.
    void abandon(std::shared_ptr<Ticket> ticket);

private:
    using Descriptor = asio::posix::basic_stream_descriptor<Executor>;

    /// A socket that curl waits for. The number stays curl's: it is released here, never closed.
    struct Socket {
        Socket(Executor executor, curl_socket_t number)
            : descriptor(executor, number) {}
        ~Socket() {
            if (descriptor.is_open()) {
                descriptor.release();
            }
        }
        Socket(const Socket&) = delete;
        Socket& operator=(const Socket&) = delete;

        Descriptor descriptor;
        int wanted = 0; ///< bits of CURL_POLL_IN and CURL_POLL_OUT
        int waiting = 0;
    };

    static int on_socket(CURL*, curl_socket_t number, int what, void* self, void*);
    static int on_timer(CURLM*, long milliseconds, void* self);

    void watch(curl_socket_t number, int what);
    void wait_for(curl_socket_t number, const std::shared_ptr<Socket>& socket, int direction);
    void socket_ready(curl_socket_t number, const std::shared_ptr<Socket>& socket, int direction,
                      boost::system::error_code failure);
    void act(curl_socket_t number, int events);
    void accept(const std::shared_ptr<Ticket>& ticket);
    void begin(const std::shared_ptr<Ticket>& ticket);
    void begin_waiting();
    void drop(const std::shared_ptr<Ticket>& ticket);
    void close();

    HttpClientOptions options_;
    asio::io_context loop_{1};
    asio::executor_work_guard<Executor> guard_{loop_.get_executor()};
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                               Executor>
        timer_{loop_.get_executor()};
    CurlShare share_;
    CurlMulti multi_;
    std::unordered_map<curl_socket_t, std::shared_ptr<Socket>> sockets_;
    std::unordered_map<const Ticket*, std::unique_ptr<Transfer>> in_flight_;
    std::deque<std::shared_ptr<Ticket>> waiting_;
    bool closing_ = false;
    std::atomic<std::size_t> calls_ = 0; ///< in flight, waiting, or on the way to this thread
    std::thread thread_;
};

} // namespace personalify::net

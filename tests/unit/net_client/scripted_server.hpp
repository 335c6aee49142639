#pragma once

#include "core/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <exception>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace personalify::testing {

/// One accepted connection, in the hands of a script.
class Peer {
public:
    explicit Peer(asio::ip::tcp::socket socket)
        : socket_(std::move(socket)) {}

    /// The next request, head and body (by its Content-Length); "" when the client closed.
    std::string read_request();
    /// Writes as it is; false when the client has gone.
    bool send(std::string_view bytes);
    /// Sends a whole answer with a Content-Length.
    bool answer(int status, std::string_view body, std::string_view extra_headers = "");
    /// Closes with a TCP reset.
    void reset();
    /// Blocks until the client closes.
    void wait_closed();
    /// Unblocks whatever the script waits for, from another thread.
    void shut_down();

private:
    asio::ip::tcp::socket socket_;
    std::string buffer_;
    std::mutex closing_;
};

/// A TCP server on a free loopback port. Each connection runs the script on a thread of its own.
class ScriptedServer {
public:
    using Script = std::function<void(Peer&)>;
    explicit ScriptedServer(Script script);
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    std::uint16_t port() const { return port_; }
    std::string url(std::string_view path = "/") const;
    int connections() const { return connections_; }

private:
    void accept();

    Script script_;
    asio::io_context loop_;
    asio::ip::tcp::acceptor acceptor_{loop_};
    std::uint16_t port_ = 0;
    std::atomic<int> connections_ = 0;
    std::atomic<bool> closing_ = false;
    std::mutex mutex_;
    std::list<Peer> peers_;
    std::vector<std::thread> threads_;
    std::thread acceptor_thread_;
};

/// A port on which nobody listens.
std::uint16_t closed_port();

/// Runs a task to its end on a loop of its own.
template <class T>
T run(Task<T> task) {
    asio::io_context loop{1};
    auto result = asio::co_spawn(loop.get_executor(), std::move(task), asio::use_future);
    loop.run();
    return result.get();
}

} // namespace personalify::testing

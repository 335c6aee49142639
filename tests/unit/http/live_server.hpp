#pragma once

#include "http/server.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <atomic>
#include <cerrno>
#include <future>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

/// A server on real sockets, and a plain blocking client for it.
namespace personalify::http::test {

/// What came back for one request.
struct Reply {
    int status = 0;
    std::string head;
    std::string body;

    /// Value of the first header of that name as the server spells it; "" when there is none.
    std::string header(const std::string& name) const {
        const auto begin = head.find("\r\n" + name + ": ");
        if (begin == std::string::npos) {
            return {};
        }
        const auto value = begin + name.size() + 4;
        return head.substr(value, head.find("\r\n", value) - value);
    }
};

/// Every read gives up after ten seconds, so that a failure is no hang.
class Client {
public:
    explicit Client(std::uint16_t port, int receive_buffer = 0, const char* source = "127.0.0.1")
        : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
        if (receive_buffer > 0) {
            ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        }
        const timeval patience{.tv_sec = 10, .tv_usec = 0};
        ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        const int on = 1;
        ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        ::inet_pton(AF_INET, source, &address.sin_addr);
        const bool bound =
            ::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ =
            bound && ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~Client() { close(); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    bool connected() const { return connected_; }
    void close() {
        if (descriptor_ >= 0) {
            ::close(std::exchange(descriptor_, -1));
        }
    }
    void finish_sending() { ::shutdown(descriptor_, SHUT_WR); }

    bool send(std::string_view text) {
        while (!text.empty()) {
            const auto count = ::send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL);
            if (count <= 0) {
                return false;
            }
            text.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

    /// One more piece of what comes; false at the end, with last_error() 0 for an orderly one.
    bool receive() {
        std::array<char, 16384> bytes;
        const auto count = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
        error_ = count < 0 ? errno : 0;
        if (count <= 0) {
            return false;
        }
        received_.append(bytes.data(), static_cast<std::size_t>(count));
        return true;
    }
    int last_error() const { return error_; }

    /// Everything up to and including `end`.
    std::string receive_until(std::string_view end) {
        auto at = received_.find(end);
        while (at == std::string::npos && receive()) {
            at = received_.find(end);
        }
        return take(at == std::string::npos ? received_.size() : at + end.size());
    }
    std::string receive_all() {
        while (receive()) {
        }
        return take(received_.size());
    }
    /// True when the server closed in order and nothing unread is left.
    bool at_end() { return receive_all().empty() && error_ == 0; }

    /// The next response, its body by Content-Length, chunks or to the end of the connection.
    Reply reply(bool head_only = false) {
        Reply reply;
        reply.head = receive_until("\r\n\r\n");
        if (reply.head.size() < 12) {
            return reply;
        }
        reply.status = std::stoi(reply.head.substr(9, 3));
        if (head_only || reply.status == 204 || reply.status == 304 || reply.status < 200) {
            return reply;
        }
        if (const auto length = reply.header("Content-Length"); !length.empty()) {
            const std::size_t size = std::stoul(length);
            while (received_.size() < size && receive()) {
            }
            reply.body = take(std::min(size, received_.size()));
        } else if (reply.header("Transfer-Encoding") == "chunked") {
            for (;;) {
                const std::string size_line = receive_until("\r\n");
                const std::size_t size = size_line.empty() ? 0 : std::stoul(size_line, nullptr, 16);
                while (received_.size() < size + 2 && receive()) {
                }
                const std::string chunk = take(std::min(size + 2, received_.size()));
                if (size == 0 || chunk.size() < size + 2) {
                    break;
                }
                reply.body += chunk.substr(0, size);
            }
        } else {
            reply.body = receive_all();
        }
        return reply;
    }
    Reply ask(std::string_view request) {
        send(request);
        return reply(request.starts_with("HEAD "));
    }

private:
    std::string take(std::size_t count) {
        std::string taken = received_.substr(0, count);
        received_.erase(0, count);
        return taken;
    }

    int descriptor_;
    int error_ = 0;
    bool connected_ = false;
    std::string received_;
};

inline std::string get(std::string_view path, std::string_view headers = "") {
    return "GET " + std::string{path} + " HTTP/1.1\r\nHost: test\r\n" + std::string{headers} + "\r\n";
}

inline std::string post(std::string_view headers, std::string_view body) {
    return "POST /p HTTP/1.1\r\nHost: test\r\n" + std::string{headers} + "\r\n" + std::string{body};
}

/// Runs the shards on threads of their own until destroyed.
class LiveServer {
public:
    explicit LiveServer(Handler handler, ServerOptions options = {}, std::size_t shards = 1) {
        options.port = 0;
        std::vector<asio::io_context*> loops;
        for (std::size_t i = 0; i < shards; ++i) {
            loops_.push_back(std::make_unique<asio::io_context>(1));
            guards_.push_back(asio::make_work_guard(*loops_.back()));
            loops.push_back(loops_.back().get());
        }
        server_ = serve(loops, std::move(options), std::move(handler));
        for (asio::io_context* loop : loops) {
            threads_.emplace_back([loop] { loop->run(); });
        }
    }
    ~LiveServer() { stop(); }
    LiveServer(const LiveServer&) = delete;
    LiveServer& operator=(const LiveServer&) = delete;

    std::uint16_t port() const { return server_->port(); }
    Server& server() { return *server_; }
    /// Runs f on the first shard.
    void post(std::function<void()> f) { asio::post(*loops_.front(), std::move(f)); }
    /// Drains and waits for it.
    std::future<void> drain(std::chrono::seconds grace) {
        auto promise = std::make_shared<std::promise<void>>();
        server_->drain(grace, [promise] { promise->set_value(); });
        return promise->get_future();
    }
    void stop() {
        if (threads_.empty()) {
            return;
        }
        drain(std::chrono::seconds{0}).wait();
        server_.reset();
        guards_.clear();
        for (const auto& loop : loops_) {
            loop->stop();
        }
        for (std::thread& thread : threads_) {
            thread.join();
        }
        threads_.clear();
    }

private:
    std::vector<std::unique_ptr<asio::io_context>> loops_;
    std::vector<asio::executor_work_guard<Executor>> guards_;
    std::unique_ptr<Server> server_;
    std::vector<std::thread> threads_;
};

} // namespace personalify::http::test

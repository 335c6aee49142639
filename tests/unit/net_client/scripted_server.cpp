#include "unit/net_client/scripted_server.hpp"

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>

namespace personalify::testing {

using asio::ip::tcp;
using boost::system::error_code;

namespace {

/// Length that the head announces, 0 without one.
std::size_t content_length(std::string head) {
    std::ranges::transform(head, head.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto at = head.find("\r\ncontent-length:");
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + 17));
}

} // namespace

std::string Peer::read_request() {
    error_code failure;
    for (;;) {
        if (const auto end = buffer_.find("\r\n\r\n"); end != std::string::npos) {
            const std::size_t size = end + 4 + content_length(buffer_.substr(0, end + 2));
            if (buffer_.size() >= size) {
                std::string request = buffer_.substr(0, size);
                buffer_.erase(0, size);
                return request;
            }
        }
        char chunk[4096];
        const std::size_t count = socket_.read_some(asio::buffer(chunk), failure);
        if (failure) {
            return {};
        }
        buffer_.append(chunk, count);
    }
}

bool Peer::send(std::string_view bytes) {
    error_code failure;
    asio::write(socket_, asio::buffer(bytes), failure);
    return !failure;
}

bool Peer::answer(int status, std::string_view body, std::string_view extra_headers) {
    return send("HTTP/1.1 " + std::to_string(status) +
                " Whatever\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
                std::string{extra_headers} + "\r\n" + std::string{body});
}

void Peer::reset() {
    const std::lock_guard lock(closing_);
    error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
}

void Peer::wait_closed() {
    while (!read_request().empty()) {
    }
}

void Peer::shut_down() {
    const std::lock_guard lock(closing_);
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
}

ScriptedServer::ScriptedServer(Script script)
    : script_(std::move(script)) {
    const tcp::endpoint loopback{asio::ip::address_v4::loopback(), 0};
    acceptor_.open(loopback.protocol());
    acceptor_.bind(loopback);
    acceptor_.listen();
    port_ = acceptor_.local_endpoint().port();
    acceptor_thread_ = std::thread([this] { accept(); });
}

ScriptedServer::~ScriptedServer() {
    closing_ = true;
    error_code ignored;
    tcp::socket knock{loop_}; // wakes the blocking accept
    knock.connect({asio::ip::address_v4::loopback(), port_}, ignored);
    acceptor_thread_.join();
    {
        const std::lock_guard lock(mutex_);
        for (Peer& peer : peers_) {
            peer.shut_down();
        }
    }
    for (std::thread& thread : threads_) {
        thread.join();
    }
}

std::string ScriptedServer::url(std::string_view path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string{path};
}

void ScriptedServer::accept() {
    for (;;) {
        error_code failure;
        tcp::socket socket{loop_};
        acceptor_.accept(socket, failure);
        if (closing_ || failure) {
            return;
        }
        ++connections_;
        const std::lock_guard lock(mutex_);
        Peer& peer = peers_.emplace_back(std::move(socket));
        threads_.emplace_back([this, &peer] {
            script_(peer);
            peer.shut_down();
        });
    }
}

std::uint16_t closed_port() {
    asio::io_context loop;
    tcp::acceptor acceptor{loop, {asio::ip::address_v4::loopback(), 0}};
    return acceptor.local_endpoint().port();
}

} // namespace personalify::testing

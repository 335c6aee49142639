#pragma once

#include "http/message.hpp"
#include "http/traffic.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::http {

/// Limits of one connection. All are enforced while reading, before a handler runs.
struct Limits {
    std::size_t header_bytes = 16 * 1024;       ///< request line and headers; more is 431
    std::size_t body_bytes = 1024 * 1024;       ///< more is 413
    std::chrono::seconds header_timeout{10};    ///< from the first byte of a request to the end of its head
    std::chrono::seconds body_timeout{20};      ///< from the end of the head to the end of the body
    std::chrono::seconds idle_timeout{60};      ///< between requests
    std::chrono::seconds write_timeout{20};     ///< without progress while writing
    std::size_t connections_per_shard = 20'000; ///< further ones are accepted and closed
    /// Of these, by one IPv4 address or IPv6 /64 that is no trusted proxy.
    std::size_t connections_per_client = 15'000;
};

/// One finished request, for the access log. Holds the route's template, never the path or the query.
struct AccessRecord {
    std::string_view method;
    std::string_view route; ///< template, or "" when nothing matched
    int status = 0;
    std::size_t response_bytes = 0;
    std::chrono::microseconds duration{};
    std::string_view request_id = {};
    std::string_view trace_id = {}; ///< "" without a trace
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8000; ///< 0: any free one
    Limits limits = {};
    std::vector<std::string> trusted_proxies = {}; ///< addresses or CIDRs whose X-Forwarded-* are believed
    std::function<void(const AccessRecord&)> access_log = nullptr; ///< called on the shard; empty: no log
    RefusalMarker mark_refusal = nullptr;                          ///< for refusals of the server itself
    ReadyHandler ready = nullptr;                                  ///< asked before the handler
    std::shared_ptr<Traffic> traffic = nullptr; ///< where it counts, one part a shard; null: nowhere
    /// An exception that a handler or a stream let out (answered with 500), called on the shard.
    std::function<void(std::string_view request_id, std::string_view what)> on_error = nullptr;
};

/// An HTTP/1.1 server on the given shards (one listener each, SO_REUSEPORT). Each connection stays on the
/// shard that accepted it. Start and stop from any thread.
class Server {
public:
    virtual ~Server() = default;
    /// The port that is really bound.
    virtual std::uint16_t port() const = 0;
    /// Stops accepting, lets requests in flight finish (Connection: close), closes idle connections, and
    /// calls `done` on a shard when the last one is gone or `grace` has passed.
    virtual void drain(std::chrono::seconds grace, std::function<void()> done) = 0;
};

/// Binds and starts. Throws boost::system::system_error when the address can't be bound.
/// `handler` is called concurrently on all shards. Shards must outlive the server.
std::unique_ptr<Server> serve(std::vector<asio::io_context*> shards, ServerOptions options, Handler handler);

} // namespace personalify::http

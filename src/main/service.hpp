#pragma once

#include "config/settings.hpp"
#include "core/error.hpp"
#include "http/message.hpp"
#include "http/traffic.hpp"
#include "main/shards.hpp"

#include <memory>
#include <string>
#include <vector>

namespace personalify {

/// The application, assembled: stores, upstreams, services and routes behind one handler. Everything that
/// blocks at start (opening the database, making the key) happens in assemble().
class Service {
public:
    virtual ~Service() = default;
    virtual http::Handler handler() = 0;
    /// What is answered from memory, before the handler is asked.
    virtual http::ReadyHandler ready_handler() = 0;
    /// Where the server with the handlers counts; to be called once.
    virtual std::shared_ptr<http::Traffic> count_traffic(std::size_t shards) = 0;
    /// Serves /metrics alone, to everybody.
    virtual http::Handler metrics_handler() = 0;
    /// Starts what runs beside requests: reading titles, sweeping what has expired.
    virtual void start_background(asio::io_context& shard) = 0;
};

/// Errors: conflict, internal; the detail is for the operator.
Result<std::unique_ptr<Service>> assemble(const config::Settings& settings);

} // namespace personalify

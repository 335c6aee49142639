#pragma once

#include "config/settings.hpp"
#include "core/error.hpp"
#include "http/server.hpp"

namespace personalify {

/// Serves on the shards, or says in words for the user why the address can't be listened on and what to do.
Result<std::unique_ptr<http::Server>> listen(const std::vector<asio::io_context*>& shards,
                                             const http::ServerOptions& options, http::Handler handler);

/// "http://127.0.0.1:8000"
std::string origin_of(const std::string& address, std::uint16_t port);

/// Where a service with these settings is reached from its own machine.
std::string own_origin(const config::Settings& settings);

/// How many connections each of that many shards may have, so that a flood of them leaves descriptors for
/// files and calls: `wanted`, or less where the process may open too few.
std::size_t connections_within_descriptors(std::size_t shards, std::size_t wanted);

} // namespace personalify

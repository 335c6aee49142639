#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace personalify::config {

/// Why a text can't be an IP address to listen on; nullopt when it can.
std::optional<std::string> problem_of_address(std::string_view text);
/// Why a text can't be an IP address or a network (CIDR); nullopt when it can.
std::optional<std::string> problem_of_network(std::string_view text);

/// Where to listen.
struct Endpoint {
    std::string address; ///< without brackets
    std::uint16_t port = 0;
};
/// "127.0.0.1:9464" or "[::1]:9464"; nullopt for anything else.
std::optional<Endpoint> parse_endpoint(std::string_view text);

} // namespace personalify::config

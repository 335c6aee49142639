#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace personalify::config {

/// Why a text can't be an IP address to listen on; nullopt when it can.
std::optional<std::string> problem_of_address(std::string_view text);
/// Why a text can't be an IP address or a network (CIDR); nullopt when it can.
std::optional<std::string> problem_of_network(std::string_view text);

} // namespace personalify::config

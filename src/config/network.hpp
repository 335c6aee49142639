#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace personalify::config {

/// Why a text can't be an IP address or a network (CIDR); nullopt when it can.
std::optional<std::string> problem_of_network(std::string_view text);

} // namespace personalify::config

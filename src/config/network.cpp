#include "config/network.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>

namespace personalify::config {

namespace {

/// In bits; 0 for no address.
unsigned width_of_address(const std::string& text) {
    if (text.contains('\0')) {
        return 0; // inet_pton would stop reading there
    }
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) {
        return 32;
    }
    return inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1 ? 128 : 0;
}

} // namespace

std::optional<std::string> problem_of_address(std::string_view text) {
    // "fe80::1%eth0": an address of a link comes with the link.
    const unsigned width = width_of_address(std::string{text.substr(0, text.find('%'))});
    if (width == 0 || (width == 32 && text.contains('%'))) {
        return "must be an IP address of this machine: 127.0.0.1, or 0.0.0.0 or :: for the network";
    }
    return std::nullopt;
}

std::optional<std::string> problem_of_network(std::string_view text) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const unsigned width = width_of_address(std::string{text.substr(0, slash)});
    if (width == 0) {
        return "must be an address or a network, such as 10.0.0.1 or 10.0.0.0/8";
    }
    if (slash == text.size()) {
        return std::nullopt;
    }
    const std::string_view number = text.substr(slash + 1);
    unsigned bits = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), bits);
    if (error != std::errc{} || end != number.data() + number.size() || bits > width) {
        return "must have a prefix of 0 to " + std::to_string(width) + " bits after the slash";
    }
    return std::nullopt;
}

std::optional<Endpoint> parse_endpoint(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    Endpoint endpoint{.address = std::string{text.substr(0, colon)}};
    const bool bracketed = endpoint.address.starts_with('[') && endpoint.address.ends_with(']');
    if (bracketed) {
        endpoint.address = endpoint.address.substr(1, endpoint.address.size() - 2);
    }
    const std::string_view port = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
    const bool fits = error == std::errc{} && end == port.data() + port.size() &&
                      bracketed == endpoint.address.contains(':') && !problem_of_address(endpoint.address);
    return fits ? std::optional{std::move(endpoint)} : std::nullopt;
}

} // namespace personalify::config

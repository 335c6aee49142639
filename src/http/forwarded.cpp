#include "http/forwarded.hpp"

#include "http/text.hpp"

#include <algorithm>
#include <charconv>
#include <ranges>
#include <stdexcept>

namespace personalify::http {

namespace {

using asio::ip::address;
using asio::ip::address_v6;

address_v6::bytes_type to_bytes(const address& from) {
    return (from.is_v4() ? asio::ip::make_address_v6(asio::ip::v4_mapped, from.to_v4()) : from.to_v6())
        .to_bytes();
}

std::optional<address> parse_address(std::string_view text) {
    boost::system::error_code error;
    const address parsed = asio::ip::make_address(text, error);
    return error ? std::nullopt : std::optional{parsed};
}

/// An element of X-Forwarded-For: some proxies add the port, "1.2.3.4:567" or "[2001:db8::1]:567".
std::optional<address> parse_forwarded(std::string_view text) {
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        return end == std::string_view::npos ? std::nullopt : parse_address(text.substr(1, end - 1));
    }
    if (std::ranges::count(text, ':') == 1) {
        text = text.substr(0, text.find(':'));
    }
    return parse_address(text);
}

} // namespace

std::optional<Network> Network::parse(std::string_view text) {
    const auto slash = std::min(text.find('/'), text.size());
    const auto base = parse_address(text.substr(0, slash));
    if (!base) {
        return std::nullopt;
    }
    Network network;
    const auto bytes = to_bytes(*base);
    std::ranges::copy(bytes, network.bytes_.begin());
    if (slash < text.size()) {
        const unsigned width = base->is_v4() ? 32 : 128;
        const std::string_view number = text.substr(slash + 1);
        unsigned bits = 0;
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), bits);
        if (error != std::errc{} || end != number.data() + number.size() || bits > width) {
            return std::nullopt;
        }
        network.bits_ = bits + 128 - width;
    }
    return network;
}

bool Network::contains(const address& other) const {
    const auto bytes = to_bytes(other);
    const unsigned whole = bits_ / 8;
    if (!std::equal(bytes.begin(), bytes.begin() + whole, bytes_.begin())) {
        return false;
    }
    const unsigned rest = bits_ % 8;
    return rest == 0 || ((bytes[whole] ^ bytes_[whole]) >> (8 - rest)) == 0;
}

TrustedProxies::TrustedProxies(const std::vector<std::string>& networks) {
    for (const std::string& text : networks) {
        const auto network = Network::parse(text);
        if (!network) {
            throw std::invalid_argument("trusted proxy \"" + text + "\" is not an address or a CIDR");
        }
        networks_.push_back(*network);
    }
}

bool TrustedProxies::trusts(const address& other) const {
    return std::ranges::any_of(networks_, [&](const Network& network) { return network.contains(other); });
}

std::string TrustedProxies::client_address(const address& peer, const Request& request) const {
    address nearest = peer;
    for (const Header& header : std::views::reverse(request.headers)) {
        if (!same_ignoring_case(header.name, "x-forwarded-for")) {
            continue;
        }
        std::string_view rest = header.value;
        while (!rest.empty()) {
            const auto comma = rest.rfind(',');
            const auto begin = comma == std::string_view::npos ? 0 : comma + 1;
            const auto hop = parse_forwarded(trim(rest.substr(begin)));
            if (!hop) {
                return to_text(nearest); // "unknown" and the like: nothing left of it can be told
            }
            nearest = *hop;
            if (!trusts(nearest)) {
                return to_text(nearest);
            }
            rest = rest.substr(0, comma == std::string_view::npos ? 0 : comma);
        }
    }
    return to_text(nearest);
}

bool TrustedProxies::is_secure(const Request& request) {
    for (const Header& header : std::views::reverse(request.headers)) {
        if (same_ignoring_case(header.name, "x-forwarded-proto")) {
            const std::string_view value = header.value;
            return same_ignoring_case(trim(value.substr(value.rfind(',') + 1)), "https");
        }
    }
    return false;
}

std::uint64_t network_of(const address& from) {
    // IPv4 addresses go to the top of 0:1::/32, which nobody can come from.
    constexpr std::uint64_t v4 = std::uint64_t{1} << 32U;
    if (from.is_v4()) {
        return v4 | from.to_v4().to_uint();
    }
    const address_v6 six = from.to_v6();
    if (six.is_v4_mapped()) {
        return v4 | asio::ip::make_address_v4(asio::ip::v4_mapped, six).to_uint();
    }
    const auto bytes = six.to_bytes();
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        number = number << 8U | bytes[i];
    }
    return number;
}

std::string to_text(const address& from) {
    if (from.is_v6() && from.to_v6().is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, from.to_v6()).to_string();
    }
    return from.to_string();
}

} // namespace personalify::http

#pragma once

#include "http/message.hpp"

#include <boost/asio/ip/address.hpp>

#include <array>

/// Who the client is when reverse proxies stand in between.
namespace personalify::http {

/// A block of addresses: "10.0.0.0/8", "fd00::/8", or a single address.
class Network {
public:
    /// Nullopt when the text is neither an address nor a CIDR.
    static std::optional<Network> parse(std::string_view text);
    /// IPv4 addresses and their IPv6-mapped forms are the same.
    bool contains(const asio::ip::address& address) const;

private:
    std::array<unsigned char, 16> bytes_{};
    unsigned bits_ = 128;
};

/// The proxies whose X-Forwarded-* headers are believed.
class TrustedProxies {
public:
    /// Throws std::invalid_argument that names the text which is no address or CIDR.
    explicit TrustedProxies(const std::vector<std::string>& networks);

    bool trusts(const asio::ip::address& address) const;
    /// The right-most address of X-Forwarded-For that is not itself a trusted proxy: what is left of it may
    /// be made up by the client. `peer` when there is none.
    std::string client_address(const asio::ip::address& peer, const Request& request) const;
    /// Whether the nearest proxy says the client came by https.
    static bool is_secure(const Request& request);

private:
    std::vector<Network> networks_;
};

/// What one client usually has, as a number: an IPv4 address, or the /64 of an IPv6 one.
std::uint64_t network_of(const asio::ip::address& address);

/// The address as text; an IPv6-mapped IPv4 address as IPv4.
std::string to_text(const asio::ip::address& address);

} // namespace personalify::http

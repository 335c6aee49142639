#include "main/listen.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <sys/resource.h>

namespace personalify {

namespace {

/// Descriptors that are not for connections: the database's files, calls to Spotify, the loops' own.
constexpr rlim_t reserved_descriptors = 256;

std::string place(const std::string& address, std::uint16_t port) {
    const bool v6 = address.find(':') != std::string::npos;
    return (v6 ? '[' + address + ']' : address) + ':' + std::to_string(port);
}

std::string advice(const boost::system::error_code& error, const std::string& address) {
    if (error == asio::error::address_in_use) {
        return "another program (or another Personalify) listens there. Stop it, or choose another port with "
               "--port; 0 takes a free one.";
    }
    if (error == asio::error::access_denied || error == boost::system::errc::operation_not_permitted) {
        return "this user may not. Choose a port above 1023 with --port, and put a proxy in front for "
               "others.";
    }
    if (error == boost::system::errc::address_not_available) {
        return "this machine does not have the address " + address +
               ". Set LISTEN to one of its own: 127.0.0.1 for this machine only, 0.0.0.0 or :: for the "
               "network.";
    }
    if (error == asio::error::address_family_not_supported) {
        return "this machine does not speak that kind of address. Set LISTEN to 127.0.0.1 or 0.0.0.0.";
    }
    return "the system says: " + error.message() + ". Check LISTEN and --port.";
}

} // namespace

Result<std::unique_ptr<http::Server>> listen(const std::vector<asio::io_context*>& shards,
                                             const http::ServerOptions& options, http::Handler handler) {
    try {
        return http::serve(shards, options, std::move(handler));
    } catch (const boost::system::system_error& failure) {
        return fail(Errc::internal, "cannot listen on " + place(options.address, options.port) + ": " +
                                        advice(failure.code(), options.address));
    }
}

std::string origin_of(const std::string& address, std::uint16_t port) {
    return "http://" + place(address, port);
}

std::string own_origin(const config::Settings& settings) {
    const std::string& address = settings.listen_address;
    return origin_of(address == "0.0.0.0" ? "127.0.0.1" : address == "::" ? "::1" : address, settings.port);
}

std::size_t connections_within_descriptors(std::size_t shards, std::size_t wanted) {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == RLIM_INFINITY) {
        return wanted;
    }
    const rlim_t free = files.rlim_cur - std::min(reserved_descriptors, files.rlim_cur / 2);
    return std::clamp<std::size_t>(free / shards, 1, wanted);
}

} // namespace personalify

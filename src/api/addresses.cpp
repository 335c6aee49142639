#include "api/addresses.hpp"

#include <string_view>

namespace personalify::api {

namespace {

struct Authority {
    std::string_view host; ///< IPv6 with its brackets
    std::string_view port; ///< with its colon, or ""
};

Authority split(std::string_view authority) {
    const std::size_t from = authority.starts_with('[') ? authority.find(']') : 0;
    const std::size_t colon = authority.find(':', from == std::string_view::npos ? 0 : from);
    return colon == std::string_view::npos ? Authority{authority, {}}
                                           : Authority{authority.substr(0, colon), authority.substr(colon)};
}

bool is_port(std::string_view port) {
    return port.empty() || (port.size() > 1 && port.size() <= 6 &&
                            port.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

bool is_loopback(std::string_view host) {
    return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

// "http://127.0.0.1:3000/callback" -> "127.0.0.1:3000"
std::string_view authority_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    const std::string_view rest = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
    return rest.substr(0, rest.find('/'));
}

} // namespace

Result<std::string> Addresses::redirect_uri_for(const http::Request& request) const {
    if (!redirect_uri.empty()) {
        return redirect_uri;
    }
    if (!app_url.empty()) {
        return app_url + "/callback";
    }
    const Authority own = split(request.header("host").value_or(""));
    if (!is_loopback(own.host) || !is_port(own.port)) {
        return fail(Errc::conflict, "Logins are not configured for this address: set APP_URL or "
                                    "SPOTIFY_REDIRECT_URI.");
    }
    const std::string_view host = own.host == "localhost" ? "127.0.0.1" : own.host;
    return "http://" + std::string{host} + std::string{own.port} + "/callback";
}

std::optional<std::string> Addresses::better_host(const http::Request& request,
                                                  const std::string& redirect) const {
    const Authority own = split(request.header("host").value_or(""));
    const Authority back = split(authority_of(redirect));
    if (own.host == back.host || !is_loopback(own.host) || !is_loopback(back.host) || !is_port(own.port)) {
        return std::nullopt;
    }
    return "http://" + std::string{back.host} + std::string{own.port};
}

std::string Addresses::frontend() const {
    if (!frontend_url.empty()) {
        return frontend_url;
    }
    const Authority back = split(authority_of(redirect_uri));
    const bool web_client = (back.host == "localhost" || back.host == "127.0.0.1") && back.port == ":3000";
    return web_client ? "http://" + std::string{back.host} + ":3000" : std::string{};
}

std::string Addresses::own_base(const http::Request& request) const {
    if (!app_url.empty()) {
        return app_url;
    }
    if (constexpr std::string_view https = "https://"; redirect_uri.starts_with(https)) {
        return redirect_uri.substr(0, redirect_uri.find('/', https.size())); // where browsers reach us
    }
    return (secure(request) ? "https://" : "http://") + std::string{request.header("host").value_or("")};
}

bool Addresses::secure(const http::Request& request) const {
    return request.secure || app_url.starts_with("https://") || redirect_uri.starts_with("https://");
}

} // namespace personalify::api

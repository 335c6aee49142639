#include "config/url.hpp"

#include <boost/url/parse.hpp>

#include <algorithm>

namespace personalify::config {

std::optional<UrlParts> parse_base_url(std::string_view text) {
    const auto parsed = boost::urls::parse_uri(text);
    if (!parsed || parsed->has_userinfo() || parsed->has_query() || parsed->has_fragment() ||
        parsed->encoded_host().empty() || (parsed->scheme() != "http" && parsed->scheme() != "https")) {
        return std::nullopt;
    }
    // Boost.URL 1.81 takes "http://127.0.0.1.example.org" for the host 127.0.0.1 and a path: split by hand.
    const std::string_view rest = text.substr(parsed->scheme().size() + std::string_view{"://"}.size());
    const std::string_view authority = rest.substr(0, rest.find('/'));
    const bool ipv6 = authority.starts_with('[');
    const std::size_t colon = std::min(authority.find(':', ipv6 ? authority.find(']') : 0), authority.size());
    const std::string_view host = authority.substr(0, colon);
    const std::string_view port = authority.substr(std::min(colon + 1, authority.size()));
    if ((ipv6 && !host.ends_with(']')) || port.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    UrlParts parts{.scheme = std::string{parsed->scheme()},
                   .host = std::string{host},
                   .port = std::string{port},
                   .path = std::string{rest.substr(authority.size())}};
    std::ranges::transform(parts.host, parts.host.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return parts;
}

bool is_loopback_host(std::string_view host) {
    return host == "localhost" || host == "[::1]" ||
           (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

std::optional<std::string> problem_of_base_url(std::string_view text) {
    const std::optional<UrlParts> parts = parse_base_url(text);
    if (!parts) {
        return "must be an absolute http or https URL without query, such as https://example.org";
    }
    if (parts->scheme == "http" && !is_loopback_host(parts->host)) {
        return "must be https: plain http is for loopback addresses only";
    }
    return std::nullopt;
}

std::optional<std::string> problem_of_origin(std::string_view text) {
    const std::optional<UrlParts> parts = parse_base_url(text);
    const bool fits =
        parts && text == parts->scheme + "://" + parts->host + (parts->port.empty() ? "" : ":" + parts->port);
    if (!fits) {
        return "must be an origin, such as https://example.org: lower case, no path, no slash at the end";
    }
    return std::nullopt;
}

std::optional<std::string> problem_of_redirect_uri(std::string_view text) {
    const std::optional<UrlParts> parts = parse_base_url(text);
    if (!parts) {
        return "must be an absolute URL, such as http://127.0.0.1:8000/callback";
    }
    if (parts->scheme == "http" && parts->host == "localhost") {
        return "must not say localhost: Spotify accepts http for 127.0.0.1 and [::1] only";
    }
    if (parts->scheme == "http" && !is_loopback_host(parts->host)) {
        return "must be https: Spotify accepts http for 127.0.0.1 and [::1] only";
    }
    return std::nullopt;
}

} // namespace personalify::config

#include "upstream/common/base_url.hpp"

#include "net/http_client.hpp"

#include <stdexcept>

namespace personalify::upstream {

std::string base_url(std::string url, std::string_view who) {
    if (const Result<> usable = net::check_address(url); !usable) {
        throw std::invalid_argument(std::string{who} + "'s address: " + usable.error().detail);
    }
    while (url.ends_with('/')) {
        url.pop_back();
    }
    return url;
}

std::string path_of(std::string_view url) {
    std::string_view path = url.substr(0, url.find_first_of("?#")); // those may hold addresses of their own
    const std::size_t scheme = path.find("://");
    if (scheme != std::string_view::npos && !path.starts_with('/')) {
        const std::size_t slash = path.find('/', scheme + 3);
        path = slash == std::string_view::npos ? std::string_view{"/"} : path.substr(slash);
    }
    for (const char c : path) { // what an address can't hold, and what could leave the site
        if (static_cast<unsigned char>(c) <= ' ' || c == '\\' || c == 0x7F) {
            return {};
        }
    }
    const bool climbs = path.contains("..") || path.contains("%2e") || path.contains("%2E");
    return path.starts_with('/') && !path.starts_with("//") && !climbs ? std::string{path} : std::string{};
}

std::string path_below(std::string_view base, std::string_view url) {
    std::string path = path_of(url);
    const std::size_t host = base.find("://") + 3;
    const std::size_t slash = base.find('/', host);
    const std::string_view prefix = slash == std::string_view::npos ? std::string_view{} : base.substr(slash);
    if (!prefix.empty() && path.starts_with(prefix) && path.substr(prefix.size()).starts_with('/')) {
        path.erase(0, prefix.size());
    }
    return path;
}

bool is_at(std::string_view base, std::string_view url, std::string_view other) {
    if (url.starts_with('/')) {
        return !url.starts_with("//");
    }
    const auto origin = [](std::string_view of) {
        const std::size_t scheme = of.find("://");
        return scheme == std::string_view::npos ? std::string_view{}
                                                : of.substr(0, of.find_first_of("/?#", scheme + 3));
    };
    return !origin(url).empty() && (origin(url) == origin(base) || origin(url) == origin(other));
}

} // namespace personalify::upstream

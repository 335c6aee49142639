#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace personalify::config {

/// The parts of an absolute URL that configuration cares about.
struct UrlParts {
    std::string scheme;
    std::string host; ///< lower case; an IPv6 address keeps its brackets
    std::string port; ///< "" when not given
    std::string path;
};

/// nullopt for anything but an absolute http or https URL without user, query and fragment.
std::optional<UrlParts> parse_base_url(std::string_view text);

/// 127.0.0.0/8, [::1] or localhost.
bool is_loopback_host(std::string_view host);

/// Why a text can't be an upstream's or a frontend's base; nullopt when it can.
std::optional<std::string> problem_of_base_url(std::string_view text);

/// Why a text can't be an origin as browsers send it (RFC 6454: scheme, host, port; lower case); nullopt when
/// it can.
std::optional<std::string> problem_of_origin(std::string_view text);

/// Why Spotify would refuse a redirect URI (its rules since 2025); nullopt when it would not.
std::optional<std::string> problem_of_redirect_uri(std::string_view text);

} // namespace personalify::config

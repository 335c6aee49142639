#pragma once

#include "core/error.hpp"
#include "http/message.hpp"

#include <optional>
#include <string>

namespace personalify::api {

/// What the configuration says about addresses that browsers see.
struct Addresses {
    std::string redirect_uri; ///< SPOTIFY_REDIRECT_URI, or ""
    std::string app_url;      ///< APP_URL without trailing slash, or ""
    std::string frontend_url; ///< FRONTEND_URL without trailing slash, or ""

    /// The redirect URI of a login that `request` starts: the configured one, else below APP_URL, else the
    /// request's own host when that is a loopback address (as 127.0.0.1 for `localhost`, which Spotify
    /// refuses).
    Result<std::string> redirect_uri_for(const http::Request& request) const;

    /// Where to send a browser that speaks to another loopback name than the redirect URI ("localhost"
    /// against "127.0.0.1"): its cookie would not come back. nullopt when the names agree.
    std::optional<std::string> better_host(const http::Request& request, const std::string& redirect) const;

    /// Base of the pages that a login ends on: FRONTEND_URL, else port 3000 of a loopback redirect URI that
    /// says so, else "" (the embedded page of this origin).
    std::string frontend() const;

    /// Base of links to this service: APP_URL, else where the request came to.
    std::string own_base(const http::Request& request) const;

    /// Whether cookies get `Secure`: browsers reach us over https.
    bool secure(const http::Request& request) const;
};

} // namespace personalify::api

#pragma once

#include "api/limits.hpp"
#include "crypto/crypto.hpp"
#include "http/message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace personalify::api {

/// What a request presents for an admin route: the token of `Authorization: Bearer`, or the password of
/// `Basic` with the user `admin`; nullopt for neither.
///
/// Basic counts only when Sec-Fetch-Site is same-origin, none or absent. A browser that knows the password
/// adds it to every request to this host by itself, whichever page caused it; it also says truly which page
/// that was. So no other site can make an administrator's browser act (CSRF), whatever the method. Bearer
/// needs no such rule: no browser adds it by itself.
std::optional<std::string> presented_admin_token(const http::Request& request);

/// Lets in who has the admin token; for RouteBuilder::needs_admin(). Copies share the limit. Any thread may
/// use it.
///
/// Refusals are alike on every route, before its input is read: 401, and 429 for an address with too many
/// wrong tokens, which then not even the right one passes.
class AdminGuard {
public:
    /// `limits` nullptr for no limit on wrong tokens.
    explicit AdminGuard(std::string_view token, Limits* limits = nullptr)
        : digest_(crypto::sha256(token))
        , limits_(limits) {}

    /// The refusal; nullopt lets the request in.
    std::optional<http::Response> operator()(const http::Request& request) const;
    /// Compares in a time that tells nothing about the token, not even its length.
    bool accepts(std::string_view token) const;

private:
    crypto::Digest digest_;
    Limits* limits_;
};

} // namespace personalify::api

#include "api/admin_guard.hpp"

#include "http/text.hpp"

namespace personalify::api {

namespace {

constexpr std::string_view admin_user = "admin:";

/// What follows the scheme's name, which has no case; nullopt for another scheme.
std::optional<std::string_view> credentials(std::string_view authorization, std::string_view scheme) {
    if (authorization.size() <= scheme.size() || authorization[scheme.size()] != ' ' ||
        !http::same_ignoring_case(authorization.substr(0, scheme.size()), scheme)) {
        return std::nullopt;
    }
    return authorization.substr(scheme.size() + 1);
}

bool comes_from_here(const http::Request& request) {
    const auto site = request.header("sec-fetch-site");
    return !site || *site == "same-origin" || *site == "none";
}

std::string_view bytes_of(const crypto::Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

http::Response refusal() {
    http::Response response = http::error_response(401, "The admin token is needed.");
    response.headers.push_back(
        {"WWW-Authenticate", R"(Basic realm="Personalify's admin routes", charset="UTF-8")"});
    return response;
}

} // namespace

std::optional<std::string> presented_admin_token(const http::Request& request) {
    const auto authorization = request.header("authorization");
    if (!authorization) {
        return std::nullopt;
    }
    if (const auto token = credentials(*authorization, "bearer")) {
        return std::string{*token};
    }
    const auto basic = credentials(*authorization, "basic");
    if (!basic || !comes_from_here(request)) {
        return std::nullopt;
    }
    const Result<std::string> pair = crypto::base64_decode(*basic);
    if (!pair || !pair->starts_with(admin_user)) {
        return std::nullopt;
    }
    return pair->substr(admin_user.size());
}

bool AdminGuard::accepts(std::string_view token) const {
    return crypto::equal_constant_time(bytes_of(crypto::sha256(token)), bytes_of(digest_));
}

std::optional<http::Response> AdminGuard::operator()(const http::Request& request) const {
    const std::optional<std::string> token = presented_admin_token(request);
    if (!token) {
        return refusal(); // a browser asks like this first, before it asks for the password
    }
    if (limits_ != nullptr) {
        if (auto wait = limits_->refuse_admin(request)) {
            return wait;
        }
    }
    if (accepts(*token)) {
        return std::nullopt;
    }
    if (limits_ != nullptr) {
        limits_->count_wrong_admin(request);
    }
    return refusal();
}

} // namespace personalify::api

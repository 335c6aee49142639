#include "api/identity.hpp"

namespace personalify::api {

namespace {

bool starts_with_bearer(std::string_view value) {
    constexpr std::string_view scheme = "bearer ";
    if (value.size() < scheme.size()) {
        return false;
    }
    for (std::size_t i = 0; i < scheme.size(); ++i) {
        const char c = value[i] >= 'A' && value[i] <= 'Z' ? static_cast<char>(value[i] + 32) : value[i];
        if (c != scheme[i]) {
            return false;
        }
    }
    return true;
}

} // namespace

std::string_view presented_token(const http::Request& request) {
    if (const auto authorization = request.header("authorization");
        authorization && starts_with_bearer(*authorization)) {
        return authorization->substr(7);
    }
    return request.cookie("access_token").value_or("");
}

Task<Result<app::Caller>> Identity::operator()(const http::Request& request) const {
    Result<app::Caller> caller = co_await of_token(std::string{presented_token(request)});
    if (caller) {
        caller->request_id = request.request_id;
    }
    co_return caller;
}

Task<Result<app::Caller>> Identity::of_token(std::string token) const {
    Result<app::Caller> caller = co_await sessions_.identify(std::move(token));
    if (limits_ != nullptr && caller && caller->session) {
        if (const auto wait = limits_->take(caller->session->user.str())) {
            co_return std::unexpected(too_many_of_user(*wait));
        }
    }
    co_return caller;
}

bool Identity::knows(const http::Request& request, std::string_view user) const {
    return sessions_.proves(presented_token(request), user);
}

bool Identity::admits(std::string_view user) const {
    return limits_ == nullptr || !limits_->take(user);
}

void add_session_cookies(std::vector<http::Header>& headers, const std::string& token, const UserId& user,
                         std::chrono::seconds lifetime, bool secure) {
    headers.push_back(http::set_cookie({.name = "spotify_id",
                                        .value = http::percent_encode(user.str()),
                                        .max_age = lifetime,
                                        .secure = secure}));
    headers.push_back(
        http::set_cookie({.name = "access_token", .value = token, .max_age = lifetime, .secure = secure}));
}

void drop_session_cookies(std::vector<http::Header>& headers, bool secure) {
    for (const char* name : {"spotify_id", "access_token"}) {
        headers.push_back(http::set_cookie(
            {.name = name, .value = "", .max_age = std::chrono::seconds{0}, .secure = secure}));
    }
}

} // namespace personalify::api

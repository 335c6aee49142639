#include "api/errors.hpp"

#include "api/limits.hpp"

#include <algorithm>

namespace personalify::api {

int status_of(Errc code) {
    switch (code) {
    case Errc::invalid_argument:
        return 400;
    case Errc::unauthenticated:
        return 401;
    case Errc::forbidden:
        return 403;
    case Errc::not_found:
        return 404;
    case Errc::conflict:
        return 409;
    case Errc::payload_too_large:
        return 413;
    case Errc::too_many_requests:
        return 429;
    case Errc::rate_limited:
    case Errc::upstream_unavailable:
    case Errc::overloaded:
    case Errc::cancelled:
        return 503;
    case Errc::internal:
        return 500;
    }
    return 500;
}

http::Response render(const Error& error) {
    // What broke inside is for the log, not for the client.
    const bool ours = error.code == Errc::internal;
    http::Response response =
        http::error_response(status_of(error.code), ours ? "Internal Server Error" : error.detail);
    if (response.status == 503 || response.status == 429) {
        const auto wait =
            std::max(error.retry_after.value_or(std::chrono::seconds{5}), std::chrono::seconds{1});
        response.headers.push_back({"Retry-After", std::to_string(wait.count())});
        if (error.code == Errc::too_many_requests) { // other limits answer before there is a handler
            add_user_limit(response, wait);
        }
    }
    return response;
}

} // namespace personalify::api

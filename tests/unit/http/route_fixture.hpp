#pragma once

#include "http/routes.hpp"

#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

#include <algorithm>

namespace personalify::http::testing {

/// Who calls: told by the header "X-Caller"; "broken" can't be looked up.
struct Caller {
    std::string name; ///< "" for nobody
};

inline Task<Result<Caller>> identify(const Request& request) {
    const std::string name{request.header("X-Caller").value_or("")};
    if (name == "broken") {
        co_return fail(Errc::upstream_unavailable, "sessions can't be read");
    }
    co_return Caller{name};
}

inline int status_of(Errc code) {
    switch (code) {
    case Errc::not_found:
        return 404;
    case Errc::unauthenticated:
        return 401;
    case Errc::upstream_unavailable:
    case Errc::overloaded:
        return 503;
    default:
        return 500;
    }
}

inline Response render(const Error& error) {
    return error_response(status_of(error.code), error.detail);
}

using TestRoutes = Routes<Caller>;

inline TestRoutes test_routes() {
    return TestRoutes{{identify, render, status_of}};
}

/// Runs one request on a loop of its own.
inline Response ask(const TestRoutes& routes, std::string method, std::string target,
                    std::vector<Header> headers = {}, std::string body = "") {
    Request request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.headers = std::move(headers);
    request.body = std::move(body);
    const auto question = request.target.find('?');
    request.path = request.target.substr(0, question);
    request.query = question == std::string::npos ? "" : request.target.substr(question + 1);

    asio::io_context loop;
    std::optional<Response> response;
    const Handler handler = routes.handler();
    asio::co_spawn(loop.get_executor(), handler(request), [&](std::exception_ptr error, Response answer) {
        if (error) {
            std::rethrow_exception(error);
        }
        response = std::move(answer);
    });
    loop.run();
    return std::move(response.value());
}

inline Response get(const TestRoutes& routes, std::string target, std::vector<Header> headers = {}) {
    return ask(routes, "GET", std::move(target), std::move(headers));
}

inline Response post(const TestRoutes& routes, std::string target, std::string body,
                     std::string type = "application/json") {
    return ask(routes, "POST", std::move(target), {{"Content-Type", std::move(type)}}, std::move(body));
}

inline std::string header(const Response& response, std::string_view name) {
    const auto found = std::ranges::find(response.headers, name, &Header::name);
    return found == response.headers.end() ? "" : found->value;
}

} // namespace personalify::http::testing

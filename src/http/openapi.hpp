#pragma once

#include "http/routes.hpp"

/// The API's description, out of the table of routes, so that the two can't disagree.
namespace personalify::http {

struct ApiInfo {
    std::string title;
    std::string version;
    std::string description = {};             ///< Markdown
    std::vector<std::string> servers = {"/"}; ///< base URLs
    std::string session_cookie = "access_token";
    bool limited = false; ///< routes that are not unlimited may answer 429
};

/// OpenAPI 3.1.0 as JSON text; the same routes give the same text.
std::string openapi(const Router& router, const ApiInfo& info, const std::function<int(Errc)>& status_of);

template <class Caller>
std::string openapi(const Routes<Caller>& routes, const ApiInfo& info) {
    return openapi(routes.router(), info, [&](Errc code) { return routes.status_of(code); });
}

} // namespace personalify::http

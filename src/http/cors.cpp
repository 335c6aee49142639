#include "http/cors.hpp"

#include "http/text.hpp"

#include <algorithm>
#include <array>

namespace personalify::http {

namespace {

constexpr std::array<std::string_view, 12> allowed_headers{
    "accept",        "accept-language",   "authorization",   "cache-control",
    "content-type",  "content-language",  "idempotency-key", "if-none-match",
    "last-event-id", "if-modified-since", "x-request-id",    "x-confirm",
};

struct Cors {
    CorsOptions options;
    Handler inner;

    void mark(const Request& request, Response& response) const;
    bool allows(std::string_view origin) const {
        return std::ranges::find(options.origins, origin) != options.origins.end();
    }
};

void vary_by_origin(Response& response) {
    for (Header& header : response.headers) {
        if (!same_ignoring_case(header.name, "vary")) {
            continue;
        }
        std::optional<std::string_view> rest = header.value;
        while (const auto field = next_item(rest, ',')) {
            if (*field == "*" || same_ignoring_case(*field, "origin")) {
                return;
            }
        }
        header.value += ", Origin";
        return;
    }
    response.headers.push_back({"Vary", "Origin"});
}

void allow(Response& response, std::string_view origin) {
    response.headers.push_back({"Access-Control-Allow-Origin", std::string{origin}});
    response.headers.push_back({"Access-Control-Allow-Credentials", "true"});
}

/// What an answer to a page of that origin carries.
void expose_to(Response& response, std::string_view origin) {
    allow(response, origin);
    response.headers.push_back({"Access-Control-Expose-Headers",
                                "X-Request-ID, ETag, Retry-After, Location, RateLimit, RateLimit-Policy"});
    vary_by_origin(response);
}

/// Those of the requested header names that may be sent, as the browser wrote them.
std::string acceptable(std::string_view requested) {
    std::string names;
    std::optional<std::string_view> rest = requested;
    while (const auto name = next_item(rest, ',')) {
        const bool known = std::ranges::any_of(
            allowed_headers, [&](std::string_view allowed) { return same_ignoring_case(allowed, *name); });
        if (known) {
            names += (names.empty() ? "" : ", ") + std::string{*name};
        }
    }
    return names;
}

Response answer_preflight(const Cors& cors, std::string_view origin, const Request& request) {
    if (!cors.allows(origin)) {
        Response refused = error_response(400, "Disallowed CORS origin");
        vary_by_origin(refused);
        return refused;
    }
    Response response;
    response.status = 204;
    allow(response, origin);
    response.headers.push_back(
        {"Access-Control-Allow-Methods", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"});
    response.headers.push_back({"Access-Control-Max-Age", "600"});
    if (const auto requested = request.header("Access-Control-Request-Headers")) {
        if (std::string names = acceptable(*requested); !names.empty()) {
            response.headers.push_back({"Access-Control-Allow-Headers", std::move(names)});
        }
    }
    vary_by_origin(response);
    return response;
}

void Cors::mark(const Request& request, Response& response) const {
    const auto origin = request.header("Origin");
    if (origin && allows(*origin)) {
        expose_to(response, *origin);
    } else {
        vary_by_origin(response);
    }
}

Task<Response> answer(std::shared_ptr<const Cors> cors, const Request& request) {
    const auto origin = request.header("Origin");
    if (origin && request.method == "OPTIONS" && request.header("Access-Control-Request-Method")) {
        co_return answer_preflight(*cors, *origin, request);
    }
    Response response = co_await cors->inner(request);
    cors->mark(request, response);
    co_return response;
}

} // namespace

ReadyHandler with_cors(const CorsOptions& options, ReadyHandler inner) {
    struct Allowed {
        std::string origin;
        std::string head;
    };
    std::vector<Allowed> allowed;
    for (const std::string& origin : options.origins) {
        Response response;
        expose_to(response, origin);
        std::string head;
        for (const auto& [name, value] : response.headers) {
            head.append(name).append(": ").append(value).append("\r\n");
        }
        allowed.push_back({origin, std::move(head)});
    }
    return [allowed = std::move(allowed), inner = std::move(inner)](const Request& request, Ready& out) {
        if (!inner(request, out)) {
            return false;
        }
        out.more_head = "Vary: Origin\r\n";
        const std::string_view origin = request.header("Origin").value_or("");
        const auto found = std::ranges::find(allowed, origin, &Allowed::origin);
        if (found != allowed.end()) {
            out.more_head = found->head;
        }
        return true;
    };
}

RefusalMarker cors_marker(CorsOptions options) {
    auto cors = std::make_shared<const Cors>(std::move(options), nullptr);
    return [cors](const Request& request, Response& refusal) { cors->mark(request, refusal); };
}

Handler with_cors(CorsOptions options, Handler inner) {
    auto cors = std::make_shared<const Cors>(std::move(options), std::move(inner));
    return [cors](const Request& request) { return answer(cors, request); };
}

} // namespace personalify::http

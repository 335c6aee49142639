#include "api/system.hpp"
#include "http/openapi.hpp"

namespace personalify::api {

namespace {

constexpr std::string_view docs_html = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Personalify API</title>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
</head>
<body>
<noscript>The description of this API is at <a href="/openapi.json">/openapi.json</a>.</noscript>
<script id="api-reference" data-url="/openapi.json"
  data-configuration='{"withDefaultFonts":false,"hideClientButton":true,"telemetry":false,"agent":{"disabled":true},"mcp":{"disabled":true},"showDeveloperTools":"never"}'></script>
<script src="/assets/scalar.js"></script>
</body>
</html>
)";

constexpr std::string_view introduction =
    R"(A backend between Spotify and its listeners' own clients: favourites, genres and what is playing, durable
and shareable.

**Login.** Send a browser to `/login`. A web client gets its session in cookies; a mobile client adds
`mobile=true` and takes the token, or with `code_challenge` a one-time code for `POST /auth/token`, from
the deep link. The token goes into `Authorization: Bearer`. A session lasts 30 days and slides with use,
180 days at most; `POST /auth/refresh` renews it.

**Live player.** `/api/currently-playing/{id}/events` is a stream for `EventSource`: the present state,
then what is new.

**Errors** are `{"detail": ...}`; for wrong input (422) a list of what is wrong where. With nothing to show
some routes answer with status 200, as earlier clients expect: the player, `/api/profile/{id}` and
`/top-genres` an `{"error": ...}`, `/top-data` a `{"message": ...}`.

**Rates.** 429 comes with `Retry-After`, `RateLimit` and `RateLimit-Policy`; 503 with `Retry-After`.
)";

// The bundle makes its own style elements; everything else stays on this origin.
constexpr const char* docs_policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action "
    "'none'; "
    "frame-ancestors 'none'";

Task<Result<http::Response>> docs_page() {
    http::Response response;
    response.static_body = docs_html;
    response.headers = {{"Content-Type", "text/html; charset=utf-8"},
                        {"Content-Security-Policy", docs_policy},
                        {"Cache-Control", "no-cache"}};
    co_return response;
}

Task<Result<http::Response>> document(std::shared_ptr<const std::string> text) {
    http::Response response;
    response.shared_body = std::move(text);
    response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-cache"}};
    co_return response;
}

} // namespace

void add_docs_routes(Routes& routes, const SystemInfo& info) {
    const auto text = std::make_shared<std::string>();
    routes.get<http::Response>("/docs", "These pages").tag("System").produces("text/html").handle([] {
        return docs_page();
    });
    routes.get<http::Response>("/openapi.json", "The description of this API, OpenAPI 3.1")
        .tag("System")
        .produces("application/json")
        .handle([text] { return document(text); });
    *text = http::openapi(routes, {.title = "Personalify",
                                   .version = info.version,
                                   .description = std::string{introduction},
                                   .limited = true});
}

} // namespace personalify::api

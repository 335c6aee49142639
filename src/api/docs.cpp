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
    routes.get<http::Response>("/docs", "These pages").tag("System").answers(200, "HTML").handle([] {
        return docs_page();
    });
    routes.get<http::Response>("/openapi.json", "The description of this API, OpenAPI 3.1")
        .tag("System")
        .answers(200, "The document")
        .handle([text] { return document(text); });
    *text = http::openapi(
        routes, {.title = "Personalify",
                 .version = info.version,
                 .description = "A backend between Spotify and its listeners' own clients: favourites, "
                                "genres and moods of three time ranges, durable and shareable."});
}

} // namespace personalify::api

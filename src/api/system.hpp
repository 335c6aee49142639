#pragma once

#include "api/identity.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace personalify::api {

/// What the system routes need to know of the program.
struct SystemInfo {
    std::string version;
    bool demo = false;
    std::vector<std::string> image_origins; ///< besides Spotify's own, for the page's img-src
    /// Each dependency by name with a check; the checks run at once for /readyz.
    std::vector<std::pair<std::string, std::function<Task<Result<>>()>>> dependencies;
    /// Services that may be away without harm, by name, and how long they are left alone, if they are.
    std::function<std::vector<std::pair<std::string, std::optional<std::chrono::seconds>>>()> services =
        nullptr;
};

/// /healthz and /readyz.
void add_health_routes(Routes& routes, const SystemInfo& info);
/// /, /dashboard/{id} and /assets/{name}: the embedded page.
void add_page_routes(Routes& routes, const SystemInfo& info);
/// /docs and /openapi.json. Add it last: the document is made of the routes that are there by then.
void add_docs_routes(Routes& routes, const SystemInfo& info);

} // namespace personalify::api

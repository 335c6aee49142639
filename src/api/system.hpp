#pragma once

#include "api/identity.hpp"
#include "core/clock.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace personalify::api {

/// A service that is left alone.
struct ClosedService {
    std::chrono::seconds left{0};
    TimePoint until{};
    std::string why;
};

/// What the system routes need to know of the program.
struct SystemInfo {
    std::string version;
    bool demo = false;
    std::vector<std::string> image_origins; ///< besides Spotify's own, for the page's img-src
    /// Each dependency by name with a check; the checks run at once for /readyz.
    std::vector<std::pair<std::string, std::function<Task<Result<>>()>>> dependencies;
    /// Parts whose trouble takes nothing down, by name: "ok", or what there is to say.
    std::function<std::vector<std::pair<std::string, std::string>>()> parts = nullptr;
    /// Services that may be away without harm, by name, and which of them are left alone.
    std::function<std::vector<std::pair<std::string, std::optional<ClosedService>>>()> services = nullptr;
};

/// /healthz and /readyz.
void add_health_routes(Routes& routes, const SystemInfo& info);
/// /metrics, for administrators; `page` writes it.
void add_metrics_routes(Routes& routes, http::Guard guard, std::function<Task<http::Response>()> page);
/// /, /dashboard/{id} and /assets/{name}: the embedded page.
void add_page_routes(Routes& routes, const SystemInfo& info);
/// /docs and /openapi.json. Add it last: the document is made of the routes that are there by then.
void add_docs_routes(Routes& routes, const SystemInfo& info);

} // namespace personalify::api

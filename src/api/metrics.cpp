#include "api/system.hpp"

namespace personalify::api {

void add_metrics_routes(Routes& routes, http::Guard guard, std::function<Task<http::Response>()> page) {
    routes.get<http::Response>("/metrics", "What the service counts, in Prometheus' text format")
        .tag("System")
        .describe("The same as on the listener of `METRICS_LISTEN`, which asks for no token.")
        .produces("text/plain")
        .needs_admin(std::move(guard))
        .handle([page = std::move(page)] { return page(); });
}

} // namespace personalify::api

#include "api/examples.hpp"
#include "api/resources.hpp"

namespace personalify::api {

namespace {

struct DashboardQuery {
    TimeRange time_range = TimeRange::medium_term;
};
BOOST_DESCRIBE_STRUCT(DashboardQuery, (), (time_range))

using DashboardAnswer = app::DashboardCache::Value;

} // namespace

void add_dashboard_routes(Routes& routes, app::DashboardService& dashboards) {
    routes.get<DashboardAnswer>("/api/dashboard/{id}", "Everything the dashboard shows")
        .tag("Dashboard")
        .describe("For the own user from the cache, else from storage, else by a sync; for a visitor of "
                  "somebody who "
                  "shares from cache or storage only. While the emotions are read, the paragraph says that "
                  "they are "
                  "getting ready. `stale` marks data older than a day.")
        .query<DashboardQuery>()
        .fails_with(Errc::unauthenticated, Errc::forbidden, Errc::not_found, Errc::upstream_unavailable)
        .etag()
        .handle([&dashboards](const app::Caller& caller, UserId id, DashboardQuery query) {
            return dashboards.show(caller, std::move(id), query.time_range);
        });
}

} // namespace personalify::api

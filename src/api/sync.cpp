#include "api/examples.hpp"
#include "api/resources.hpp"

namespace personalify::api {

namespace {

struct SyncQuery {
    TimeRange time_range = TimeRange::medium_term;
    json::Bounded<1, 50> limit = 10;
    std::string spotify_id;   ///< defaults to the session's user
    std::string access_token; ///< of old mobile apps: a session token of ours
};
BOOST_DESCRIBE_STRUCT(SyncQuery, (), (time_range, limit, spotify_id, access_token))

using DashboardAnswer = app::DashboardCache::Value;

Task<Result<DashboardAnswer>> sync(app::DashboardService& dashboards, Identity identity, app::Caller caller,
                                   SyncQuery query) {
    if (!caller.session && !query.access_token.empty()) {
        Result<app::Caller> named = co_await identity.of_token(std::move(query.access_token));
        if (!named) {
            co_return std::unexpected(std::move(named.error()));
        }
        caller = std::move(*named);
    }
    const UserId user = !query.spotify_id.empty() || !caller.session ? UserId{std::move(query.spotify_id)}
                                                                     : caller.session->user;
    co_return co_await dashboards.sync_now(std::move(caller), user, query.time_range,
                                           static_cast<int>(query.limit.value));
}

} // namespace

void add_sync_routes(Routes& routes, app::DashboardService& dashboards, const Identity& identity) {
    routes.get<DashboardAnswer>("/sync/top-data", "Read the session's user's favourites from Spotify now")
        .tag("Synchronization")
        .describe("While Spotify limits us, the last stored data marked `stale`, or 503 with `Retry-After` "
                  "when there "
                  "is none. `access_token` in the query is a session token, accepted on this route alone.")
        .needs_session()
        .query<SyncQuery>()
        .fails_with(Errc::unauthenticated, Errc::forbidden, Errc::not_found, Errc::rate_limited)
        .handle([&dashboards, identity](const app::Caller& caller, SyncQuery query) {
            return sync(dashboards, identity, caller, std::move(query));
        });
}

} // namespace personalify::api

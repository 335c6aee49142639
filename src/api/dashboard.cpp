#include "api/examples.hpp"
#include "api/resources.hpp"
#include "http/ready_answer.hpp"

namespace personalify::api {

namespace {

struct DashboardQuery {
    TimeRange time_range = TimeRange::medium_term;
};
BOOST_DESCRIBE_STRUCT(DashboardQuery, (), (time_range))

using DashboardAnswer = app::DashboardCache::Value;
using Kept = app::DashboardCache::Kept;

std::shared_ptr<const http::ReadyAnswer> answer_of(const std::shared_ptr<const Kept>& kept) {
    const auto& answer = kept->answer.get<http::ReadyAnswer>([&] {
        std::vector<http::Header> headers{{"Content-Type", "application/json"},
                                          {"Cache-Control", "private, no-cache"}};
        return std::make_shared<const http::ReadyAnswer>(std::move(headers), json::write(kept->dashboard));
    });
    return {kept, &answer};
}

/// Of a query that is as clients write it; nullopt for all others, which are read with more care.
std::optional<TimeRange> range_of(std::string_view query) {
    if (query.empty()) {
        return DashboardQuery{}.time_range;
    }
    for (const TimeRange range : all_time_ranges) {
        constexpr std::string_view name = "time_range=";
        if (query.starts_with(name) && query.substr(name.size()) == to_string(range)) {
            return range;
        }
    }
    return std::nullopt;
}

/// The dashboards that memory holds, for callers whom memory knows.
class AtHand {
public:
    AtHand(app::DashboardService& dashboards, Identity identity)
        : dashboards_(dashboards)
        , identity_(identity) {}

    bool operator()(const http::Request& request, std::span<const std::string_view> path,
                    http::Ready& out) const {
        const std::optional<TimeRange> range = range_of(request.query);
        std::string_view user = path.front();
        std::optional<std::string> decoded;
        if (user.contains('%')) {
            decoded = http::percent_decode(user, false);
            user = decoded ? std::string_view{*decoded} : std::string_view{};
        }
        if (!range || user.empty()) {
            return false;
        }
        const bool own = identity_.knows(request, user);
        auto kept = dashboards_.at_hand(user, *range, own);
        // A refusal is left to the handler, which tells how long to wait.
        if (kept == nullptr || (own && !identity_.admits(user))) {
            return false;
        }
        answer_of(kept)->fill(request, out);
        out.owner = std::move(kept);
        return true;
    }

private:
    app::DashboardService& dashboards_;
    Identity identity_;
};

/// As memory answers the next time, where it can: the same bytes, tag and compression from the first answer
/// on.
Task<Result<http::Response>> show(app::DashboardService& dashboards, const app::Caller& caller,
                                  const http::Request& request, UserId id, TimeRange range) {
    const Result<DashboardAnswer> shown = co_await dashboards.show(caller, id, range);
    if (!shown) {
        co_return std::unexpected(shown.error());
    }
    const auto kept = dashboards.at_hand(id.str(), range, caller.is(id));
    if (kept == nullptr || kept->dashboard != *shown) {
        co_return http::to_response(*shown);
    }
    co_return http::ReadyAnswer::respond(answer_of(kept), request);
}

} // namespace

void add_dashboard_routes(Routes& routes, app::DashboardService& dashboards, const Identity& identity) {
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
        .ready(AtHand{dashboards, identity})
        .handle([&dashboards](const app::Caller& caller, const http::Request& request, UserId id,
                              DashboardQuery query) {
            return show(dashboards, caller, request, std::move(id), query.time_range);
        });
}

} // namespace personalify::api

#include "api/examples.hpp"
#include "api/resources.hpp"

namespace personalify::api {

namespace {

struct GenresQuery {
    json::Required<UserId> spotify_id;
    TimeRange time_range = TimeRange::medium_term;
};
BOOST_DESCRIBE_STRUCT(GenresQuery, (), (spotify_id, time_range))

struct Genres {
    std::vector<GenreCount> genres;

    static Genres example() { return {{{"indonesian indie", 7}, {"dream pop", 4}}}; }
};
BOOST_DESCRIBE_STRUCT(Genres, (), (genres))

struct NoGenres {
    std::string error = "No cached data found for this user/time_range";
};
BOOST_DESCRIBE_STRUCT(NoGenres, (), (error))

using GenresAnswer = std::variant<Genres, NoGenres>;

Task<Result<GenresAnswer>> genres(app::DashboardService& dashboards, app::Caller caller, GenresQuery query) {
    Result<app::DashboardCache::Value> known =
        co_await dashboards.peek(std::move(caller), *query.spotify_id, query.time_range);
    if (!known) {
        co_return std::unexpected(std::move(known.error()));
    }
    if (*known == nullptr) {
        co_return GenresAnswer{NoGenres{}};
    }
    co_return GenresAnswer{Genres{(*known)->genres}};
}

struct TopQuery {
    json::Required<UserId> spotify_id;
    TimeRange time_range = TimeRange::medium_term;
    json::Bounded<1> limit = 10;
    app::TopOrder sort = app::TopOrder::popularity;
};
BOOST_DESCRIBE_STRUCT(TopQuery, (), (spotify_id, time_range, limit, sort))

struct NoTops {
    std::string message = "No cached data found.";
};
BOOST_DESCRIBE_STRUCT(NoTops, (), (message))

using TopsAnswer = std::variant<app::DashboardCache::Value, NoTops>;

Task<Result<TopsAnswer>> tops(app::DashboardService& dashboards, app::Caller caller, TopQuery query) {
    const auto items =
        static_cast<int>(std::min<std::int64_t>(query.limit.value, app::SyncService::most_items));
    Result<app::DashboardCache::Value> known =
        co_await dashboards.top(std::move(caller), *query.spotify_id, query.time_range, items, query.sort);
    if (!known) {
        co_return std::unexpected(std::move(known.error()));
    }
    if (*known == nullptr) {
        co_return TopsAnswer{NoTops{}};
    }
    co_return TopsAnswer{std::move(*known)};
}

} // namespace

void add_top_routes(Routes& routes, app::DashboardService& dashboards) {
    routes.get<GenresAnswer>("/top-genres", "Genres by how many of the top artists carry them")
        .tag("Dashboard")
        .query<GenresQuery>()
        .handle([&dashboards](const app::Caller& caller, GenresQuery query) {
            return genres(dashboards, caller, std::move(query));
        });

    routes.get<TopsAnswer>("/top-data", "The stored favourites, sorted and cut")
        .tag("Dashboard")
        .describe("Both lists by popularity (descending) or name (ascending), at most `limit` items each. "
                  "Never calls "
                  "Spotify.")
        .query<TopQuery>()
        .handle([&dashboards](const app::Caller& caller, TopQuery query) {
            return tops(dashboards, caller, std::move(query));
        });
}

} // namespace personalify::api

#include "api/examples.hpp"
#include "api/history_item.hpp"
#include "api/resources.hpp"

namespace personalify::api {

namespace {

struct HistoryQuery {
    json::Required<UserId> spotify_id;
    json::Bounded<1, 100> limit = 50;
    std::optional<TimePoint> before; ///< entries synced earlier than this (RFC 3339)
};
BOOST_DESCRIBE_STRUCT(HistoryQuery, (), (spotify_id, limit, before))

Task<Result<std::vector<HistoryItem>>> list(app::HistoryService& history, app::Caller caller,
                                            HistoryQuery query) {
    Result<std::vector<app::HistoryEntry>> entries = co_await history.list(
        std::move(caller), *query.spotify_id, static_cast<int>(query.limit.value), query.before);
    if (!entries) {
        co_return std::unexpected(std::move(entries.error()));
    }
    std::vector<HistoryItem> items;
    items.reserve(entries->size());
    for (app::HistoryEntry& entry : *entries) {
        items.push_back(item_of(std::move(entry)));
    }
    co_return items;
}

} // namespace

void add_history_routes(Routes& routes, app::HistoryService& history) {
    routes.get<std::vector<HistoryItem>>("/history", "The session's user's stored syncs, newest first")
        .tag("Synchronization")
        .describe(
            "Page with `before` = the last entry's `last_synced`. Empty for anybody else's id: history stays "
            "private.")
        .query<HistoryQuery>()
        .handle([&history](const app::Caller& caller, HistoryQuery query) {
            return list(history, caller, std::move(query));
        });
}

} // namespace personalify::api

#include "app/dashboards.hpp"

#include <algorithm>

namespace personalify::app {

namespace {

bool may_pass(const Error& error) {
    return error.code == Errc::rate_limited || error.code == Errc::upstream_unavailable;
}

DashboardCache::Value cut(const Dashboard& whole, int items) {
    auto part = std::make_shared<Dashboard>(whole);
    const auto most = static_cast<std::size_t>(items);
    part->artists.resize(std::min(part->artists.size(), most));
    part->tracks.resize(std::min(part->tracks.size(), most));
    return part;
}

} // namespace

Task<DashboardCache::Value> DashboardService::compose(User owner, TimeRange range, StoredTops stored) {
    std::optional<EmotionSummary> emotions =
        co_await emotions_.summary(owner.id, range, titles_of(stored.tops.tracks), stored.all_titles);
    auto dashboard = std::make_shared<Dashboard>();
    dashboard->user = owner.display_name;
    dashboard->image = owner.image;
    dashboard->time_range = range;
    dashboard->emotion_paragraph = emotions ? emotions->paragraph : std::string{pending_emotion_paragraph};
    if (emotions) {
        dashboard->top_emotions = std::move(emotions->top);
    }
    dashboard->genres = count_genres(stored.tops.artists);
    dashboard->genre_artists_map = artists_by_genre(stored.tops.artists);
    dashboard->artists = std::move(stored.tops.artists);
    dashboard->tracks = std::move(stored.tops.tracks);
    dashboard->synced_at = to_rfc3339(stored.synced_at);
    dashboard->stale = clock_.now() - stored.synced_at > fresh_for;
    co_return dashboard;
}

Task<Result<std::optional<User>>> DashboardService::visible_owner(Caller caller, UserId user) {
    Result<std::optional<User>> found = co_await users_.find(std::move(user));
    if (found && found->has_value() && !visibility_.allows(caller, **found)) {
        co_return std::optional<User>{};
    }
    co_return found;
}

Task<Result<DashboardCache::Value>> DashboardService::recall(User owner, TimeRange range,
                                                             std::uint64_t mark) {
    Result<std::optional<StoredTops>> stored = co_await library_.tops(owner.id, range);
    if (!stored) {
        co_return std::unexpected(std::move(stored.error()));
    }
    if (!stored->has_value()) {
        co_return DashboardCache::Value{};
    }
    const TimePoint fresh_until = (*stored)->synced_at + fresh_for;
    DashboardCache::Value dashboard = co_await compose(owner, range, std::move(**stored));
    // Never cached past the moment at which it turns stale.
    const auto fresh_left = std::chrono::floor<std::chrono::seconds>(fresh_until - clock_.now());
    const bool pending = dashboard->emotion_paragraph == pending_emotion_paragraph;
    const std::chrono::seconds lifetime =
        dashboard->stale
            ? std::chrono::seconds{60}
            : std::min<std::chrono::seconds>(fresh_left, pending ? pending_lifetime : cache_lifetime);
    const auto audience = visibility_.allows(Caller{}, owner) ? DashboardCache::Audience::everybody
                                                              : DashboardCache::Audience::own_user;
    co_await cache_.put(owner.id, dashboard, audience, lifetime, mark);
    co_return dashboard;
}

std::shared_ptr<const DashboardCache::Kept> DashboardService::at_hand(std::string_view user, TimeRange range,
                                                                      bool own) {
    auto kept = cache_.at_hand(user, range);
    const bool allowed = own || (kept && kept->audience == DashboardCache::Audience::everybody);
    const bool wants_sync = own && kept && kept->dashboard->stale;
    return allowed && !wants_sync ? kept : nullptr;
}

Task<Result<DashboardCache::Value>> DashboardService::peek(Caller caller, UserId user, TimeRange range) {
    // The mark is older than all that is read: a change of sharing meanwhile keeps the result out of the
    // cache.
    const DashboardCache::Lookup cached = co_await cache_.get(user, range);
    Result<std::optional<User>> owner = co_await visible_owner(std::move(caller), std::move(user));
    if (!owner) {
        co_return std::unexpected(std::move(owner.error()));
    }
    if (!owner->has_value() || cached.value != nullptr) {
        co_return owner->has_value() ? cached.value : nullptr;
    }
    co_return co_await recall(std::move(**owner), range, cached.mark);
}

Task<Result<DashboardCache::Value>> DashboardService::show(Caller caller, UserId user, TimeRange range) {
    const bool own = caller.is(user);
    Result<DashboardCache::Value> known = co_await peek(caller, user, range);
    if (!known) {
        co_return known;
    }
    if (*known != nullptr) {
        if (own && (*known)->stale) {
            asio::co_spawn(co_await asio::this_coro::executor, sync_behind(user, range, caller.request_id),
                           [](std::exception_ptr) {});
        }
        co_return known;
    }
    if (!own) {
        co_return fail(Errc::not_found, no_data);
    }
    Result<StoredTops> synced =
        co_await sync_.sync(user, range, SyncService::usual_items, Urgency::user_request);
    if (!synced) {
        co_return std::unexpected(std::move(synced.error()));
    }
    co_return co_await peek(std::move(caller), std::move(user), range);
}

Task<void> DashboardService::sync_behind(UserId user, TimeRange range, std::string request_id) {
    Result<StoredTops> synced =
        co_await sync_.sync(std::move(user), range, SyncService::usual_items, Urgency::background);
    if (!synced) { // the mark stays on the answer
        synced.error().request_id = std::move(request_id);
        sync_.report("background.sync", synced.error());
    }
}

Task<Result<DashboardCache::Value>> DashboardService::sync_now(Caller caller, UserId user, TimeRange range,
                                                               int items) {
    if (!caller.session) {
        co_return fail(Errc::unauthenticated, login_again);
    }
    if (!caller.is(user)) {
        co_return fail(Errc::not_found, no_data);
    }
    Result<StoredTops> synced = co_await sync_.sync(user, range, items, Urgency::user_request);
    if (!synced && !may_pass(synced.error())) {
        co_return std::unexpected(std::move(synced.error()));
    }
    if (!synced) { // what is stored is answered
        synced.error().request_id = caller.request_id;
        sync_.report("request.sync", synced.error());
    }
    Result<DashboardCache::Value> known = co_await peek(std::move(caller), std::move(user), range);
    if (!known) {
        co_return known;
    }
    if (*known == nullptr) {
        co_return synced ? Result<DashboardCache::Value>{fail(Errc::not_found, no_data)}
                         : Result<DashboardCache::Value>{std::unexpected(std::move(synced.error()))};
    }
    std::shared_ptr<Dashboard> answer = std::make_shared<Dashboard>(*cut(**known, items));
    answer->stale = answer->stale || !synced;
    co_return DashboardCache::Value{std::move(answer)};
}

Task<Result<DashboardCache::Value>> DashboardService::top(Caller caller, UserId user, TimeRange range,
                                                          int items, TopOrder order) {
    Result<DashboardCache::Value> known = co_await peek(std::move(caller), std::move(user), range);
    if (!known || *known == nullptr) {
        co_return known;
    }
    Dashboard sorted = **known;
    const auto arrange = [order](auto& list) {
        if (order == TopOrder::name) {
            std::ranges::stable_sort(list, [](const auto& a, const auto& b) { return a.name < b.name; });
        } else {
            std::ranges::stable_sort(
                list, [](const auto& a, const auto& b) { return a.popularity > b.popularity; });
        }
    };
    arrange(sorted.artists);
    arrange(sorted.tracks);
    co_return cut(sorted, items);
}

} // namespace personalify::app

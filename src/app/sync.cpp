#include "app/sync.hpp"

#include "app/caller.hpp"
#include "core/concurrent.hpp"

#include <algorithm>

namespace personalify::app {

namespace {

constexpr std::chrono::seconds sync_patience{30};

SyncDocument document_of(const User& user, TimeRange range, const Tops& tops) {
    return SyncDocument{.user = user.display_name,
                        .image = user.image,
                        .artists = tops.artists,
                        .tracks = tops.tracks,
                        .genres = count_genres(tops.artists),
                        .time_range = range,
                        .emotion_paragraph = std::string{pending_emotion_paragraph},
                        .top_emotions = {}};
}

} // namespace

Task<Result<Tops>> SyncService::read(std::string access_token, TimeRange range, int items, Urgency urgency) {
    const Executor shard = co_await asio::this_coro::executor;
    auto reading_artists = start(shard, spotify_.top_artists(access_token, range, items, urgency));
    auto reading_tracks = start(shard, spotify_.top_tracks(access_token, range, items, urgency));
    Result<std::vector<Artist>> artists = co_await reading_artists.value();
    Result<std::vector<Track>> tracks = co_await reading_tracks.value();
    if (!artists) {
        co_return std::unexpected(std::move(artists.error()));
    }
    if (!tracks) {
        co_return std::unexpected(std::move(tracks.error()));
    }
    co_return Tops{std::move(*artists), std::move(*tracks)};
}

Task<void> SyncService::erased(UserId user) {
    under_way_.call_off(user);
    return cache_.erase(std::move(user));
}

Task<Result<StoredTops>> SyncService::store(User user, TimeRange range, Tops tops, UnderWay::Pass pass) {
    const TimePoint now = clock_.now();
    if (*pass) {
        co_return fail(Errc::unauthenticated, login_again);
    }
    Result<> saved = co_await library_.save_tops(user.id, range, tops, now);
    if (!saved) {
        co_return std::unexpected(std::move(saved.error()));
    }
    if (on_stored_) {
        on_stored_();
    }
    co_await cache_.erase(user.id); // what is cached is old from here on, whatever becomes of the history
    if (*pass) {
        co_return fail(Errc::unauthenticated, login_again);
    }
    HistoryEntry entry{document_of(user, range, tops), now};
    Result<> appended = co_await history_.append(user.id, std::move(entry));
    if (!appended) {
        co_return std::unexpected(std::move(appended.error()));
    }
    co_await emotions_.synced(std::move(user.id), range, now, titles_of(tops.tracks));
    co_return StoredTops{std::move(tops), now};
}

Task<Result<StoredTops>> SyncService::sync(UserId user, TimeRange range, int items, Urgency urgency) {
    items = std::clamp(items, usual_items, most_items);
    // A user's request doesn't join a patient background sync: it would wait as long as that one may.
    std::string key = std::string{urgency == Urgency::background ? "background/" : "user/"} +
                      std::to_string(items) + '/' + std::string{to_string(range)} + '/' + user.str();
    std::function<Task<Result<StoredTops>>()> work = [this, user, range, items, urgency] {
        return sync_once(user, range, items, urgency);
    };
    return syncs_.run(std::move(key), sync_patience, std::move(work));
}

Task<Result<StoredTops>> SyncService::sync_once(UserId user, TimeRange range, int items, Urgency urgency) {
    UnderWay::Pass pass = begin(user);
    Result<std::optional<User>> found = co_await users_.find(user);
    if (!found) {
        co_return std::unexpected(std::move(found.error()));
    }
    if (!found->has_value()) {
        co_return fail(Errc::not_found, no_data);
    }
    std::function<Task<Result<Tops>>(std::string)> request = [this, range, items,
                                                              urgency](std::string token) {
        return read(std::move(token), range, items, urgency);
    };
    Result<Tops> tops = co_await tokens_.call<Tops>(user, std::move(request));
    if (!tops) {
        co_return std::unexpected(std::move(tops.error()));
    }
    co_return co_await store(std::move(**found), range, std::move(*tops), std::move(pass));
}

} // namespace personalify::app

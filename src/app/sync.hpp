#pragma once

#include "app/ports/dashboards.hpp"
#include "app/ports/emotions.hpp"
#include "app/ports/history.hpp"
#include "app/ports/library.hpp"
#include "app/ports/spotify.hpp"
#include "app/ports/users.hpp"
#include "app/report.hpp"
#include "app/tokens.hpp"
#include "app/under_way.hpp"
#include "core/single_flight.hpp"
#include "domain/dashboard.hpp"

namespace personalify::app {

/// Reads a listener's tops from Spotify and makes them durable: library and history; the cached dashboard
/// goes, and what the titles say is read beside it.
class SyncService {
public:
    /// Items per list that a login and the dashboard ask for.
    static constexpr int usual_items = 20;
    static constexpr int most_items = 50;

    SyncService(UserStore& users, LibraryStore& library, HistoryStore& history, DashboardCache& cache,
                EmotionReader& emotions, SpotifyApi& spotify, TokenService& tokens, const Clock& clock,
                Report report = nullptr)
        : users_(users)
        , library_(library)
        , history_(history)
        , cache_(cache)
        , emotions_(emotions)
        , spotify_(spotify)
        , tokens_(tokens)
        , clock_(clock)
        , report_(std::move(report)) {}

    /// Syncs one range now with the user's stored tokens; equal syncs in flight are one. Reads at least the
    /// usual number of items, so that a small sync does not shrink the dashboard. Stored when it returns.
    Task<Result<StoredTops>> sync(UserId user, TimeRange range, int items, Urgency urgency);

    /// Artists and tracks of one range, read at once. For a login, whose user is not known yet.
    Task<Result<Tops>> read(std::string access_token, TimeRange range, int items, Urgency urgency);

    /// The user signed in again: who and what the cached dashboards show may have changed.
    Task<void> forget_cached(UserId user) { return cache_.erase(std::move(user)); }

    /// The user is gone, and so is what is cached of them; syncs under way store nothing.
    Task<void> erased(UserId user);

    /// Called, on any shard, when tops were stored. Set it before there are requests.
    void on_stored(std::function<void()> told) { on_stored_ = std::move(told); }

    /// Tells of a failure that stays behind an answer.
    void report(std::string_view what, const Error& error) const {
        if (report_) {
            report_(what, error);
        }
    }

    /// For who is about to read tops that are to be stored.
    UnderWay::Pass begin(const UserId& user) { return under_way_.begin(user); }
    /// Makes the tops durable; they are acknowledged when it returns without an error. unauthenticated when
    /// the user was erased since `pass`.
    Task<Result<StoredTops>> store(User user, TimeRange range, Tops tops, UnderWay::Pass pass);

private:
    Task<Result<StoredTops>> sync_once(UserId user, TimeRange range, int items, Urgency urgency);

    UserStore& users_;
    LibraryStore& library_;
    HistoryStore& history_;
    DashboardCache& cache_;
    EmotionReader& emotions_;
    SpotifyApi& spotify_;
    TokenService& tokens_;
    const Clock& clock_;
    Report report_;
    std::function<void()> on_stored_;
    UnderWay under_way_;
    SingleFlight<StoredTops> syncs_;
};

} // namespace personalify::app

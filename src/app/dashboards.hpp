#pragma once

#include "app/caller.hpp"
#include "app/ports/dashboards.hpp"
#include "app/ports/emotions.hpp"
#include "app/ports/library.hpp"
#include "app/ports/users.hpp"
#include "app/sync.hpp"
#include "app/visibility.hpp"

namespace personalify::app {

/// How /top-data orders its lists.
enum class TopOrder { popularity, name };
BOOST_DESCRIBE_ENUM(TopOrder, popularity, name)

/// The dashboard: from the cache, else from storage, else, for the own user, by a sync.
class DashboardService {
public:
    /// Older data is marked stale, and synced anew behind the answer when its own user looks.
    static constexpr std::chrono::hours fresh_for{24};
    static constexpr std::chrono::minutes cache_lifetime{60};
    /// While the emotions are pending: the next look asks for them again. What is read sooner shows sooner.
    static constexpr std::chrono::minutes pending_lifetime{5};

    DashboardService(UserStore& users, LibraryStore& library, DashboardCache& cache, EmotionReader& emotions,
                     SyncService& sync, Visibility visibility, const Clock& clock)
        : users_(users)
        , library_(library)
        , cache_(cache)
        , emotions_(emotions)
        , sync_(sync)
        , visibility_(visibility)
        , clock_(clock) {}

    /// not_found when the user does not exist, may not be seen, or has no data; upstream errors only when
    /// there is nothing stored and the own user's sync failed.
    Task<Result<DashboardCache::Value>> show(Caller caller, UserId user, TimeRange range);

    /// A dashboard that can be answered without waiting; nullptr: show() knows more. `own`: the caller is the
    /// user.
    std::shared_ptr<const DashboardCache::Kept> at_hand(std::string_view user, TimeRange range, bool own);

    /// Cache and storage only: never calls Spotify. nullptr when there is nothing the caller may see.
    Task<Result<DashboardCache::Value>> peek(Caller caller, UserId user, TimeRange range);

    /// Syncs the caller's range now; the dashboard of it, lists cut to `items`. When Spotify limits us or is
    /// away, what is stored, marked stale. unauthenticated without a session; not_found for another's id.
    Task<Result<DashboardCache::Value>> sync_now(Caller caller, UserId user, TimeRange range, int items);

    /// As peek, both lists in the given order and cut to `items` (at least 1).
    Task<Result<DashboardCache::Value>> top(Caller caller, UserId user, TimeRange range, int items,
                                            TopOrder order);

private:
    Task<Result<DashboardCache::Value>> recall(User owner, TimeRange range, std::uint64_t mark);
    Task<DashboardCache::Value> compose(User owner, TimeRange range, StoredTops stored);
    Task<Result<std::optional<User>>> visible_owner(Caller caller, UserId user);
    Task<void> sync_behind(UserId user, TimeRange range, std::string request_id);

    UserStore& users_;
    LibraryStore& library_;
    DashboardCache& cache_;
    EmotionReader& emotions_;
    SyncService& sync_;
    Visibility visibility_;
    const Clock& clock_;
};

} // namespace personalify::app

#pragma once

#include "app/caller.hpp"
#include "app/player_feed.hpp"
#include "app/player_pace.hpp"
#include "app/ports/spotify.hpp"
#include "app/ports/users.hpp"
#include "app/report.hpp"
#include "app/sessions.hpp"
#include "app/tokens.hpp"
#include "core/metrics.hpp"

#include <atomic>
#include <exception>
#include <unordered_map>

namespace personalify::app {

struct PlayerOptions {
    std::chrono::milliseconds poll{3000};     ///< between two looks at a player that plays and is watched
    std::chrono::milliseconds max_age{1000};  ///< of what is shown to those who ask
    std::chrono::milliseconds patience{2500}; ///< of those who ask while nothing good is known ...
    std::chrono::milliseconds short_patience{1000}; ///< ... and while something is
    double looks_per_second = 1.5;                  ///< the player's share of the call budget; see PlayerLoad
    std::size_t most_pollers = 1000;
    std::size_t most_feeds = 10'000; ///< users whose player is remembered
};

/// What users listen to right now. However many ask about a user or watch, on whichever shard: Spotify is
/// asked once for all of them, regularly only while somebody watches.
class PlayerService {
public:
    /// `render` makes what watches hand out.
    PlayerService(UserStore& users, SpotifyApi& spotify, TokenService& tokens, SessionService& sessions,
                  const Clock& clock, PlayerRender render, PlayerOptions options = {},
                  Report report = nullptr);

    /// The player now: at most `max_age` old while the call budget allows, extrapolated otherwise. Trouble is
    /// in the view. not_found when the user does not exist or does not share with the caller.
    Task<Result<PlayerView>> show(Caller caller, UserId user);

    /// Follows the player on the current shard. The watch has the state of now to take, unless `last_id` (of
    /// the last event that its reader has seen, or "") says it is known. not_found as for show(); overloaded
    /// when too many are followed.
    Task<Result<std::shared_ptr<PlayerWatch>>> watch(Caller caller, UserId user, std::string last_id);

    /// Whether a watch may go on: the session that opened it (`token`, "" without one) still stands, the user
    /// still shares. Also while that can't be looked up.
    Task<bool> may_go_on(std::string token, UserId user);

    /// A login was stored: what was known of the user's player is forgotten, and watches look again. Where an
    /// id went from one user to another, its watches end; who may go on watching opens them anew.
    void signed_in(const SavedLogin& login);

    /// The user is gone: nothing is asked or told any more, and all watches end.
    void erased(const UserId& user) { end_feed(user); }

    /// What the session's user played last. unauthenticated without a session or without Spotify's consent,
    /// not_found for another's id.
    Task<Result<std::vector<RecentPlay>>> recent(Caller caller, UserId user, int limit);

    /// Who watches, who polls, whose player is remembered.
    void measure(metrics::Sink& sink);

private:
    using Feed = std::shared_ptr<PlayerFeed>;

    Task<Result<>> may_see(Caller caller, UserId user);
    Result<Feed> feed_of(const UserId& user);
    Task<Result<Feed>> visible_feed(Caller caller, UserId user);
    Feed known_feed(const UserId& user);
    void end_feed(const UserId& user);
    void forget_idle_feeds(TimePoint now);
    /// False when something of ours broke.
    Task<bool> refresh(Feed feed, std::chrono::milliseconds max_age, std::chrono::milliseconds patience,
                       std::string request_id = {});
    Task<Result<bool>> ask(Feed feed, std::chrono::milliseconds max_age, std::string request_id);
    Task<void> look(Feed feed, std::chrono::milliseconds max_age, std::string request_id);
    bool start_polling(const Feed& feed, Executor shard);
    struct Poller;
    Task<void> poll(std::shared_ptr<Poller> poller);
    Task<std::chrono::milliseconds> look_if_due(std::shared_ptr<Poller> poller);
    void end_poller(const Poller& poller, std::exception_ptr thrown);
    void report(std::string_view what, const Error& error) const;

    UserStore& users_;
    SpotifyApi& spotify_;
    TokenService& tokens_;
    SessionService& sessions_;
    const Clock& clock_;
    PlayerRender render_;
    PlayerOptions options_;
    Report report_;
    SingleFlight<bool> flights_;

    std::atomic<std::size_t> pollers_ = 0;
    PlayerLoad load_; ///< of all pollers

    std::mutex mutex_; ///< guards the rest
    std::unordered_map<UserId, Feed> feeds_;
    std::uint64_t feeds_made_ = 0;
};

} // namespace personalify::app

#pragma once

#include "app/player_state.hpp"
#include "core/ids.hpp"
#include "core/task.hpp"
#include "core/timer.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::app {

class PlayerFeed;
class PlayerWatch;

/// Writes what watchers are told, for the edge: once per event, shared by all who watch.
using PlayerRender = std::function<std::string(std::string_view id, const PlayerView& view)>;

/// The watches of one feed on one shard. Only that shard touches it.
struct PlayerGroup {
    explicit PlayerGroup(Executor on)
        : shard(on) {}
    Executor shard;
    std::vector<PlayerWatch*> watches;
};

/// One who watches a player. Made, used and destroyed on one shard. Keeps nothing but the newest news: who
/// reads slowly misses what was between.
class PlayerWatch {
public:
    using Bytes = std::shared_ptr<const std::string>;

    /// Joins the watches of the current shard.
    PlayerWatch(std::shared_ptr<PlayerFeed> feed, std::shared_ptr<PlayerGroup> group);
    ~PlayerWatch();
    PlayerWatch(const PlayerWatch&) = delete;
    PlayerWatch& operator=(const PlayerWatch&) = delete;

    /// The newest news that was not taken yet, or null.
    Bytes take() { return std::exchange(news_, nullptr); }
    /// Whether somebody else has the user's id now: there will be no more news.
    bool ended() const { return ended_; }
    /// Called, on the watch's shard, when there is something to take, or the watch has ended.
    void on_news(std::function<void()> wake) { wake_ = std::move(wake); }

    const UserId& user() const;

private:
    friend class PlayerFeed;
    void tell(std::uint64_t version, const Bytes& bytes);
    void end();

    std::shared_ptr<PlayerFeed> feed_;
    std::shared_ptr<PlayerGroup> group_;
    std::size_t slot_; ///< in the group
    std::uint64_t seen_ = 0;
    bool ended_ = false;
    Bytes news_;
    std::function<void()> wake_;
};

/// One user's player as all shards share it: the state, those who watch, and who polls for them. What it
/// hands to another shard goes there in one message. Safe on every shard.
class PlayerFeed : public std::enable_shared_from_this<PlayerFeed> {
public:
    /// `epoch` tells the ids of this feed's events from those of an earlier one of the same user.
    PlayerFeed(UserId user, std::string epoch, std::chrono::milliseconds poll, const PlayerRender& render);

    const UserId& user() const { return user_; }

    /// How many logins of the user came since the feed began.
    std::uint64_t logins() const;
    /// What looks of one user under way share: another one after every login.
    std::string flight_key() const;
    /// Takes in an answer, and tells the watches when it is news. `logins` is of the moment when it was asked
    /// for: what was asked before the last login tells nothing.
    void apply(std::uint64_t logins, Result<Playing> answer, TimePoint sent, TimePoint now, double jitter);
    /// The user logged in anew: forgets what was known and, while somebody watches, looks again.
    void renew();
    /// Somebody else has the id now: nothing is asked or told any more, and all watches end.
    void end();
    PlayerView view(TimePoint now) const;
    bool may_ask(TimePoint now, std::chrono::milliseconds max_age) const;
    bool has_answer() const;
    bool is_good(TimePoint now) const;
    std::chrono::milliseconds until_due(TimePoint now, const PlayerPace& pace) const;
    WantedLooks wanted() const;

    /// A new watch on `shard`, which is the current one.
    std::shared_ptr<PlayerWatch> join(Executor shard);
    /// Gives a new watch the state of now, unless `last_id` says that its reader has it already. Where it is
    /// news to the others too, they are told.
    void greet(PlayerWatch& watch, std::string_view last_id, TimePoint now);

    /// How many watch.
    std::size_t watches() const;

    /// True for the one who has to start polling.
    bool begin_polling(Executor shard, const std::shared_ptr<Timer>& timer);
    bool is_polled() const;
    /// Ends the polling, when nobody watches any more; else false.
    bool end_polling();
    /// The poller has broken down: somebody else may begin.
    void drop_polling();

    /// For who keeps the feeds: when it was last of use, and whether it is now.
    void touch(TimePoint now);
    bool is_idle(TimePoint since) const;

private:
    friend class PlayerWatch;
    /// The last version, and those who have to be told.
    struct News {
        std::vector<std::shared_ptr<PlayerGroup>> groups;
        std::uint64_t version = 0;
        PlayerWatch::Bytes bytes;
    };
    void left();
    std::string id() const;
    News news(TimePoint now) const;
    static void tell_all(News news);
    void wake_poller();

    const UserId user_;
    const std::string epoch_;
    const PlayerRender& render_;

    mutable std::mutex mutex_; ///< guards the rest
    PlayerState state_;
    std::uint64_t logins_ = 0;
    bool ended_ = false;
    std::vector<std::shared_ptr<PlayerGroup>> groups_; ///< one per shard that ever watched
    std::size_t watches_ = 0;
    bool polling_ = false;
    std::optional<Executor> poller_shard_;
    std::weak_ptr<Timer> poller_timer_; ///< belongs to that shard
    TimePoint used_at_{};
};

} // namespace personalify::app

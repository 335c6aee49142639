#include "app/player_feed.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>

namespace personalify::app {

PlayerWatch::PlayerWatch(std::shared_ptr<PlayerFeed> feed, std::shared_ptr<PlayerGroup> group)
    : feed_(std::move(feed))
    , group_(std::move(group))
    , slot_(group_->watches.size()) {
    group_->watches.push_back(this);
}

PlayerWatch::~PlayerWatch() {
    group_->watches[slot_] = group_->watches.back();
    group_->watches[slot_]->slot_ = slot_;
    group_->watches.pop_back();
    feed_->left();
}

const UserId& PlayerWatch::user() const {
    return feed_->user();
}

void PlayerWatch::tell(std::uint64_t version, const Bytes& bytes) {
    if (version <= seen_) {
        return;
    }
    seen_ = version;
    news_ = bytes;
    if (wake_) {
        wake_();
    }
}

void PlayerWatch::end() {
    ended_ = true;
    news_ = nullptr;
    if (wake_) {
        wake_();
    }
}

PlayerFeed::PlayerFeed(UserId user, std::string epoch, std::chrono::milliseconds poll,
                       const PlayerRender& render)
    : user_(std::move(user))
    , epoch_(std::move(epoch))
    , render_(render)
    , state_(poll) {}

std::string PlayerFeed::id() const {
    return epoch_ + '-' + std::to_string(state_.version());
}

std::uint64_t PlayerFeed::logins() const {
    const std::lock_guard lock(mutex_);
    return logins_;
}

std::string PlayerFeed::flight_key() const {
    return epoch_ + '/' + std::to_string(logins());
}

void PlayerFeed::apply(std::uint64_t logins, Result<Playing> answer, TimePoint sent, TimePoint now,
                       double jitter) {
    News told;
    {
        const std::lock_guard lock(mutex_);
        if (ended_ || logins != logins_ || !state_.apply(std::move(answer), sent, now, jitter)) {
            return;
        }
        told = news(now);
    }
    tell_all(std::move(told));
    wake_poller(); // its next look may be due sooner
}

void PlayerFeed::renew() {
    {
        const std::lock_guard lock(mutex_);
        state_.forget();
        ++logins_;
    }
    wake_poller();
}

void PlayerFeed::end() {
    std::vector<std::shared_ptr<PlayerGroup>> groups;
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        state_.forget();
        groups = groups_;
    }
    for (std::shared_ptr<PlayerGroup>& group : groups) {
        const Executor shard = group->shard;
        asio::post(shard, [group = std::move(group)] {
            for (PlayerWatch* watch : group->watches) {
                watch->end();
            }
        });
    }
    wake_poller();
}

/// Under the lock.
PlayerFeed::News PlayerFeed::news(TimePoint now) const {
    if (watches_ == 0) {
        return {};
    }
    return {.groups = groups_,
            .version = state_.version(),
            .bytes = std::make_shared<const std::string>(render_(id(), state_.view(now)))};
}

void PlayerFeed::tell_all(News news) {
    for (std::shared_ptr<PlayerGroup>& group : news.groups) {
        const Executor shard = group->shard;
        asio::post(shard, [group = std::move(group), version = news.version, bytes = news.bytes] {
            for (PlayerWatch* watch : group->watches) { // waking only cancels a wait: nobody leaves meanwhile
                watch->tell(version, bytes);
            }
        });
    }
}

void PlayerFeed::wake_poller() {
    const std::lock_guard lock(mutex_);
    if (polling_ && poller_shard_) {
        asio::post(*poller_shard_, [timer = poller_timer_] {
            if (const std::shared_ptr<Timer> still_there = timer.lock()) {
                still_there->cancel();
            }
        });
    }
}

PlayerView PlayerFeed::view(TimePoint now) const {
    const std::lock_guard lock(mutex_);
    return state_.view(now);
}

bool PlayerFeed::may_ask(TimePoint now, std::chrono::milliseconds max_age) const {
    const std::lock_guard lock(mutex_);
    return !ended_ && state_.may_ask(now, max_age);
}

bool PlayerFeed::has_answer() const {
    const std::lock_guard lock(mutex_);
    return state_.has_answer();
}

bool PlayerFeed::is_good(TimePoint now) const {
    const std::lock_guard lock(mutex_);
    return state_.is_good(now);
}

std::chrono::milliseconds PlayerFeed::until_due(TimePoint now, const PlayerPace& pace) const {
    const std::lock_guard lock(mutex_);
    return state_.until_due(now, pace);
}

WantedLooks PlayerFeed::wanted() const {
    const std::lock_guard lock(mutex_);
    return state_.wanted();
}

std::shared_ptr<PlayerWatch> PlayerFeed::join(Executor shard) {
    std::shared_ptr<PlayerGroup> group;
    bool ended = false;
    {
        const std::lock_guard lock(mutex_);
        const auto at = std::ranges::find(groups_, shard, &PlayerGroup::shard);
        group = at != groups_.end() ? *at : groups_.emplace_back(std::make_shared<PlayerGroup>(shard));
        ++watches_;
        ended = ended_;
    }
    auto watch = std::make_shared<PlayerWatch>(shared_from_this(), std::move(group));
    watch->ended_ = ended;
    return watch;
}

void PlayerFeed::left() {
    const std::lock_guard lock(mutex_);
    --watches_;
}

void PlayerFeed::greet(PlayerWatch& watch, std::string_view last_id, TimePoint now) {
    News told;
    {
        const std::lock_guard lock(mutex_);
        if (ended_) {
            return;
        }
        if (state_.tell(now)) {
            told = news(now);
        }
        if (!state_.has_told() || state_.version() < watch.seen_) {
            return;
        }
        watch.seen_ = state_.version();
        watch.news_ =
            id() == last_id ? nullptr : std::make_shared<const std::string>(render_(id(), state_.view(now)));
    }
    tell_all(std::move(told));
}

bool PlayerFeed::begin_polling(Executor shard, const std::shared_ptr<Timer>& timer) {
    const std::lock_guard lock(mutex_);
    if (polling_) {
        return false;
    }
    polling_ = true;
    poller_shard_ = shard;
    poller_timer_ = timer;
    return true;
}

std::size_t PlayerFeed::watches() const {
    const std::lock_guard lock(mutex_);
    return watches_;
}

bool PlayerFeed::is_polled() const {
    const std::lock_guard lock(mutex_);
    return polling_;
}

bool PlayerFeed::end_polling() {
    const std::lock_guard lock(mutex_);
    if (watches_ > 0 && !ended_) {
        return false;
    }
    polling_ = false;
    return true;
}

void PlayerFeed::drop_polling() {
    const std::lock_guard lock(mutex_);
    polling_ = false;
}

void PlayerFeed::touch(TimePoint now) {
    const std::lock_guard lock(mutex_);
    used_at_ = now;
}

bool PlayerFeed::is_idle(TimePoint since) const {
    const std::lock_guard lock(mutex_);
    return watches_ == 0 && !polling_ && used_at_ < since;
}

} // namespace personalify::app

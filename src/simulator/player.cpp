#include "simulator/player.hpp"

#include "simulator/catalogue_seed.hpp"

#include <algorithm>

namespace personalify::simulator {

using std::chrono::milliseconds;

namespace {

constexpr std::string_view paused_account = "t8FxI2oRk4VbM7"; ///< of "rani senja+ñ"

/// When the listener's programme last began anew.
TimePoint round_of(const Programme& programme, std::optional<TimePoint> began, TimePoint now) {
    const auto chance = static_cast<std::int64_t>(hash_texts("began", programme.listener->account_id) >> 1U);
    if (!began || programme.items.empty()) {
        return now - milliseconds{20'000 + chance % 40'000};
    }
    const milliseconds since = now - (*began - milliseconds{chance % programme.length.count()});
    return now - since % programme.length;
}

} // namespace

Player::Player(const Programme& programme, TimePoint began)
    : programme_(&programme) {
    if (programme.items.empty()) {
        changed_at_ = began;
        return;
    }
    TimePoint end = began;
    for (std::size_t at = before(0); plays_.size() < max_plays; at = before(at)) {
        const Item& item = programme.items[at];
        if (item.kind == ItemKind::track) {
            plays_.push_back({.played_at = end, .item = item});
        }
        end -= milliseconds{item.duration_ms};
    }
    begin(programme.items.front(), began);
}

void Player::begin(const Item& item, TimePoint at) {
    item_ = item;
    began_ = at;
    changed_at_ = at;
    is_paused_ = false;
}

void Player::advance(TimePoint now) {
    while (is_playing() && began_ + milliseconds{item_.duration_ms} <= now) {
        const TimePoint end = began_ + milliseconds{item_.duration_ms};
        if (item_.kind == ItemKind::track && !is_private) {
            remember({.played_at = end, .item = item_});
        }
        skip(end);
    }
}

milliseconds Player::position(TimePoint now) const {
    if (plays_nothing()) {
        return milliseconds{0};
    }
    const milliseconds last{item_.duration_ms};
    return is_paused_ ? paused_at_ : std::clamp(now - began_, milliseconds{0}, last); // clocks may step back
}

std::vector<Item> Player::queue() const {
    std::vector<Item> next;
    if (plays_nothing() || programme_->items.empty()) {
        return next;
    }
    for (std::size_t at = after(index_); at != index_ && next.size() < max_queue; at = after(at)) {
        const Item& item = programme_->items[at];
        if (item.kind == ItemKind::track || item.kind == ItemKind::episode) {
            next.push_back(item);
        }
    }
    return next;
}

void Player::play(const Item& item, milliseconds position, TimePoint now) {
    begin(item, now - position);
    changed_at_ = now;
    is_guest_ = true;
}

Item Player::take_next_track() {
    if (programme_->items.empty()) {
        return {};
    }
    do {
        index_ = after(index_);
    } while (programme_->items[index_].kind != ItemKind::track);
    return programme_->items[index_];
}

void Player::pause(TimePoint now) {
    if (is_playing()) {
        paused_at_ = position(now);
        is_paused_ = true;
        changed_at_ = now;
    }
}

void Player::resume(TimePoint now) {
    if (is_paused_ && !plays_nothing()) {
        is_paused_ = false;
        began_ = now - paused_at_;
        changed_at_ = now;
    }
}

void Player::skip(TimePoint now) {
    if (programme_->items.empty()) {
        stop(now);
        return;
    }
    index_ = after(index_);
    is_guest_ = false;
    begin(programme_->items[index_], now);
}

void Player::previous(TimePoint now) {
    if (programme_->items.empty()) {
        stop(now);
        return;
    }
    if (!is_guest_) {
        index_ = before(index_);
    }
    is_guest_ = false;
    begin(programme_->items[index_], now);
}

void Player::seek(milliseconds position, TimePoint now) {
    began_ = now - position;
    paused_at_ = position;
    changed_at_ = now;
}

void Player::stop(TimePoint now) {
    begin({}, now);
}

void Player::remember(Play play) {
    const auto place =
        std::ranges::find_if(plays_, [&](const Play& other) { return other.played_at <= play.played_at; });
    plays_.insert(place, play);
    if (plays_.size() > max_plays) {
        plays_.pop_back();
    }
}

std::vector<Player> make_players(const std::vector<Programme>& programmes, std::optional<TimePoint> began,
                                 TimePoint now) {
    std::vector<Player> players;
    for (const Programme& programme : programmes) {
        Player& player = players.emplace_back(programme, round_of(programme, began, now));
        player.advance(now);
        if (programme.listener->account_id == paused_account) {
            player.pause(now);
        }
    }
    return players;
}

} // namespace personalify::simulator

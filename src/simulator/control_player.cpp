#include "simulator/control_player.hpp"

#include "simulator/control_call.hpp"
#include "simulator/state.hpp"
#include "simulator/strict.hpp"

#include <expected>

namespace personalify::simulator {
namespace {

namespace bj = boost::json;

using std::chrono::milliseconds;

constexpr std::int64_t a_day_ms = 86'400'000;

enum class PlayerAction : std::uint8_t { play, pause, resume, skip, previous, seek, stop };
BOOST_DESCRIBE_ENUM(PlayerAction, play, pause, resume, skip, previous, seek, stop)

struct PlayerOrder {
    std::optional<PlayerAction> action;
    std::optional<ItemKind> item;
    std::optional<std::string> track_id;
    std::optional<json::Bounded<1, a_day_ms>> duration_ms;
    std::optional<json::Bounded<0, a_day_ms>> position_ms;
    std::optional<ContextKind> context;
    std::optional<bool> private_;
    std::optional<bool> hide_progress;
};
BOOST_DESCRIBE_STRUCT(PlayerOrder, (),
                      (action, item, track_id, duration_ms, position_ms, context, private_, hide_progress))

struct PlayerView {
    ItemKind item = ItemKind::nothing;
    bool is_playing = false;
    std::optional<std::string> name;
    std::optional<std::string> uri;
    std::optional<std::string> track_id;
    std::optional<std::int64_t> position_ms;
    std::optional<std::int64_t> duration_ms;
    std::optional<std::string> context;
    bool private_ = false;
    bool hide_progress = false;
};
BOOST_DESCRIBE_STRUCT(PlayerView, (),
                      (item, is_playing, name, uri, track_id, position_ms, duration_ms, context, private_,
                       hide_progress))

std::optional<std::string> unless_empty(std::string text) {
    return text.empty() ? std::nullopt : std::optional{std::move(text)};
}

PlayerView view_of(const Player& player, TimePoint now) {
    const Item& item = player.item();
    PlayerView view{.item = item.kind,
                    .is_playing = player.is_playing(),
                    .name = unless_empty(std::string{item_name(item)}),
                    .uri = unless_empty(item_uri(item)),
                    .track_id = item.track == nullptr ? std::nullopt : std::optional{item.track->id},
                    .position_ms = std::nullopt,
                    .duration_ms = std::nullopt,
                    .context = unless_empty(context_uri(item, *player.programme().listener)),
                    .private_ = player.is_private,
                    .hide_progress = player.hides_progress};
    if (!player.plays_nothing()) {
        view.position_ms = player.position(now).count();
        view.duration_ms = item.duration_ms;
    }
    return view;
}

/// What no type says.
std::string complaint(const PlayerOrder& order) {
    const bool is_play = order.action == PlayerAction::play;
    const ItemKind kind = order.item.value_or(ItemKind::track);
    if (!order.action && !order.private_ && !order.hide_progress) {
        return "action: should be there";
    }
    if (!is_play && (order.item || order.track_id || order.duration_ms || order.context)) {
        return "item, track_id, duration_ms, context: only with play";
    }
    if (order.position_ms && !is_play && order.action != PlayerAction::seek) {
        return "position_ms: only with play and seek";
    }
    if (order.action == PlayerAction::seek && !order.position_ms) {
        return "position_ms: should be there";
    }
    if (is_play && kind == ItemKind::nothing) {
        return "item: nothing is what stop leaves";
    }
    if (order.track_id && kind != ItemKind::track) {
        return "track_id: only with a track";
    }
    const bool needs_track = order.context == ContextKind::album || order.context == ContextKind::artist;
    if ((needs_track && kind != ItemKind::track) ||
        (order.context == ContextKind::show && kind != ItemKind::episode)) {
        return "context: not one of such an item";
    }
    return {};
}

/// The item to play, or what is wrong with it.
Result<Item> item_for(const PlayerOrder& order, Player& player) {
    const ItemKind kind = order.item.value_or(ItemKind::track);
    Item item;
    if (order.track_id) {
        const Track* track = catalogue().find_track(*order.track_id);
        if (track == nullptr) {
            return fail(Errc::invalid_argument, "track_id: no such track");
        }
        item = item_of(*track);
    } else if (kind == ItemKind::track) {
        const Track* next = player.take_next_track().track;
        item = item_of(next == nullptr ? catalogue().tracks().front() : *next);
    } else if (kind == ItemKind::episode) {
        item = item_of(episodes().front());
    } else {
        item = item_of(kind);
    }
    item.context = order.context.value_or(item.context);
    if (order.duration_ms) {
        item.duration_ms = static_cast<int>(**order.duration_ms);
    }
    return item;
}

Result<> play(const PlayerOrder& order, Player& player, TimePoint now) {
    const auto item = item_for(order, player);
    if (!item) {
        return std::unexpected(item.error());
    }
    const milliseconds position{order.position_ms ? **order.position_ms : 0};
    if (position.count() >= item->duration_ms) {
        return fail(Errc::invalid_argument, "position_ms: should be before the end");
    }
    player.play(*item, position, now);
    return {};
}

/// conflict when nothing plays that the action could be about.
Result<> act(const PlayerOrder& order, Player& player, TimePoint now) {
    const PlayerAction action = *order.action;
    if (player.plays_nothing() && action != PlayerAction::play && action != PlayerAction::stop) {
        return fail(Errc::conflict, "nothing plays");
    }
    switch (action) {
    case PlayerAction::play:
        return play(order, player, now);
    case PlayerAction::pause:
        player.pause(now);
        break;
    case PlayerAction::resume:
        player.resume(now);
        break;
    case PlayerAction::skip:
        player.skip(now);
        break;
    case PlayerAction::previous:
        player.previous(now);
        break;
    case PlayerAction::seek:
        if (**order.position_ms >= player.item().duration_ms) {
            return fail(Errc::invalid_argument, "position_ms: should be before the end");
        }
        player.seek(milliseconds{**order.position_ms}, now);
        break;
    case PlayerAction::stop:
        player.stop(now);
        break;
    }
    return {};
}

/// Reads a body that has all its members in T, strictly.
template <class T>
Result<T> read_body(const http::Request& request) {
    const auto body = read_object(request);
    if (!body) {
        return std::unexpected(body.error());
    }
    T read;
    if (const auto good = read_strictly(bj::value(*body), read); !good) {
        return std::unexpected(good.error());
    }
    return read;
}

/// Looks up the listener and calls `use(player, now)` with the mutex held.
template <class Use>
http::Response with_player(const Control& control, Use use) {
    State& state = control.state;
    const std::lock_guard lock(state.mutex);
    const Person* person = state.people.find(control.id);
    if (person == nullptr) {
        return no_listener();
    }
    Player& player = state.player(*person->listener);
    const TimePoint now = state.clock.now();
    player.advance(now);
    return use(player, now);
}

struct PlayToAdd {
    json::Required<std::string> track_id;
    json::Required<TimePoint> played_at;
};
BOOST_DESCRIBE_STRUCT(PlayToAdd, (), (track_id, played_at))

struct PlaysToAdd {
    json::Required<std::vector<PlayToAdd>> plays;
};
BOOST_DESCRIBE_STRUCT(PlaysToAdd, (), (plays))

} // namespace

http::Response show_player(const Control& control) {
    return with_player(control, [](const Player& player, TimePoint now) { return ok(view_of(player, now)); });
}

http::Response steer_player(const Control& control) {
    const auto order = read_body<PlayerOrder>(control.request);
    if (!order) {
        return bad(order.error().detail);
    }
    if (const std::string wrong = complaint(*order); !wrong.empty()) {
        return bad(wrong);
    }
    return with_player(control, [&](Player& player, TimePoint now) {
        if (const auto done = order->action ? act(*order, player, now) : Result<>{}; !done) {
            return http::error_response(done.error().code == Errc::conflict ? 409 : 400, done.error().detail);
        }
        player.is_private = order->private_.value_or(player.is_private);
        player.hides_progress = order->hide_progress.value_or(player.hides_progress);
        return ok(view_of(player, now));
    });
}

http::Response add_plays(const Control& control) {
    const auto body = read_body<PlaysToAdd>(control.request);
    if (!body) {
        return bad(body.error().detail);
    }
    std::vector<Play> plays;
    for (const PlayToAdd& play : *body->plays) {
        const Track* track = catalogue().find_track(*play.track_id);
        if (track == nullptr) {
            return bad("track_id: no such track");
        }
        Item item = item_of(*track);
        item.context = ContextKind::none;
        plays.push_back({.played_at = *play.played_at, .item = item});
    }
    return with_player(control, [&](Player& player, TimePoint) {
        for (const Play& play : plays) {
            player.remember(play);
        }
        return done();
    });
}

http::Response forget_plays(const Control& control) {
    return with_player(control, [](Player& player, TimePoint) {
        player.forget_plays();
        return done();
    });
}

} // namespace personalify::simulator

#include "simulator/player_api.hpp"

#include "http/text.hpp"
#include "json/write.hpp"
#include "simulator/answers.hpp"
#include "simulator/devices.hpp"
#include "simulator/state.hpp"
#include "simulator/web_call.hpp"

#include <algorithm>
#include <expected>

namespace personalify::simulator {
namespace {

http::Response no_content() {
    http::Response answer;
    answer.status = 204;
    return answer;
}

/// What a listener plays at this moment. The caller holds the mutex.
struct Now {
    Player& player;
    const Listener& listener;
    TimePoint time;
};

Now look(const Call& call) {
    const TimePoint time = call.state.clock.now();
    const Listener& listener = *call.person->listener;
    Player& player = call.state.player(listener);
    player.advance(time);
    return {player, listener, time};
}

bool is_market(std::string_view text) {
    return text == "from_token" || (text.size() == 2 && std::ranges::all_of(text, http::is_alphanumeric));
}

/// The answer to wrong parameters that the two views of the player share.
std::optional<http::Response> refuse_query(const Form& query) {
    const auto market = query.find("market");
    return market && !is_market(*market) ? std::optional{api_error(400, "Invalid market code")}
                                         : std::nullopt;
}

bool wants_episodes(const Form& query) {
    const std::string types = "," + query.get("additional_types") + ",";
    return types.contains(",episode,");
}

/// "track" for a local file, too.
std::string_view playing_type(const Item& item) {
    return item.kind == ItemKind::episode   ? "episode"
           : item.kind == ItemKind::ad      ? "ad"
           : item.kind == ItemKind::unknown ? "unknown"
                                            : "track";
}

std::string_view actions_of(const Player& player) {
    if (player.item().kind == ItemKind::ad) {
        return R"({"disallows":{"seeking":true,"skipping_next":true,"skipping_prev":true}})";
    }
    return player.is_playing() ? R"({"disallows":{"resuming":true}})" : R"({"disallows":{"pausing":true}})";
}

struct Playing {
    std::int64_t timestamp = 0; ///< Unix milliseconds
    json::Raw context;
    std::optional<std::int64_t> progress_ms;
    json::Raw item;
    std::string_view currently_playing_type;
    json::Raw actions;
    bool is_playing = false;
};
BOOST_DESCRIBE_STRUCT(Playing, (),
                      (timestamp, context, progress_ms, item, currently_playing_type, actions, is_playing))

struct Playback : Playing {
    Device device;
    std::string_view repeat_state;
    bool shuffle_state = false;
    bool smart_shuffle = false;
};
BOOST_DESCRIBE_STRUCT(Playback, (Playing), (device, repeat_state, shuffle_state, smart_shuffle))

void fill(Playing& body, const Call& call, const Now& now) {
    const Item& item = now.player.item();
    const bool is_hidden = item.kind == ItemKind::episode && !wants_episodes(call.query);
    body.context.text = PlayerTexts::context(item, now.listener, call.view);
    if (!now.player.hides_progress) {
        body.progress_ms = now.player.position(now.time).count();
    }
    body.item.text = is_hidden ? "null" : call.state.player_texts.item(item, call.view);
    body.currently_playing_type = playing_type(item);
    body.actions.text = actions_of(now.player);
    body.is_playing = now.player.is_playing();
}

template <class Body>
http::Response written(const Body& body) {
    http::Response answer;
    answer.headers.push_back({"Content-Type", "application/json; charset=utf-8"});
    answer.body = json::write(body);
    return answer;
}

struct History {
    std::size_t limit = 20;
    std::optional<std::int64_t> after;  ///< Unix milliseconds, exclusive
    std::optional<std::int64_t> before; ///< as `after`; one of the two at most
};

std::expected<std::optional<std::int64_t>, std::string_view>
read_moment(const Form& query, std::string_view name, std::string_view complaint) {
    const auto text = query.find(name);
    if (!text) {
        return std::nullopt;
    }
    const auto moment = read_whole(*text);
    return moment && *moment >= 0 ? std::expected<std::optional<std::int64_t>, std::string_view>{moment}
                                  : std::unexpected(complaint);
}

std::expected<History, std::string_view> read_history(const Form& query) {
    const auto limit = read_limit(query);
    if (!limit) {
        return std::unexpected("Invalid limit");
    }
    const auto after = read_moment(query, "after", "Invalid after");
    if (!after) {
        return std::unexpected(after.error());
    }
    const auto before = read_moment(query, "before", "Invalid before");
    if (!before) {
        return std::unexpected(before.error());
    }
    if (*after && *before) {
        return std::unexpected("Only one of after and before may be specified");
    }
    return History{.limit = *limit, .after = *after, .before = *before};
}

/// The newest ones that fit.
std::vector<Play> choose(const std::deque<Play>& plays, const History& history) {
    std::vector<Play> chosen;
    for (const Play& play : plays) {
        const std::int64_t at = to_millis(play.played_at);
        if (chosen.size() < history.limit && at > history.after.value_or(-1) &&
            (!history.before || at < *history.before)) {
            chosen.push_back(play);
        }
    }
    return chosen;
}

struct RecentPlay {
    json::Raw track;
    TimePoint played_at{};
    json::Raw context;
};
BOOST_DESCRIBE_STRUCT(RecentPlay, (), (track, played_at, context))

struct Cursors {
    std::string after;  ///< newest, Unix milliseconds
    std::string before; ///< oldest
};
BOOST_DESCRIBE_STRUCT(Cursors, (), (after, before))

struct RecentPlays {
    std::vector<RecentPlay> items;
    std::optional<std::string> next;
    std::optional<Cursors> cursors;
    std::size_t limit = 0;
    std::string href;
};
BOOST_DESCRIBE_STRUCT(RecentPlays, (), (items, next, cursors, limit, href))

std::string address(const Call& call, const History& history) {
    std::string text = call.view.base + call.request.path + "?";
    if (history.after) {
        text += "after=" + std::to_string(*history.after) + "&";
    }
    if (history.before) {
        text += "before=" + std::to_string(*history.before) + "&";
    }
    return text + "limit=" + std::to_string(history.limit);
}

/// A full page names a next one, though that may be empty, as with Spotify.
void add_cursors(RecentPlays& body, const Call& call, const History& history) {
    if (body.items.empty()) {
        return;
    }
    const std::int64_t newest = to_millis(body.items.front().played_at);
    const std::int64_t oldest = to_millis(body.items.back().played_at);
    body.cursors = {.after = std::to_string(newest), .before = std::to_string(oldest)};
    if (body.items.size() == history.limit) {
        body.next = address(call, {.limit = history.limit, .after = std::nullopt, .before = oldest});
    }
}

struct Queue {
    json::Raw currently_playing;
    std::vector<json::Raw> queue;
};
BOOST_DESCRIBE_STRUCT(Queue, (), (currently_playing, queue))

} // namespace

http::Response answer_currently_playing(const Call& call) {
    if (auto refusal = refuse_without(call, {"user-read-currently-playing"})) {
        return std::move(*refusal);
    }
    if (auto refusal = refuse_query(call.query)) {
        return std::move(*refusal);
    }
    const std::lock_guard lock(call.state.mutex);
    const Now now = look(call);
    if (now.player.plays_nothing() || now.player.is_private) {
        return no_content();
    }
    Playing body;
    fill(body, call, now);
    body.timestamp = to_millis(now.time);
    return written(body);
}

http::Response answer_player(const Call& call) {
    if (auto refusal = refuse_without(call, {"user-read-playback-state"})) {
        return std::move(*refusal);
    }
    if (auto refusal = refuse_query(call.query)) {
        return std::move(*refusal);
    }
    const std::lock_guard lock(call.state.mutex);
    const Now now = look(call);
    if (now.player.plays_nothing()) {
        return no_content();
    }
    Playback body;
    fill(body, call, now);
    body.timestamp = to_millis(now.player.changed_at());
    body.device = device_of(now.listener);
    body.device.is_active = true;
    body.device.is_private_session = now.player.is_private;
    body.repeat_state = "context";
    body.shuffle_state = true;
    return written(body);
}

http::Response answer_recently_played(const Call& call) {
    if (auto refusal = refuse_without(call, {"user-read-recently-played"})) {
        return std::move(*refusal);
    }
    const auto history = read_history(call.query);
    if (!history) {
        return api_error(400, history.error());
    }
    const std::lock_guard lock(call.state.mutex);
    const Now now = look(call);
    RecentPlays body;
    body.limit = history->limit;
    body.href = address(call, *history);
    for (const Play& play : choose(now.player.plays(), *history)) {
        body.items.push_back({.track = {call.state.player_texts.item(play.item, call.view)},
                              .played_at = play.played_at,
                              .context = {PlayerTexts::context(play.item, now.listener, call.view)}});
    }
    add_cursors(body, call, *history);
    return written(body);
}

http::Response answer_queue(const Call& call) {
    if (auto refusal = refuse_without(call, {"user-read-currently-playing", "user-read-playback-state"})) {
        return std::move(*refusal);
    }
    const std::lock_guard lock(call.state.mutex);
    const Now now = look(call);
    Queue body{.currently_playing = {call.state.player_texts.item(now.player.item(), call.view)},
               .queue = {}};
    for (const Item& item : now.player.queue()) {
        body.queue.push_back({call.state.player_texts.item(item, call.view)});
    }
    return written(body);
}

} // namespace personalify::simulator

#include "simulator/web_api.hpp"

#include "http/text.hpp"
#include "simulator/answers.hpp"
#include "simulator/paths.hpp"
#include "simulator/player_api.hpp"
#include "simulator/state.hpp"
#include "simulator/web_call.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <expected>

namespace personalify::simulator {
namespace {

namespace bj = boost::json;

constexpr std::size_t id_length = 22;
constexpr std::size_t max_ids = 50;

http::Response me(const Call& call) {
    if (auto refusal = refuse_without(call, {})) {
        return std::move(*refusal);
    }
    return json_answer(200, person_json(*call.person, call.view, call.grant.covers("user-read-private"),
                                        call.grant.covers("user-read-email")));
}

struct Page {
    TimeRange range = TimeRange::medium_term;
    std::size_t limit = 20;
    std::size_t offset = 0;
};

std::expected<Page, std::string_view> read_page(const Form& query) {
    const auto limit = read_limit(query);
    if (!limit) {
        return std::unexpected("Invalid limit");
    }
    const auto offset = read_whole(query.find("offset").value_or("0"));
    if (!offset || *offset < 0) {
        return std::unexpected("Invalid offset");
    }
    const auto range = parse_time_range(query.find("time_range").value_or("medium_term"));
    if (!range) {
        return std::unexpected("Invalid time range");
    }
    return Page{*range, *limit, static_cast<std::size_t>(*offset)};
}

/// Section "paging object" of the Web API's reference.
template <class Item, class ToJson>
http::Response paged(const Call& call, const Page& page, const std::vector<const Item*>& all,
                     ToJson to_json) {
    const auto address = [&](std::size_t offset) {
        return call.view.base + call.request.path + "?limit=" + std::to_string(page.limit) +
               "&offset=" + std::to_string(offset) + "&time_range=" + std::string{to_string(page.range)};
    };
    const std::size_t begin = std::min(page.offset, all.size());
    const std::size_t end = std::min(begin + page.limit, all.size());
    bj::array items;
    for (std::size_t i = begin; i < end; ++i) {
        items.push_back(to_json(*all[i], call.view));
    }
    bj::object body;
    body["items"] = std::move(items);
    body["total"] = all.size();
    body["limit"] = page.limit;
    body["offset"] = page.offset;
    body["href"] = address(page.offset);
    body["next"] = end < all.size() ? bj::value(address(end)) : bj::value(nullptr);
    body["previous"] = page.offset > 0 ? bj::value(address(page.offset - std::min(page.limit, page.offset)))
                                       : bj::value(nullptr);
    return json_answer(200, body);
}

template <class Show>
http::Response top(const Call& call, Show show) {
    if (auto refusal = refuse_without(call, {"user-top-read"})) {
        return std::move(*refusal);
    }
    const auto page = read_page(call.query);
    return page ? show(*page, *call.person->listener) : api_error(400, page.error());
}

http::Response top_artists_page(const Call& call) {
    return top(call, [&](const Page& page, const Listener& listener) {
        return paged(call, page, call.state.favourites.artists(listener, page.range), artist_json);
    });
}

http::Response top_tracks_page(const Call& call) {
    return top(call, [&](const Page& page, const Listener& listener) {
        return paged(call, page, call.state.favourites.tracks(listener, page.range), track_json);
    });
}

bool is_id(std::string_view text) {
    return text.size() == id_length && std::ranges::all_of(text, http::is_alphanumeric);
}

http::Response one(const Call& call, std::string_view kind, auto find, auto to_json) {
    if (!is_id(call.rest)) {
        return api_error(400, "invalid id");
    }
    const auto* found = find(call.rest);
    if (found == nullptr) {
        return api_error(404, "Non existing id: 'spotify:" + std::string{kind} + ":" +
                                  std::string{call.rest} + "'");
    }
    return json_answer(200, to_json(*found, call.view));
}

const Artist* artist_of(std::string_view id) {
    return catalogue().find_artist(id);
}
const Track* track_of(std::string_view id) {
    return catalogue().find_track(id);
}

http::Response artist(const Call& call) {
    return one(call, "artist", artist_of, artist_json);
}
http::Response track(const Call& call) {
    return one(call, "track", track_of, track_json);
}

http::Response several(const Call& call, std::string_view kind, auto find, auto to_json) {
    const std::string text = call.query.get("ids");
    std::string_view ids = text;
    bj::array found;
    while (!ids.empty()) {
        const std::string_view id = ids.substr(0, ids.find(','));
        ids.remove_prefix(std::min(id.size() + 1, ids.size()));
        if (!is_id(id)) {
            return api_error(400, "invalid id");
        }
        const auto* item = find(id);
        found.push_back(item == nullptr ? bj::value(nullptr) : bj::value(to_json(*item, call.view)));
    }
    if (found.empty() || found.size() > max_ids) {
        return api_error(400, found.empty() ? "invalid id" : "Too many ids requested");
    }
    return json_answer(200, bj::object{{kind, std::move(found)}});
}

http::Response artists(const Call& call) {
    return several(call, "artists", artist_of, artist_json);
}
http::Response tracks(const Call& call) {
    return several(call, "tracks", track_of, track_json);
}

/// A route that this simulator does not play, though apps with extended quota have it.
http::Response not_played(const Call&) {
    return api_error(404, "Resource not found");
}

struct Route {
    std::string_view path; ///< "{id}" stands for one segment
    http::Response (*answer)(const Call&);
    bool removed = false; ///< Forbidden to apps in development mode
};

constexpr Route routes[] = {
    {"/v1/me", me},
    {"/v1/me/top/artists", top_artists_page},
    {"/v1/me/top/tracks", top_tracks_page},
    {"/v1/me/player", answer_player},
    {"/v1/me/player/currently-playing", answer_currently_playing},
    {"/v1/me/player/recently-played", answer_recently_played},
    {"/v1/me/player/queue", answer_queue},
    {"/v1/artists/{id}", artist},
    {"/v1/tracks/{id}", track},
    {"/v1/artists", artists, true},
    {"/v1/tracks", tracks, true},
    {"/v1/albums", not_played, true},
    {"/v1/artists/{id}/top-tracks", not_played, true},
    {"/v1/artists/{id}/related-artists", not_played, true},
    {"/v1/audio-features/{id}", not_played, true},
    {"/v1/audio-features", not_played, true},
    {"/v1/recommendations", not_played, true},
    {"/v1/browse/{id}", not_played, true},
    {"/v1/markets", not_played, true},
    {"/v1/users/{id}", not_played, true},
    {"/v1/users/{id}/playlists", not_played, true},
};

std::expected<std::string_view, http::Response> bearer(const http::Request& request) {
    const auto header = request.header("Authorization");
    if (!header || header->empty()) {
        return std::unexpected(api_error(401, "No token provided"));
    }
    const auto space = std::min(header->find(' '), header->size());
    if (!http::same_ignoring_case(header->substr(0, space), "bearer") || space == header->size()) {
        return std::unexpected(api_error(400, "Only valid bearer authentication supported"));
    }
    return http::trim(header->substr(space));
}

std::expected<Call, http::Response> authorize(State& state, const http::Request& request) {
    auto query = Form::parse(request.query);
    if (!query) {
        return std::unexpected(api_error(400, "Invalid query"));
    }
    const auto token = bearer(request);
    if (!token) {
        return std::unexpected(token.error());
    }
    const std::lock_guard lock(state.mutex);
    const AccessToken* found = state.grants.find_access(*token);
    if (found == nullptr) {
        return std::unexpected(api_error(401, "Invalid access token"));
    }
    if (found->expires_at <= state.clock.now()) {
        return std::unexpected(api_error(401, "The access token expired"));
    }
    const Person* person = state.people.find_account(found->grant.account_id);
    return Call{.state = state,
                .request = request,
                .query = std::move(*query),
                .grant = found->grant,
                .person = person == nullptr ? std::nullopt : std::optional{*person},
                .view = state.view(),
                .rest = {}};
}

http::Response answer_route(State& state, const http::Request& request, const Route& route,
                            std::string_view id) {
    if (request.method != "GET" && request.method != "HEAD") {
        return api_error(405, "Method not allowed");
    }
    auto call = authorize(state, request);
    if (!call) {
        return std::move(call.error());
    }
    if (route.removed && call->view.mode == Mode::development) {
        return api_error(403, "Forbidden");
    }
    call->rest = id;
    return route.answer(*call);
}

} // namespace

http::Response answer_web_api(State& state, const http::Request& request) {
    for (const Route& route : routes) {
        if (const auto id = match_path(route.path, request.path)) {
            http::Response answer = answer_route(state, request, route, *id);
            answer.route = route.path;
            return answer;
        }
    }
    return api_error(404, "Resource not found");
}

} // namespace personalify::simulator

#include "upstream/spotify/api.hpp"

#include "net/form.hpp"
#include "upstream/spotify/answer.hpp"
#include "upstream/spotify/parse.hpp"

#include <algorithm>
#include <unordered_set>

namespace personalify::spotify {

namespace json = boost::json;

namespace {

constexpr int largest_page = 50;
constexpr int most_pages = 10;

std::unexpected<Error> refusal(const net::HttpReply& reply) {
    switch (reply.status) {
    case 401:
        return fail(Errc::unauthenticated, "Please login again.", describe(reply));
    case 403: {
        std::string said = error_answer(reply).message;
        return fail(Errc::forbidden, said.empty() ? "Spotify refused the request." : std::move(said),
                    describe(reply));
    }
    case 404:
        return fail(Errc::not_found, "Spotify does not know this.", describe(reply));
    default:
        return fail(Errc::upstream_unavailable, "Spotify gave an answer we can't use. Please try again.",
                    describe(reply));
    }
}

} // namespace

Task<Result<net::HttpReply>> Api::ask(std::string path, std::string access_token, app::Urgency urgency) {
    net::HttpCall call;
    call.url = base_ + "/v1" + path;
    call.headers = {{"Accept", "application/json"}, {"Authorization", "Bearer " + access_token}};
    return caller_.call(std::move(call), Repeat::freely, urgency);
}

Task<Result<json::value>> Api::get(std::string path, std::string access_token, app::Urgency urgency) {
    Result<net::HttpReply> reply = co_await ask(std::move(path), std::move(access_token), urgency);
    if (!reply) {
        co_return std::unexpected(std::move(reply.error()));
    }
    if (reply->status != 200) {
        co_return refusal(*reply);
    }
    co_return json_body(*reply);
}

Task<Result<SpotifyProfile>> Api::me(std::string access_token, app::Urgency urgency) {
    const Result<json::value> body = co_await get("/me", std::move(access_token), urgency);
    if (!body) {
        co_return std::unexpected(body.error());
    }
    co_return parse_profile(*body);
}

/// The next page is asked for by offset: the address in `next` is never followed, so it can neither lead to a
/// foreign host nor in a circle. A page that brings nothing new ends the list. Items of which none can be
/// read are an error: an empty list would replace a good one.
template <class T>
Task<Result<std::vector<T>>> Api::top(std::string kind, std::string access_token, TimeRange range, int limit,
                                      app::Urgency urgency, std::optional<T> (*parse)(const json::value&)) {
    const auto wanted = static_cast<std::size_t>(std::clamp(limit, 1, largest_page));
    std::vector<T> found;
    std::unordered_set<std::string> ids;
    bool unreadable = false;
    std::size_t offset = 0;
    for (int page = 0; page < most_pages; ++page) {
        const std::string query = net::form_encode({{"time_range", to_string(range)},
                                                    {"limit", std::to_string(wanted - found.size())},
                                                    {"offset", std::to_string(offset)}});
        const Result<json::value> body = co_await get("/me/top/" + kind + "?" + query, access_token, urgency);
        if (!body) {
            co_return std::unexpected(body.error());
        }
        const Result<RawPage> raw = parse_page(*body);
        if (!raw) {
            co_return std::unexpected(raw.error());
        }
        bool brought_new = false;
        for (const json::value& item : *raw->items) {
            std::optional<T> record = parse(item);
            if (!record) {
                brought_new = true; // nothing to compare by: let the cap on pages decide
                unreadable = unreadable || !is_local_file(item);
            } else if (ids.insert(record->id).second) {
                brought_new = true;
                found.push_back(std::move(*record));
            }
            if (found.size() == wanted) {
                co_return found;
            }
        }
        offset += raw->items->size();
        // A whole page is enough, also when it repeats itself or holds local files: one item more is not
        // worth another round trip of a login.
        if (!raw->has_next || !brought_new || offset >= wanted) {
            break;
        }
    }
    if (found.empty() && unreadable) {
        co_return fail(Errc::upstream_unavailable, "Spotify gave an answer we can't read. Please try again.",
                       "none of the listed " + kind + " can be read");
    }
    co_return found;
}

Task<Result<std::vector<Artist>>> Api::top_artists(std::string access_token, TimeRange range, int limit,
                                                   app::Urgency urgency) {
    return top<Artist>("artists", std::move(access_token), range, limit, urgency, &parse_artist);
}

Task<Result<std::vector<Track>>> Api::top_tracks(std::string access_token, TimeRange range, int limit,
                                                 app::Urgency urgency) {
    return top<Track>("tracks", std::move(access_token), range, limit, urgency, &parse_track);
}

Task<Result<Track>> Api::track(std::string access_token, std::string id, app::Urgency urgency) {
    const Result<json::value> body = co_await get("/tracks/" + id, std::move(access_token), urgency);
    if (!body) {
        co_return std::unexpected(body.error());
    }
    std::optional<Track> track = parse_track(*body);
    if (!track) {
        co_return fail(Errc::upstream_unavailable, "Spotify gave an answer we can't read. Please try again.",
                       "the track has no id");
    }
    co_return std::move(*track);
}

Task<Result<Playing>> Api::currently_playing(std::string access_token) {
    Result<net::HttpReply> reply = co_await ask("/me/player/currently-playing?additional_types=track,episode",
                                                std::move(access_token), app::Urgency::player);
    if (!reply) {
        co_return std::unexpected(std::move(reply.error()));
    }
    if (reply->status == 204 || reply->status == 404) { // no device, a private session, or a long silence
        co_return Playing{};
    }
    if (reply->status != 200) {
        co_return refusal(*reply);
    }
    const Result<json::value> body = json_body(*reply);
    if (!body) {
        co_return std::unexpected(body.error());
    }
    co_return parse_playing(*body);
}

Task<Result<std::vector<RecentPlay>>> Api::recently_played(std::string access_token, int limit,
                                                           app::Urgency urgency) {
    const std::string wanted = std::to_string(std::clamp(limit, 1, largest_page));
    const Result<json::value> body =
        co_await get("/me/player/recently-played?limit=" + wanted, std::move(access_token), urgency);
    if (!body) {
        co_return std::unexpected(body.error());
    }
    const Result<RawPage> page = parse_page(*body);
    if (!page) {
        co_return std::unexpected(page.error());
    }
    std::vector<RecentPlay> plays;
    std::unordered_set<std::string> known;
    for (const json::value& item : *page->items) {
        std::optional<RecentPlay> play = parse_recent_play(item);
        if (play && known.insert(play->played_at + ' ' + play->track.id).second) {
            plays.push_back(std::move(*play));
        }
    }
    if (plays.size() > static_cast<std::size_t>(std::clamp(limit, 1, largest_page))) {
        plays.resize(static_cast<std::size_t>(std::clamp(limit, 1, largest_page)));
    }
    co_return plays;
}

} // namespace personalify::spotify

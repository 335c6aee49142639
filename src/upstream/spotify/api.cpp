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

Task<Result<json::value>> Api::get(std::string path, std::string access_token, app::Urgency urgency) {
    net::HttpCall call;
    call.url = base_ + "/v1" + path;
    call.headers = {{"Accept", "application/json"}, {"Authorization", "Bearer " + access_token}};
    Result<net::HttpReply> reply = co_await caller_.call(std::move(call), Repeat::freely, urgency);
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
/// foreign host nor in a circle. A page that brings nothing new ends the list.
template <class T>
Task<Result<std::vector<T>>> Api::top(std::string kind, std::string access_token, TimeRange range, int limit,
                                      app::Urgency urgency, std::optional<T> (*parse)(const json::value&)) {
    const auto wanted = static_cast<std::size_t>(std::clamp(limit, 1, largest_page));
    std::vector<T> found;
    std::unordered_set<std::string> ids;
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

} // namespace personalify::spotify

#include "simulator/lastfm_api.hpp"

#include "crypto/crypto.hpp"
#include "http/text.hpp"
#include "simulator/answers.hpp"
#include "simulator/artist_tags.hpp"
#include "simulator/folding.hpp"
#include "simulator/form.hpp"
#include "simulator/state.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

namespace personalify::simulator {
namespace {

namespace bj = boost::json;

/// Errors come with 200, as they often do there.
http::Response error(int code, std::string_view message, int status = 200) {
    return json_answer(status, bj::object{{"error", code}, {"message", message}});
}

http::Response in_xml(std::string body) {
    http::Response answer;
    answer.body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<lfm status=\"ok\">" + std::move(body) + "</lfm>\n";
    set_header(answer, "Content-Type", "text/xml; charset=UTF-8");
    return answer;
}

std::string in_address(std::string_view text) {
    std::string out = http::percent_encode(text);
    for (std::size_t at = out.find("%20"); at != std::string::npos; at = out.find("%20", at)) {
        out.replace(at, 3, "+");
    }
    return out;
}

const Artist* find_artist(const Form& query) {
    if (const auto mbid = query.find("mbid"); mbid && !mbid->empty()) {
        const auto& known = musicbrainz_artists();
        const auto found = std::ranges::find(known, *mbid, &MbArtist::id);
        return found == known.end() ? nullptr : found->artist;
    }
    const std::string name = query.get("artist");
    const bool corrects = query.get("autocorrect") == "1";
    const auto artists = catalogue().artists();
    const auto found = std::ranges::find_if(artists, [&](const Artist& artist) {
        return artist.name == name || (corrects && !fold(name).empty() && fold(artist.name) == fold(name));
    });
    return found == artists.end() ? nullptr : &*found;
}

/// Converted from XML: one element is no list, and no element is not there at all.
bj::object tags_json(const std::vector<Tag>& tags) {
    bj::array list;
    for (const Tag& tag : tags) {
        list.push_back(bj::object{{"count", tag.count},
                                  {"name", tag.name},
                                  {"url", "https://www.last.fm/tag/" + in_address(tag.name)}});
    }
    if (list.empty()) {
        return {};
    }
    return list.size() == 1 ? bj::object{{"tag", list.front()}} : bj::object{{"tag", std::move(list)}};
}

http::Response top_tags(const Form& query) {
    if (query.get("artist").empty() && query.get("mbid").empty()) {
        return error(6, "Invalid parameters - Your request is missing a required parameter");
    }
    const Artist* artist = find_artist(query);
    const auto tags = artist == nullptr ? std::nullopt : lastfm_tags(*artist);
    if (!tags) {
        return error(6, "The artist you supplied could not be found");
    }
    bj::object top = tags_json(*tags);
    top["@attr"] = bj::object{{"artist", artist->name}};
    return json_answer(200, bj::object{{"toptags", std::move(top)}});
}

} // namespace

http::Response lastfm_error(int status, std::string_view) {
    switch (status) {
    case 403:
        return error(10, "Invalid API key - You must be granted a valid key by last.fm", status);
    case 404:
        return error(6, "The artist you supplied could not be found", status);
    case 429:
        return error(29, "Rate Limit Exceeded - Your IP has made too many requests in a short period",
                     status);
    case 503:
        return error(11, "Service Offline - This service is temporarily offline. Try again later.", status);
    default:
        return error(16, "The service is temporarily unavailable, please try again.", status);
    }
}

http::Response answer_lastfm(State& state, const http::Request& request) {
    const std::string_view path = std::string_view{request.path}.substr(lastfm_path.size());
    const auto query = Form::parse(request.query);
    if (!query || (path != "2.0/" && path != "2.0")) {
        return error(3, "Invalid Method - No method with that name in this package", 404);
    }
    if (!crypto::equal_constant_time(query->get("api_key"), state.options.lastfm_key)) {
        return error(10, "Invalid API key - You must be granted a valid key by last.fm");
    }
    if (!http::same_ignoring_case(query->get("method"), "artist.getTopTags")) {
        return error(3, "Invalid Method - No method with that name in this package");
    }
    if (query->get("format") != "json") {
        return in_xml("<toptags artist=\"\"></toptags>");
    }
    return top_tags(*query);
}

} // namespace personalify::simulator

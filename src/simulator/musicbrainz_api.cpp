#include "simulator/musicbrainz_api.hpp"

#include "simulator/answers.hpp"
#include "simulator/artist_tags.hpp"
#include "simulator/folding.hpp"
#include "simulator/form.hpp"
#include "simulator/paths.hpp"
#include "simulator/state.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <charconv>

namespace personalify::simulator {
namespace {

namespace bj = boost::json;

constexpr std::string_view too_fast = "Your requests are exceeding the allowable rate limit. Please see "
                                      "http://wiki.musicbrainz.org/XMLWebService for more information.";

http::Response error(int status, std::string_view message) {
    return json_answer(
        status, bj::object{{"error", message},
                           {"help", "For usage, please see: https://musicbrainz.org/development/mmd"}});
}

/// The name that a query in Lucene's language asks for: its field, quotes and escapes taken away.
std::string name_in(std::string_view query) {
    constexpr std::string_view field = "artist:";
    if (query.starts_with(field)) {
        query.remove_prefix(field.size());
    }
    std::string name;
    for (std::size_t i = 0; i < query.size(); ++i) {
        if (query[i] == '\\' && i + 1 < query.size()) {
            name += query[++i];
        } else if (query[i] != '"' && query[i] != '(' && query[i] != ')') {
            name += query[i];
        }
    }
    return name;
}

/// 100 for the name itself, less for one that shares words, 0 for all others.
int score_of(const std::string& wanted, const std::vector<std::string>& words, std::string_view name) {
    const std::string folded = fold(name);
    if (folded == wanted) {
        return 100;
    }
    const auto others = words_of(folded);
    const auto shared = std::ranges::count_if(
        words, [&](const std::string& word) { return std::ranges::find(others, word) != others.end(); });
    return static_cast<int>(90 * static_cast<std::size_t>(shared) / std::max(words.size(), others.size()));
}

bj::array tags_json(const std::vector<Tag>& tags) {
    bj::array list;
    for (const Tag& tag : tags) {
        list.push_back(bj::object{{"count", tag.count}, {"name", tag.name}});
    }
    return list;
}

/// With ids that nobody looks up.
bj::array genres_json(const std::vector<Tag>& genres) {
    bj::array list;
    for (const Tag& genre : genres) {
        list.push_back(bj::object{{"id", "00000000-0000-4000-a000-000000000000"},
                                  {"name", genre.name},
                                  {"count", genre.count},
                                  {"disambiguation", ""}});
    }
    return list;
}

bj::object artist_json(const MbArtist& artist) {
    return {{"id", artist.id}, {"name", artist.name},       {"sort-name", artist.name},
            {"type", "Group"}, {"country", artist.country}, {"disambiguation", artist.disambiguation}};
}

bj::object hit_json(const MbArtist& artist, int score) {
    bj::object json = artist_json(artist);
    json["score"] = score;
    if (artist.disambiguation.empty()) {
        json.erase("disambiguation");
    }
    if (!artist.tags.empty()) {
        json["tags"] = tags_json(artist.tags);
    }
    return json;
}

std::size_t number_in(const Form& query, std::string_view name, std::size_t usual, std::size_t most) {
    const std::string text = query.get(name);
    std::size_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failure == std::errc{} && end == text.data() + text.size() ? std::min(number, most) : usual;
}

http::Response search(const Form& query) {
    constexpr std::size_t usual = 25;
    constexpr std::size_t most = 100;
    const std::string wanted = fold(name_in(query.get("query")));
    if (query.get("query").empty()) {
        return error(400, "Must specify 'query' argument");
    }
    struct Hit {
        int score;
        const MbArtist* artist;
    };
    std::vector<Hit> hits;
    const auto words = words_of(wanted);
    for (const MbArtist& artist : musicbrainz_artists()) {
        if (const int score = words.empty() ? 0 : score_of(wanted, words, artist.name); score > 0) {
            hits.push_back({score, &artist});
        }
    }
    std::ranges::stable_sort(hits, std::greater{}, &Hit::score);
    const std::size_t offset = number_in(query, "offset", 0, hits.size());
    const std::size_t end = std::min(hits.size(), offset + number_in(query, "limit", usual, most));
    bj::array artists;
    for (std::size_t i = offset; i < end; ++i) {
        artists.push_back(hit_json(*hits[i].artist, hits[i].score));
    }
    return json_answer(200, bj::object{{"created", "2026-11-20T09:15:32.412Z"},
                                       {"count", hits.size()},
                                       {"offset", offset},
                                       {"artists", std::move(artists)}});
}

bool is_uuid(std::string_view text) {
    constexpr std::size_t length = 36;
    return text.size() == length && std::ranges::all_of(text, [](char c) {
               return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

http::Response one(std::string_view id, const Form& query) {
    if (!is_uuid(id)) {
        return error(400, "Invalid mbid.");
    }
    const auto& known = musicbrainz_artists();
    const auto found = std::ranges::find(known, id, &MbArtist::id);
    if (found == known.end()) {
        return error(404, "Not Found");
    }
    bj::object json = artist_json(*found);
    std::string wanted = query.get("inc"); // "genres+tags": a plus is a space in a query
    std::ranges::replace(wanted, '+', ' ');
    const auto parts = words_of(wanted);
    if (std::ranges::find(parts, "genres") != parts.end()) {
        json["genres"] = genres_json(found->genres);
    }
    if (std::ranges::find(parts, "tags") != parts.end()) {
        json["tags"] = tags_json(found->tags);
    }
    return json_answer(200, json);
}

bool is_too_fast(State& state, const http::Request& request) {
    const std::lock_guard lock(state.mutex);
    return state.settings.musicbrainz_limit &&
           !state.musicbrainz_manners.may_ask(request.remote_address, state.clock.now());
}

} // namespace

bool MusicbrainzManners::may_ask(std::string_view client, TimePoint now) {
    TimePoint* last = last_.find(client);
    if (last == nullptr) {
        last_.insert(std::string{client}, now);
        return true;
    }
    if (now - *last < interval) {
        return false;
    }
    *last = now;
    return true;
}

http::Response musicbrainz_error(int status, std::string_view) {
    return error(status, status == 503   ? too_fast
                         : status == 404 ? std::string_view{"Not Found"}
                                         : std::string_view{"A fault was asked for"});
}

http::Response answer_musicbrainz(State& state, const http::Request& request) {
    if (request.header("User-Agent").value_or("").empty()) {
        return error(403, "Your requests have no User-Agent. Please identify your application.");
    }
    if (is_too_fast(state, request)) {
        http::Response answer = error(503, too_fast);
        set_header(answer, "Retry-After", "1");
        return answer;
    }
    const std::string_view path = std::string_view{request.path}.substr(musicbrainz_path.size());
    const auto query = Form::parse(request.query);
    if (!query || (request.method != "GET" && request.method != "HEAD")) {
        return error(400, "The request can't be read");
    }
    if (query->get("fmt") != "json") {
        http::Response answer;
        answer.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><metadata/>\n";
        set_header(answer, "Content-Type", "application/xml; charset=UTF-8");
        return answer;
    }
    if (path == "ws/2/artist" || path == "ws/2/artist/") {
        return search(*query);
    }
    if (const auto id = match_path("ws/2/artist/{id}", path)) {
        return one(*id, *query);
    }
    return error(404, "Not Found");
}

} // namespace personalify::simulator

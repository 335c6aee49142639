#include "simulator/genius_api.hpp"

#include "crypto/crypto.hpp"
#include "simulator/answers.hpp"
#include "simulator/form.hpp"
#include "simulator/genius_json.hpp"
#include "simulator/genius_pages.hpp"
#include "simulator/paths.hpp"
#include "simulator/state.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <charconv>

namespace personalify::simulator {
namespace {

namespace bj = boost::json;

constexpr std::size_t most_on_a_page = 50;

http::Response meta_error(int status, std::string_view message) {
    return json_answer(status, bj::object{{"meta", bj::object{{"status", status}, {"message", message}}}});
}

http::Response envelope(bj::object response) {
    return json_answer(
        200, bj::object{{"meta", bj::object{{"status", 200}}}, {"response", bj::value(std::move(response))}});
}

http::Response invalid_token() {
    return json_answer(401, bj::object{{"error", "invalid_token"},
                                       {"error_description",
                                        "The access token provided is expired, revoked, malformed or invalid "
                                        "for other reasons."}});
}

/// What is said to those who may not call; nullopt to all others.
std::optional<http::Response> refusal(const State& state, const http::Request& request, const Form& query) {
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view header = request.header("Authorization").value_or("");
    const std::string token =
        header.starts_with(scheme) ? std::string{header.substr(scheme.size())} : query.get("access_token");
    if (token.empty()) {
        return meta_error(401,
                          "This call requires an access_token. Please see: https://genius.com/developers");
    }
    if (!crypto::equal_constant_time(token, state.options.genius_token)) {
        return invalid_token();
    }
    return std::nullopt;
}

std::int64_t whole(std::string_view text, std::int64_t otherwise) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : otherwise;
}

/// Which part of a list is asked for.
struct Page {
    std::size_t number = 1;
    std::size_t size = 0;

    std::size_t begin() const { return (number - 1) * size; }
};

Page page_of(const Form& query, std::size_t usual_size) {
    constexpr std::int64_t last_page = 10'000;
    return {static_cast<std::size_t>(std::clamp<std::int64_t>(whole(query.get("page"), 1), 1, last_page)),
            static_cast<std::size_t>(std::clamp<std::int64_t>(
                whole(query.get("per_page"), static_cast<std::int64_t>(usual_size)), 1, most_on_a_page))};
}

http::Response search(const Form& query, const std::string& site) {
    constexpr std::size_t usual_size = 10;
    const Page page = page_of(query, usual_size);
    const auto found = songbook().search(query.get("q"), page.begin() + page.size);
    bj::array hits;
    for (std::size_t i = page.begin(); i < found.size(); ++i) {
        hits.push_back(bj::object{{"highlights", bj::array{}},
                                  {"index", "song"},
                                  {"type", "song"},
                                  {"result", song_summary_json(*found[i], site)}});
    }
    return envelope({{"hits", std::move(hits)}});
}

int popularity(const GeniusSong& song) {
    return song.track == nullptr ? -static_cast<int>(song.seed % 1'000) : song.track->popularity;
}

std::string_view release_date(const GeniusSong& song) {
    return song.album == nullptr ? std::string_view{} : std::string_view{song.album->release_date};
}

http::Response artists_songs(const GeniusArtist& artist, const Form& query, const std::string& site) {
    constexpr std::size_t usual_size = 20;
    const Page page = page_of(query, usual_size);
    std::vector<const GeniusSong*> all = artist.songs;
    const std::string sort = query.get("sort");
    if (sort == "popularity") {
        std::ranges::stable_sort(all, std::greater{},
                                 [](const GeniusSong* song) { return popularity(*song); });
    } else if (sort == "release_date") {
        std::ranges::stable_sort(all, std::greater{},
                                 [](const GeniusSong* song) { return release_date(*song); });
    } else {
        std::ranges::stable_sort(all, {}, &GeniusSong::title);
    }
    const std::size_t end = std::min(page.begin() + page.size, all.size());
    bj::array songs;
    for (std::size_t i = page.begin(); i < end; ++i) {
        songs.push_back(artists_song_json(*all[i], site));
    }
    return envelope({{"songs", std::move(songs)},
                     {"next_page", end < all.size() ? bj::value(page.number + 1) : bj::value(nullptr)}});
}

http::Response not_found() {
    return meta_error(404, "Not found");
}

http::Response answer_route(std::string_view path, const Form& query, const std::string& site) {
    if (path == "search") {
        return search(query, site);
    }
    if (const auto id = match_path("songs/{id}", path)) {
        const GeniusSong* song = songbook().find_song(whole(*id, -1));
        return song == nullptr ? not_found() : envelope({{"song", song_json(*song, site)}});
    }
    if (const auto id = match_path("artists/{id}/songs", path)) {
        const GeniusArtist* artist = songbook().find_artist(whole(*id, -1));
        return artist == nullptr ? not_found() : artists_songs(*artist, query, site);
    }
    if (const auto id = match_path("artists/{id}", path)) {
        const GeniusArtist* artist = songbook().find_artist(whole(*id, -1));
        return artist == nullptr ? not_found() : envelope({{"artist", genius_artist_json(*artist, site)}});
    }
    return not_found();
}

} // namespace

http::Response genius_api_error(int status, std::string_view) {
    if (status == 401) {
        return invalid_token();
    }
    return status == 404 ? not_found() : meta_error(status, "A fault was asked for");
}

http::Response answer_genius_api(State& state, const http::Request& request) {
    const auto query = Form::parse(request.query);
    if (!query || (request.method != "GET" && request.method != "HEAD")) {
        return not_found();
    }
    if (auto refused = refusal(state, request, *query)) {
        return std::move(*refused);
    }
    return answer_route(std::string_view{request.path}.substr(genius_api_path.size()), *query,
                        genius_site(state));
}

} // namespace personalify::simulator

#include "simulator/lrclib_api.hpp"

#include "simulator/answers.hpp"
#include "simulator/folding.hpp"
#include "simulator/form.hpp"
#include "simulator/lrclib_book.hpp"
#include "simulator/paths.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace personalify::simulator {
namespace {

namespace bj = boost::json;

http::Response said(int status, std::string type, std::string body) {
    http::Response answer;
    answer.status = status;
    answer.body = std::move(body);
    set_header(answer, "Content-Type", std::move(type));
    return answer;
}

http::Response error(int status, std::string_view name, std::string_view message) {
    return json_answer(status, bj::object{{"message", message}, {"name", name}, {"statusCode", status}});
}

http::Response not_found() {
    return error(404, "TrackNotFound", "Failed to find specified track");
}

/// How the web framework refuses a query that lacks something.
http::Response missing(std::string_view field) {
    return said(400, "text/plain; charset=utf-8",
                "Failed to deserialize query string: missing field `" + std::string{field} + "`");
}

http::Response cloudflare(int status) {
    http::Response answer = said(
        status, "text/html; charset=UTF-8",
        "<!DOCTYPE html><html lang=\"en-US\"><head><title>Attention Required! | Cloudflare</title></head>"
        "<body><h1>Sorry, you have been blocked</h1></body></html>\n");
    set_header(answer, "Server", "cloudflare");
    set_header(answer, "CF-Ray", "9a0b1c2d3e4f5a6b-SIN");
    return answer;
}

bj::value text_or_null(std::string_view text) {
    return text.empty() ? bj::value(nullptr) : bj::value(text);
}

bj::object record_json(const LrcRecord& record) {
    return {{"id", record.id},
            {"name", record.track->name},
            {"trackName", record.track->name},
            {"artistName", record.artist},
            {"albumName", record.album},
            {"duration", record.duration},
            {"instrumental", record.form == LrcForm::instrumental},
            {"plainLyrics", text_or_null(plain_lyrics(record))},
            {"syncedLyrics", text_or_null(synced_lyrics(record))}};
}

std::optional<double> number_in(std::string_view text) {
    double number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failure == std::errc{} && end == text.data() + text.size() ? std::optional{number} : std::nullopt;
}

/// By whom it is: everybody may be named, or the first only.
bool is_by(const LrcRecord& record, std::string_view folded) {
    return fold(record.artist) == folded || fold(record.track->artists.front()->name) == folded;
}

http::Response get(const Form& query) {
    constexpr double tolerance = 2;
    constexpr double longest = 3'600;
    for (const std::string_view field : {"track_name", "artist_name"}) {
        const auto value = query.find(field);
        if (!value) {
            return missing(field);
        }
        if (fold(*value).empty()) {
            return error(400, "ValidationError", std::string{field} + " must not be empty");
        }
    }
    std::optional<double> duration;
    if (const auto text = query.find("duration")) {
        duration = number_in(*text);
        if (!duration) {
            return said(400, "text/plain; charset=utf-8",
                        "Failed to deserialize query string: duration: invalid float literal");
        }
        if (*duration < 1 || *duration > longest) {
            return error(400, "ValidationError", "duration must be between 1 and 3600");
        }
    }
    const std::string title = fold(query.get("track_name"));
    const std::string artist = fold(query.get("artist_name"));
    const std::string album = fold(query.get("album_name"));
    for (const LrcRecord& record : lrc_book().records()) {
        const bool fits = fold(record.track->name) == title && is_by(record, artist) &&
                          (album.empty() || fold(record.album) == album) &&
                          (!duration || std::abs(*duration - record.duration) <= tolerance);
        if (fits) {
            return json_answer(200, record_json(record));
        }
    }
    return not_found();
}

/// Every wanted word is among the given.
bool holds_all(const std::vector<std::string>& wanted, std::string_view text) {
    const auto words = words_of(fold(text));
    return std::ranges::all_of(
        wanted, [&](const std::string& word) { return std::ranges::find(words, word) != words.end(); });
}

/// In the order of the records, so that the first is often not the best.
http::Response search(const Form& query) {
    constexpr std::size_t most = 20;
    const auto any = words_of(fold(query.get("q")));
    const auto title = words_of(fold(query.get("track_name")));
    const auto artist = words_of(fold(query.get("artist_name")));
    const auto album = words_of(fold(query.get("album_name")));
    bj::array found;
    if (any.empty() && title.empty()) {
        return json_answer(200, found);
    }
    for (const LrcRecord& record : lrc_book().records()) {
        const std::string name{record.track->name};
        if (found.size() < most && holds_all(any, name + " " + record.artist + " " + record.album) &&
            holds_all(title, name) && holds_all(artist, record.artist) && holds_all(album, record.album)) {
            found.push_back(record_json(record));
        }
    }
    return json_answer(200, found);
}

http::Response by_id(std::string_view text) {
    const auto number = number_in(text);
    const LrcRecord* record = number && *number > 0 && *number < 1e9
                                  ? lrc_book().find(static_cast<std::int64_t>(*number))
                                  : nullptr;
    return record == nullptr ? not_found() : json_answer(200, record_json(*record));
}

} // namespace

http::Response lrclib_error(int status, std::string_view) {
    if (status == 403 || status >= 520) {
        return cloudflare(status);
    }
    return status == 404   ? not_found()
           : status == 400 ? error(400, "ValidationError", "A fault was asked for")
                           : error(status, "UnknownError", "A fault was asked for");
}

http::Response answer_lrclib(State&, const http::Request& request) {
    if (request.header("User-Agent").value_or("").empty() &&
        request.header("Lrclib-Client").value_or("").empty()) {
        return cloudflare(403);
    }
    const std::string_view path = std::string_view{request.path}.substr(lrclib_path.size());
    const auto query = Form::parse(request.query);
    if (!query || (request.method != "GET" && request.method != "HEAD")) {
        return error(400, "ValidationError", "The request can't be read");
    }
    if (path == "api/get" || path == "api/get-cached") {
        return get(*query);
    }
    if (path == "api/search") {
        return search(*query);
    }
    if (const auto id = match_path("api/get/{id}", path)) {
        return by_id(*id);
    }
    return said(404, "text/plain; charset=utf-8", "");
}

} // namespace personalify::simulator

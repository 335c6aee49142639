#include "upstream/genius/answer.hpp"

#include "domain/songs.hpp"
#include "upstream/common/body.hpp"
#include "upstream/common/json_at.hpp"
#include "upstream/common/refusal.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>

namespace personalify::genius {

namespace bj = boost::json;
using upstream::array_at;
using upstream::id_at;
using upstream::member;
using upstream::optional_text_at;
using upstream::text_at;

namespace {

const upstream::Manners& manners() {
    static const upstream::Manners known{.who = "Genius"};
    return known;
}

std::string lower(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

/// The first of the pictures that is one; the site's own drawing stands where there is none.
std::string picture_at(const bj::value& value, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
        std::string url = text_at(value, key);
        if (!url.empty() && !url.contains("default_cover_image") && !url.contains("default_avatar")) {
            return url;
        }
    }
    return {};
}

} // namespace

std::optional<Song> parse_song(const bj::value& value) {
    const bj::value* artist = member(value, "primary_artist");
    const auto id = id_at(value, "id");
    if (artist == nullptr || !id) {
        return std::nullopt;
    }
    Song song{.song = {.id = *id,
                       .title = text_at(value, "title"),
                       .artist = text_at(*artist, "name"),
                       .url = text_at(value, "url"),
                       .image = picture_at(value, {"song_art_image_thumbnail_url", "song_art_image_url",
                                                   "header_image_thumbnail_url"})},
              .artist = {.id = id_at(*artist, "id").value_or(0),
                         .name = text_at(*artist, "name"),
                         .image = picture_at(*artist, {"image_url", "header_image_url"})}};
    for (const std::string_view key : {"album", "primary_album"}) {
        if (const bj::value* album = member(value, key); album != nullptr && !song.song.album) {
            song.song.album = optional_text_at(*album, "name");
        }
    }
    song.song.date = optional_text_at(value, "release_date_for_display");
    if (song.song.url.empty()) {
        song.song.url = text_at(value, "path");
    }
    return song.song.title.empty() || song.song.artist.empty() || song.artist.id == 0
               ? std::nullopt
               : std::optional{std::move(song)};
}

std::vector<Song> songs_in_hits(const bj::value& response) {
    std::vector<Song> songs;
    for (const bj::value& hit : array_at(response, "hits")) {
        const std::string type = text_at(hit, "type");
        const bj::value* result = member(hit, "result");
        if (result == nullptr || (!type.empty() && type != "song")) {
            continue;
        }
        if (std::optional<Song> song = parse_song(*result)) {
            songs.push_back(std::move(*song));
        }
    }
    return songs;
}

SongsPage songs_page(const bj::value& response) {
    SongsPage page;
    for (const bj::value& each : array_at(response, "songs")) {
        if (std::optional<Song> song = parse_song(each)) {
            page.songs.push_back(std::move(*song));
        }
    }
    page.next_page = id_at(response, "next_page");
    return page;
}

bool is_performer(std::string_view artist) {
    const std::string name = comparable(artist);
    if (!name.contains("genius")) {
        return true;
    }
    constexpr std::array<std::string_view, 14> words{
        "translation", "romanization", "traduc", "traduz",  "terjemahan", "transliteration", "lists",
        "ubersetzung", "vertaling",    "ceviri", "tłumacz", "oversatt",   "перевод",         "переклад"};
    return name != "genius" &&
           std::ranges::none_of(words, [&](std::string_view word) { return name.contains(word); });
}

bool is_song_title(std::string_view title) {
    const std::string name = lower(title);
    constexpr std::array<std::string_view, 8> lists{"tracklist", "track list", "album art",   "cover art",
                                                    "credits",   "setlist",    "[interview]", "(skit)"};
    return std::ranges::none_of(lists, [&](std::string_view list) { return name.contains(list); });
}

bool is_track_list(std::string_view title) {
    const std::string name = lower(title);
    return name.contains("[tracklist") || name.contains("[track list");
}

upstream::Judgement<bj::value> judge_api(const net::HttpReply& reply, const upstream::Try& attempt,
                                         double jitter) {
    using Judgement = upstream::Judgement<bj::value>;
    if (reply.status == 404) {
        return Judgement{.outcome = fail(Errc::not_found, "Genius does not know this.")};
    }
    if (reply.status != 200) {
        return upstream::judgement_from<bj::value>(upstream::refusal_of(reply, attempt, manners(), jitter));
    }
    boost::system::error_code failure;
    const bj::value body = upstream::claims_json(reply) ? bj::parse(reply.body, failure) : bj::value{};
    const bj::value* response = failure ? nullptr : member(body, "response");
    if (response == nullptr || !response->is_object()) {
        return upstream::judgement_from<bj::value>(
            upstream::not_understood(manners(), "no JSON with a response"));
    }
    return Judgement{.outcome = *response};
}

} // namespace personalify::genius

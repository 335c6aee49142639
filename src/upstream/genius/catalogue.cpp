#include "upstream/genius/catalogue.hpp"

#include "net/form.hpp"
#include "upstream/common/base_url.hpp"

#include <algorithm>
#include <unordered_set>

namespace personalify::genius {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_answer = 2 * 1024 * 1024;
constexpr std::string_view hits_per_search = "20";
constexpr std::string_view songs_per_page = "50";
constexpr int most_pages = 20;

std::unexpected<Error> not_connected() {
    return fail(Errc::upstream_unavailable, "Genius is not connected: GENIUS_ACCESS_TOKEN is not set.",
                "no token", 1h);
}

} // namespace

Catalogue::Catalogue(GeniusOptions options, upstream::Send send, app::UpstreamStateStore& states,
                     const upstream::Timing& timing)
    : options_(std::move(options))
    , base_(upstream::base_url(options_.api_url, "Genius"))
    , closure_(upstream::closure_of_key("genius-api", options_.access_token), states, timing.clock,
               options_.report)
    , caller_("Genius", std::move(send), closure_, options_.in_flight,
              {.one_try = options_.try_deadline, .body_bytes = longest_answer}, timing) {}

Task<Result<boost::json::value>> Catalogue::get(std::string path, TimePoint deadline) {
    if (!has_token()) {
        co_return not_connected();
    }
    net::HttpCall call;
    call.url = base_ + path;
    call.headers = {{"Accept", "application/json"}, {"Authorization", "Bearer " + options_.access_token}};
    co_return co_await caller_.call<boost::json::value>(
        std::move(call), deadline, [this](const net::HttpReply& reply, const upstream::Try& attempt) {
            return judge_api(reply, attempt, caller_.jitter());
        });
}

Task<Result<std::vector<Song>>> Catalogue::search(std::string text, TimePoint deadline) {
    const Result<boost::json::value> response =
        co_await get("/search?" + net::form_encode({{"q", text}, {"per_page", hits_per_search}}), deadline);
    if (!response && response.error().code == Errc::not_found) { // a search finds nothing with a 200
        co_return fail(Errc::upstream_unavailable, "Genius gave an answer we can't read.",
                       "a 404 of the search");
    }
    if (!response) {
        co_return std::unexpected(response.error());
    }
    co_return songs_in_hits(*response);
}

Task<Result<std::vector<app::CatalogueArtist>>> Catalogue::search_artists(std::string text,
                                                                          std::size_t most) {
    Result<std::vector<Song>> songs = co_await search(std::move(text), now() + options_.deadline);
    if (!songs) {
        co_return std::unexpected(std::move(songs.error()));
    }
    std::vector<app::CatalogueArtist> artists;
    for (Song& song : *songs) {
        const bool is_new =
            std::ranges::find(artists, song.artist.id, &app::CatalogueArtist::id) == artists.end();
        if (is_new && artists.size() < most && is_performer(song.artist.name)) {
            artists.push_back(std::move(song.artist));
        }
    }
    co_return artists;
}

/// What was read before a failure is worth more than nothing.
Task<Result<app::ArtistSongs>> Catalogue::songs_of(std::int64_t artist, std::size_t most) {
    const TimePoint deadline = now() + options_.songs_deadline;
    app::ArtistSongs found;
    std::unordered_set<std::int64_t> known;
    std::int64_t page = 1;
    for (int pages = 0; pages < most_pages; ++pages) {
        const std::string path =
            "/artists/" + std::to_string(artist) + "/songs?" +
            net::form_encode(
                {{"sort", "popularity"}, {"per_page", songs_per_page}, {"page", std::to_string(page)}});
        const Result<boost::json::value> response = co_await get(path, deadline);
        if (!response && response.error().code == Errc::not_found) {
            co_return found;
        }
        if (!response && pages == 0) {
            co_return std::unexpected(response.error());
        }
        if (!response) {
            found.cut_off = true;
            found.broken_off = true;
            co_return found;
        }
        SongsPage songs = songs_page(*response);
        for (Song& song : songs.songs) {
            if (song.artist.id != artist ||
                !known.insert(song.song.id).second) { // a guest there, or repeated
                continue;
            }
            if (found.songs.size() == most) {
                found.cut_off = true;
                co_return found;
            }
            found.songs.push_back(std::move(song.song));
        }
        if (!songs.next_page || *songs.next_page <= page) {
            co_return found;
        }
        page = *songs.next_page;
    }
    found.cut_off = true;
    co_return found;
}

Task<Result<app::CatalogueSong>> Catalogue::song(std::int64_t id) {
    const Result<boost::json::value> response =
        co_await get("/songs/" + std::to_string(id) + "?text_format=plain", now() + options_.deadline);
    if (!response) {
        co_return std::unexpected(response.error());
    }
    const boost::json::value* value =
        response->is_object() ? response->get_object().if_contains("song") : nullptr;
    std::optional<Song> song = value != nullptr ? parse_song(*value) : std::nullopt;
    if (!song) {
        co_return fail(Errc::upstream_unavailable, "Genius gave an answer we can't read.", "no song in it");
    }
    co_return std::move(song->song);
}

} // namespace personalify::genius

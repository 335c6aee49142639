#pragma once

#include "core/clock.hpp"
#include "domain/dashboard.hpp"
#include "domain/user.hpp"

#include <string>

namespace personalify::test {

using namespace std::chrono_literals;

/// Sunday, 22 November 2026, 12:00 UTC.
inline constexpr TimePoint noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 12h};

inline SpotifyProfile profile(std::string id, std::optional<std::string> account_id = std::nullopt) {
    SpotifyProfile made;
    made.id = UserId{std::move(id)};
    made.account_id = std::move(account_id);
    made.display_name = "Rani Senja";
    made.image = "https://images.example/rani";
    made.email = "rani@example.org";
    made.country = "ID";
    made.product = "premium";
    made.followers = 7;
    return made;
}

inline Artist artist(std::string id, std::vector<std::string> genres = {"indie"}) {
    return {.id = id,
            .name = "Artist " + id,
            .genres = std::move(genres),
            .popularity = 61,
            .image = "https://images.example/" + id};
}

inline Track track(std::string id) {
    return {.id = id,
            .name = "Track " + id,
            .artists = {"Main Artist", "Guest \"Ñ\" 🎧"},
            .album = {.name = "Album", .type = "album", .total_tracks = 12},
            .popularity = 44,
            .preview_url = "https://audio.example/" + id,
            .image = "https://images.example/" + id,
            .duration_ms = 215'000};
}

inline SyncDocument document(TimeRange range = TimeRange::short_term, std::string user = "Rani Senja") {
    return {.user = std::move(user),
            .image = "https://images.example/rani",
            .artists = {artist("a1"), artist("a2", {})},
            .tracks = {track("t1")},
            .genres = {{"indie", 1}},
            .time_range = range,
            .emotion_paragraph = "Shades of <b>Joy</b>",
            .top_emotions = {{"Hazy Joy", 0.25}}};
}

} // namespace personalify::test

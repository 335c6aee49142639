#pragma once

#include "domain/dashboard.hpp"
#include "json/schema.hpp"

/// Examples of domain types for the API's description. Include it where a route answers with them.
namespace personalify::json {

template <>
struct Docs<Artist> {
    static Artist example() {
        return {"0oSGxfWSnnOXhD2fKuz2Gy",
                "Lentera Biru",
                {"indonesian indie", "dream pop"},
                47,
                "https://i.scdn.co/image/ab6761610000e5eb"};
    }
};

template <>
struct Docs<Track> {
    static Track example() {
        return {"4uLU6hMCjMI75M1A2tKUQC",
                "Pulang Larut",
                {"Lentera Biru"},
                {"Pulang Larut", "single", 1},
                41,
                std::nullopt,
                "https://i.scdn.co/image/ab67616d0000b273",
                214'533};
    }
};

template <>
struct Docs<Dashboard> {
    static constexpr std::string_view description =
        "Everything the dashboard shows. What Spotify does not say is popularity 0, image \"\" or no genres.";
    static constexpr MemberDoc members[] = {
        {"emotion_paragraph",
         "\"Shades of …\" with nouns in <b>; while it is read, \"Vibe analysis is getting ready...\""},
        {"genres", "By count, most frequent first"},
        {"genre_artists_map", "Each genre with the names of the artists that carry it"},
        {"synced_at", "When this was read from Spotify: RFC 3339, UTC"},
        {"stale", "Older than a day, or standing in for a sync that failed"}};
    static Dashboard example() {
        const std::vector<Artist> artists{Docs<Artist>::example()};
        return {.user = "Rani Senja",
                .image = "https://i.scdn.co/image/ab67757000003b82",
                .time_range = TimeRange::short_term,
                .emotion_paragraph = std::string{pending_emotion_paragraph},
                .top_emotions = {},
                .artists = artists,
                .tracks = {Docs<Track>::example()},
                .genres = count_genres(artists),
                .genre_artists_map = artists_by_genre(artists),
                .synced_at = "2026-11-22T17:28:43.120Z",
                .stale = false};
    }
};

} // namespace personalify::json

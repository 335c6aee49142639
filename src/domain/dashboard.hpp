#pragma once

#include "domain/tops.hpp"

namespace personalify {

/// Everything the dashboard shows for one listener and one time range.
struct Dashboard {
    std::string user;  ///< display name
    std::string image; ///< URL of the portrait, or ""
    TimeRange time_range = TimeRange::medium_term;
    std::string emotion_paragraph;
    std::vector<Emotion> top_emotions;
    std::vector<Artist> artists;
    std::vector<Track> tracks;
    std::vector<GenreCount> genres;
    GenreArtists genre_artists_map;
    std::string synced_at; ///< RFC 3339, UTC: when these were read from Spotify
    bool stale = false;    ///< older than a day, or standing in for a sync that failed
};
BOOST_DESCRIBE_STRUCT(Dashboard, (),
                      (user, image, time_range, emotion_paragraph, top_emotions, artists, tracks, genres,
                       genre_artists_map, synced_at, stale))

/// What a sync leaves behind in the history: the dashboard's members at that moment.
struct SyncDocument {
    std::string user;
    std::string image;
    std::vector<Artist> artists;
    std::vector<Track> tracks;
    std::vector<GenreCount> genres;
    TimeRange time_range = TimeRange::medium_term;
    std::string emotion_paragraph;
    std::vector<Emotion> top_emotions;
};
BOOST_DESCRIBE_STRUCT(SyncDocument, (),
                      (user, image, artists, tracks, genres, time_range, emotion_paragraph, top_emotions))

} // namespace personalify

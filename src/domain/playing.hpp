#pragma once

#include "core/clock.hpp"
#include "domain/tops.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace personalify {

/// A track as it is played; an episode looks like one, with its show as the album.
struct PlayedTrack {
    std::string id = {}; ///< "" for a file of the listener's own
    std::string name = {};
    std::vector<std::string> artists = {}; ///< names, the main artist first; of an episode, who publishes it
    std::string album = {};                ///< its name, or the show's
    std::string image = {};                ///< URL of the widest cover, or ""
    std::int64_t duration_ms = 0;          ///< milliseconds; 0 when unknown
    std::string external_url = {};         ///< the page at Spotify, or ""
    bool operator==(const PlayedTrack&) const = default;
};

/// What Spotify's player did at one moment.
struct Playing {
    enum class What {
        nothing, ///< silence, a private session, or something without a name
        track,   ///< a track or an episode, also while paused
        ad,
    };
    What what = What::nothing;
    bool is_playing = false; ///< false for a track: paused
    PlayedTrack track = {};  ///< of What::track
    std::optional<std::int64_t> progress_ms =
        std::nullopt; ///< into the track or ad; nullopt when Spotify does not say
    bool operator==(const Playing&) const = default;
};

/// Spotify does not say how long an ad is.
inline constexpr std::int64_t ad_duration_ms = 30'000;

/// The length of what is on, milliseconds; 0 when unknown or nothing is on.
std::int64_t duration_of(const Playing& playing);

/// Where playback is when `since` has passed after `playing` was true: never beyond the end, never before the
/// start.
std::int64_t progress_after(const Playing& playing, std::chrono::milliseconds since);

/// How long until what is on ends by itself; nullopt when it does not (paused, nothing, length unknown).
std::optional<std::chrono::milliseconds> time_left(const Playing& playing, std::chrono::milliseconds since);

/// Whether both are about the same item: the same track, both an ad, or both nothing.
bool same_item(const Playing& one, const Playing& other);

/// Whether who was shown `shown`, and let it run for `since`, has to be told of `now`: another item, pause or
/// play, or a place in the track that is more than 2 s off.
bool is_news(const Playing& shown, std::chrono::milliseconds since, const Playing& now);

/// One entry of the history that Spotify keeps.
struct RecentPlay {
    std::string played_at; ///< RFC 3339, UTC, as Spotify writes it
    PlayedTrack track;
    Album album;
};

} // namespace personalify

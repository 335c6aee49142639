#include "domain/playing.hpp"

#include <algorithm>
#include <cstdlib>

namespace personalify {

namespace {

constexpr std::int64_t seek_ms = 2000; ///< reading and travelling shift a place by less than this

} // namespace

std::int64_t duration_of(const Playing& playing) {
    switch (playing.what) {
    case Playing::What::track:
        return playing.track.duration_ms;
    case Playing::What::ad:
        return ad_duration_ms;
    case Playing::What::nothing:
        return 0;
    }
    return 0;
}

std::int64_t progress_after(const Playing& playing, std::chrono::milliseconds since) {
    std::int64_t progress = playing.progress_ms.value_or(0);
    if (playing.is_playing) {
        progress += std::max<std::int64_t>(since.count(), 0);
    }
    const std::int64_t duration = duration_of(playing);
    return std::max<std::int64_t>(duration > 0 ? std::min(progress, duration) : progress, 0);
}

std::optional<std::chrono::milliseconds> time_left(const Playing& playing, std::chrono::milliseconds since) {
    if (playing.what != Playing::What::track || !playing.is_playing || playing.track.duration_ms <= 0) {
        return std::nullopt;
    }
    return std::chrono::milliseconds{playing.track.duration_ms - progress_after(playing, since)};
}

bool same_item(const Playing& one, const Playing& other) {
    if (one.what != other.what) {
        return false;
    }
    if (one.what != Playing::What::track || one.track.id != other.track.id) {
        return one.what != Playing::What::track;
    }
    // Files of the listener's own have no id to tell them by.
    return !one.track.id.empty() ||
           (one.track.name == other.track.name && one.track.artists == other.track.artists &&
            one.track.duration_ms == other.track.duration_ms);
}

bool is_news(const Playing& shown, std::chrono::milliseconds since, const Playing& now) {
    if (!same_item(shown, now) || shown.is_playing != now.is_playing) {
        return true;
    }
    return std::abs(progress_after(shown, since) - progress_after(now, {})) > seek_ms;
}

} // namespace personalify

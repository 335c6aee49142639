#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace personalify::app {

/// How often watched players are looked at, all together considered.
struct PlayerPace {
    double stretch = 1.0;      ///< times the usual time between two looks
    bool looks_at_ends = true; ///< whether the end of a track is worth a look of its own
};

/// Looks that one watched player would like, in millionths per second.
struct WantedLooks {
    std::int64_t paced = 0;   ///< at its usual pace
    std::int64_t at_ends = 0; ///< at the ends of its tracks
};

/// What all watched players would like, against what the call budget has room for. Safe on every shard.
class PlayerLoad {
public:
    /// The rest is for those who ask without watching.
    static constexpr double share_of_watched = 0.7;

    /// `looks_per_second`: the whole share of the player.
    explicit PlayerLoad(double looks_per_second)
        : room_(std::max(looks_per_second * share_of_watched, 0.01)) {}

    /// One player wants something else than before; nothing while it is not watched.
    void change(const WantedLooks& before, const WantedLooks& now) {
        paced_ += now.paced - before.paced;
        at_ends_ += now.at_ends - before.at_ends;
    }

    /// Ends come when they come: looks at them are made while they take at most half of the room, and the
    /// usual ones are stretched to fit into the rest.
    PlayerPace pace() const {
        const double ends = static_cast<double>(at_ends_.load(std::memory_order_relaxed)) / 1e6;
        const double paced = static_cast<double>(paced_.load(std::memory_order_relaxed)) / 1e6;
        const bool looks_at_ends = ends <= room_ / 2;
        return {.stretch = std::max(1.0, paced / (room_ - (looks_at_ends ? ends : 0))),
                .looks_at_ends = looks_at_ends};
    }

private:
    const double room_; ///< looks per second
    std::atomic<std::int64_t> paced_ = 0;
    std::atomic<std::int64_t> at_ends_ = 0;
};

} // namespace personalify::app

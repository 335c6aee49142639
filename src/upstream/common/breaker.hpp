#pragma once

#include "core/clock.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>

namespace personalify::upstream {

/// Counts failures in a row: from the third on a service is left alone, for longer each time.
class Breaker {
public:
    static constexpr int patience = 3;
    static constexpr std::chrono::minutes first_rest{1};
    static constexpr std::chrono::minutes longest_rest{16};

    void worked() { failures_ = 0; }
    /// Until when nobody should call; nullopt as long as it may have been chance.
    std::optional<TimePoint> failed(TimePoint now) {
        constexpr int most_doublings = 4;
        const int over = failures_.fetch_add(1) + 1 - patience;
        if (over < 0) {
            return std::nullopt;
        }
        return now + std::min<std::chrono::minutes>(first_rest * (1 << std::min(over, most_doublings)),
                                                    longest_rest);
    }

private:
    std::atomic<int> failures_ = 0;
};

} // namespace personalify::upstream

#pragma once

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "core/task.hpp"
#include "domain/tops.hpp"

#include <optional>
#include <string>
#include <vector>

namespace personalify::app {

/// What the titles of a listener's tracks say. Never waits for a reading.
class EmotionReader {
public:
    virtual ~EmotionReader() = default;
    /// Of the first ten titles, or of `all`, out of what is known; nullopt while a reading is pending, which
    /// is then seen to in the background.
    virtual Task<std::optional<EmotionSummary>> summary(UserId user, TimeRange range,
                                                        std::vector<std::string> titles, bool all) = 0;
    /// These are the titles of a sync that is in the history now: gives it what they say, at once or later.
    virtual Task<void> synced(UserId user, TimeRange range, TimePoint synced_at,
                              std::vector<std::string> titles) = 0;
};

} // namespace personalify::app

#pragma once

#include "core/ids.hpp"
#include "core/task.hpp"
#include "domain/tops.hpp"

#include <optional>
#include <vector>

namespace personalify::app {

/// What the titles of a listener's tracks say. Answers at once: nullopt while the reading is pending.
class EmotionReader {
public:
    virtual ~EmotionReader() = default;
    virtual Task<std::optional<EmotionSummary>> summary(UserId user, TimeRange range,
                                                        std::vector<Track> tracks) = 0;
};

} // namespace personalify::app

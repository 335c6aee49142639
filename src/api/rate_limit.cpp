#include "api/rate_limit.hpp"

#include <algorithm>

namespace personalify::api {

std::optional<std::chrono::seconds> RateLimit::take(const std::string& key) {
    const TimePoint now = clock_.now();
    const std::lock_guard lock(mutex_);
    if (full_at_.size() >= most_keys) {
        make_room(now);
    }
    TimePoint& full_at = full_at_[key];
    const TimePoint after = std::max(full_at, now) + interval_;
    const auto over = (after - now) - interval_ * burst_;
    if (over > std::chrono::milliseconds{0}) {
        return std::chrono::ceil<std::chrono::seconds>(over);
    }
    full_at = after;
    return std::nullopt;
}

void RateLimit::make_room(TimePoint now) {
    std::erase_if(full_at_, [now](const auto& entry) { return entry.second <= now; });
    if (full_at_.size() >= most_keys) {
        full_at_.clear();
    }
}

} // namespace personalify::api

#pragma once

#include "core/ids.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace personalify::app {

/// Work for users that may be called off while it goes on: what was read of a user who was erased meanwhile
/// must not come to whoever signs in under that id afterwards. Any thread may use it; passes may outlive it.
class UnderWay {
public:
    /// True once the work was called off. Taken before anything is read of the user, kept to the end.
    using Pass = std::shared_ptr<const std::atomic<bool>>;

    Pass begin(const UserId& user) {
        const std::lock_guard lock(mutex_);
        if (passes_.size() >= tidy_at_) {
            std::erase_if(passes_, [](const auto& entry) { return entry.second.expired(); });
            tidy_at_ = std::max(least_tidied, 2 * passes_.size());
        }
        std::weak_ptr<std::atomic<bool>>& known = passes_[user];
        std::shared_ptr<std::atomic<bool>> pass = known.lock();
        if (!pass) {
            pass = std::make_shared<std::atomic<bool>>(false);
            known = pass;
        }
        return pass;
    }

    void call_off(const UserId& user) {
        const std::lock_guard lock(mutex_);
        const auto at = passes_.find(user);
        if (at == passes_.end()) {
            return;
        }
        if (const std::shared_ptr<std::atomic<bool>> pass = at->second.lock()) {
            *pass = true;
        }
        passes_.erase(at);
    }

private:
    static constexpr std::size_t least_tidied = 64;

    std::mutex mutex_; ///< guards the rest
    std::unordered_map<UserId, std::weak_ptr<std::atomic<bool>>> passes_;
    std::size_t tidy_at_ = least_tidied;
};

} // namespace personalify::app

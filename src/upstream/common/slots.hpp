#pragma once

#include "core/error.hpp"
#include "core/task.hpp"
#include "core/waiter.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <utility>

namespace personalify::upstream {

/// How many calls to one service are under way at once, whatever shards they come from. First come, first
/// served; both the places and the line before them are bounded.
class Slots {
    struct State;

public:
    /// `line`: how many may wait.
    Slots(std::size_t places, std::size_t line);

    /// A place, given back when this goes.
    class Place {
    public:
        Place() = default; ///< none
        explicit Place(std::shared_ptr<State> state)
            : state_(std::move(state)) {}
        ~Place();
        Place(Place&& other) noexcept = default;
        Place& operator=(Place&& other) noexcept {
            std::swap(state_, other.state_);
            return *this;
        }

    private:
        std::shared_ptr<State> state_;
    };

    /// Waits in line at most that long; overloaded when it takes longer or the line is full.
    Task<Result<Place>> take(std::chrono::milliseconds patience);

private:
    /// Somebody in line.
    struct Turn {
        Waiting waiting;
        bool served = false; ///< guarded by State::mutex
    };
    struct State {
        std::mutex mutex;
        std::size_t free = 0;
        std::size_t longest_line = 0;
        std::deque<std::shared_ptr<Turn>> line;

        void give_back();
    };

    std::shared_ptr<State>
        state_; ///< also held by the places, which a shard torn down late may outlive us with
};

} // namespace personalify::upstream

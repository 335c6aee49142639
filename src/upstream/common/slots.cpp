#include "upstream/common/slots.hpp"

#include <boost/asio/this_coro.hpp>

namespace personalify::upstream {

namespace {

std::unexpected<Error> too_many() {
    return fail(Errc::overloaded, "The service is busy. Please try again.", "no free call to an upstream");
}

} // namespace

Slots::Slots(std::size_t places, std::size_t line)
    : state_(std::make_shared<State>()) {
    state_->free = places;
    state_->longest_line = line;
}

Slots::Place::~Place() {
    if (state_ != nullptr) {
        state_->give_back();
    }
}

/// To the first in line who is still there, or to nobody.
void Slots::State::give_back() {
    const std::lock_guard lock(mutex);
    while (!line.empty()) {
        const std::shared_ptr<Turn> next = std::move(line.front());
        line.pop_front();
        if (!next->waiting.is_over()) {
            next->served = true;
            next->waiting.wake();
            return;
        }
    }
    ++free;
}

Task<Result<Slots::Place>> Slots::take(std::chrono::milliseconds patience) {
    const std::shared_ptr<State> state = state_;
    const auto waiter = std::make_shared<Waiter>(co_await asio::this_coro::executor);
    const auto turn = std::make_shared<Turn>(Waiting{waiter});
    {
        const std::lock_guard lock(state->mutex);
        if (state->free > 0) {
            --state->free;
            co_return Place{state};
        }
        if (state->line.size() >= state->longest_line) {
            co_return too_many();
        }
        state->line.push_back(turn);
    }
    co_await waiter->wait(patience);
    const std::lock_guard lock(state->mutex);
    if (turn->served) {
        co_return Place{state};
    }
    std::erase(state->line, turn);
    co_return too_many();
}

} // namespace personalify::upstream

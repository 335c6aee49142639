#include "upstream/common/pacer.hpp"

#include <algorithm>

namespace personalify::upstream {

namespace {

Task<net::HttpResult> send_in_turn(Send send, Pacer& pacer, const Clock& clock, net::HttpCall call) {
    const TimePoint before = clock.now();
    if (const Result<> turn = co_await pacer.turn(before + call.deadline); !turn) {
        co_return std::unexpected(net::HttpFailure{turn.error(), net::HttpProgress::not_sent, false});
    }
    constexpr std::chrono::milliseconds least{1};
    call.deadline = std::max(call.deadline - (clock.now() - before), least);
    call.connect_timeout = std::min(call.connect_timeout, call.deadline);
    co_return co_await send(std::move(call));
}

} // namespace

Task<Result<>> Pacer::turn(TimePoint deadline) {
    std::chrono::milliseconds wait{};
    {
        const std::lock_guard lock(mutex_);
        const TimePoint now = timing_.clock.now();
        const TimePoint at = std::max(now, next_);
        if (at >= deadline) {
            co_return fail(Errc::overloaded, "Too many are waiting. Please try again.",
                           "no turn before the deadline");
        }
        next_ = at + interval_;
        wait = at - now;
    }
    if (wait > std::chrono::milliseconds{0}) {
        co_await timing_.sleep(wait);
    }
    co_return Result<>{};
}

Send paced(Send send, Pacer& pacer, const Clock& clock) {
    return [send = std::move(send), &pacer, &clock](net::HttpCall call) {
        return send_in_turn(send, pacer, clock, std::move(call));
    };
}

} // namespace personalify::upstream

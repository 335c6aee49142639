#include "upstream/common/service_caller.hpp"

#include <algorithm>

namespace personalify::upstream {

using namespace std::chrono_literals;

std::optional<Error> ServiceCaller::closed() const {
    const std::optional<std::chrono::seconds> left = closure_.left();
    if (!left) {
        return std::nullopt;
    }
    Error refusal{Errc::upstream_unavailable, who_ + " is not asked right now. Please try again later.",
                  "closed, not called"};
    refusal.retry_after = left;
    refusal.service = closure_.record().name();
    refusal.not_asked = true;
    closure_.record().not_asked(NotAsked::closed);
    return refusal;
}

Task<Result<net::HttpResult>> ServiceCaller::try_once(net::HttpCall request, TimePoint deadline) {
    if (std::optional<Error> refusal = closed()) {
        co_return std::unexpected(std::move(*refusal));
    }
    const Result<Slots::Place> place = co_await slots_.take(deadline - now());
    if (!place) {
        co_return std::unexpected(place.error());
    }
    // Those before us in the line may have been told to stay away.
    if (std::optional<Error> refusal = closed()) {
        co_return std::unexpected(std::move(*refusal));
    }
    const std::chrono::milliseconds left = deadline - now();
    if (left <= 0ms) {
        co_return fail(Errc::upstream_unavailable, who_ + " could not be reached in time.",
                       "no time left for a try");
    }
    request.deadline = std::min(limits_.one_try, left);
    request.connect_timeout = std::min(limits_.connect, request.deadline);
    request.max_body_bytes = limits_.body_bytes;
    request.unreachable = who_ + " could not be reached.";
    const auto begin = std::chrono::steady_clock::now();
    net::HttpResult result = co_await send_(std::move(request));
    closure_.record().asked(outcome_of(result), std::chrono::steady_clock::now() - begin);
    co_return result;
}

void ServiceCaller::note(bool worked, bool is_trouble, std::optional<TimePoint> close_until,
                         const std::string& why, Executor shard) {
    if (worked) {
        breaker_.worked();
    } else if (is_trouble) {
        const std::optional<TimePoint> rest = breaker_.failed(now());
        close_until = std::max(close_until, rest); // nullopt is the least
    }
    if (close_until) {
        closure_.close_until(*close_until, shard, why);
    }
}

} // namespace personalify::upstream

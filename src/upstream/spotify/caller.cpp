#include "upstream/spotify/caller.hpp"

#include "upstream/spotify/answer.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>

namespace personalify::spotify {

namespace {

using namespace std::chrono_literals;

constexpr const char* unreachable = "Spotify could not be reached. Please try again.";

Outcome outcome_of(const net::HttpResult& result, TimePoint now) {
    Outcome outcome;
    if (result) {
        outcome.status = result->status;
        if (const auto text = result->header("retry-after")) {
            outcome.retry_after = parse_retry_after(*text, now);
        }
        outcome.quota_exceeded = result->status == 429 && error_answer(*result).reason == "QUOTA_EXCEEDED";
        return outcome;
    }
    const net::HttpFailure& failure = result.error();
    if (failure.progress == net::HttpProgress::not_sent) {
        outcome.kind = Outcome::Kind::not_sent;
    } else if (failure.timed_out) {
        outcome.kind = Outcome::Kind::timed_out;
    } else {
        outcome.kind =
            failure.progress == net::HttpProgress::sent ? Outcome::Kind::unanswered : Outcome::Kind::broken;
    }
    return outcome;
}

/// Whether the failure is ours or final, not the service's mood.
bool is_final(const net::HttpResult& result) {
    return !result && result.error().code != Errc::upstream_unavailable;
}

/// The last try's result, as the caller gets to see it.
Result<net::HttpReply> conclude(net::HttpResult result, const Decision& decision, TimePoint now) {
    if (!result) {
        return std::unexpected<Error>(std::move(result.error()));
    }
    if (result->status != 429 && result->status < 500) {
        return std::move(*result);
    }
    std::optional<std::chrono::seconds> retry_after;
    if (decision.close_until) {
        retry_after = std::max<std::chrono::seconds>(
            1s, std::chrono::ceil<std::chrono::seconds>(*decision.close_until - now));
    }
    std::string cause = describe(*result);
    if (result->status == 429) {
        return fail(Errc::rate_limited, "Spotify limits how often we may ask. Please try again later.",
                    std::move(cause), retry_after);
    }
    return fail(Errc::upstream_unavailable, "Spotify is not available right now. Please try again.",
                std::move(cause), retry_after);
}

} // namespace

Task<net::HttpResult> Caller::try_once(net::HttpCall request, std::chrono::milliseconds left) {
    request.deadline = std::min(patience_.one_try, left);
    request.connect_timeout = std::min(patience_.connect, request.deadline);
    request.unreachable = unreachable;
    return send_(std::move(request));
}

Result<net::HttpReply> Caller::named(Result<net::HttpReply> outcome) const {
    if (!outcome) {
        outcome.error().service = governor_.record().name();
    }
    return outcome;
}

Task<Result<net::HttpReply>> Caller::call(net::HttpCall request, Repeat repeat, app::Urgency urgency) {
    const Executor shard = co_await asio::this_coro::executor;
    const TimePoint deadline = timing_.clock.now() + patience_.whole_call(urgency);
    for (int number = 0;; ++number) {
        const std::chrono::milliseconds in_line =
            std::min<std::chrono::milliseconds>(patience(urgency), deadline - timing_.clock.now());
        const Result<> admitted = co_await governor_.admit(urgency, in_line);
        if (!admitted) {
            co_return std::unexpected(admitted.error());
        }
        const std::chrono::milliseconds left = deadline - timing_.clock.now();
        if (left <= 0ms) {
            co_return named(fail(Errc::upstream_unavailable, unreachable, "no time left for another try"));
        }
        const auto begin = std::chrono::steady_clock::now();
        net::HttpResult result = co_await try_once(request, left);
        governor_.record().asked(upstream::outcome_of(result), std::chrono::steady_clock::now() - begin);
        if (is_final(result)) {
            co_return named(std::unexpected<Error>(std::move(result.error())));
        }
        const TimePoint now = timing_.clock.now();
        const Decision decision =
            decide(outcome_of(result, now), {number, repeat, urgency, now}, timing_.jitter());
        if (decision.close_until) {
            governor_.close_until(*decision.close_until, shard,
                                  result ? describe(*result) : result.error().cause);
        }
        if (!decision.retry || now + decision.delay >= deadline) {
            co_return named(conclude(std::move(result), decision, now));
        }
        co_await timing_.sleep(decision.delay);
    }
}

} // namespace personalify::spotify

#include "upstream/spotify/retry.hpp"

#include "upstream/common/timing.hpp"

#include <algorithm>

namespace personalify::spotify {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds unnamed_rate_limit = 5s; ///< of a 429 without Retry-After; doubles
constexpr std::chrono::seconds unnamed_quota = 1h;      ///< of a quota without Retry-After
constexpr std::chrono::milliseconds rate_limit_spread = 250ms;

bool may_pass(int status) {
    return status == 500 || status == 502 || status == 503 || status == 504;
}

/// Whether sending again could do harm, whatever the delay.
bool repeatable(const Outcome& outcome, Repeat repeat) {
    switch (outcome.kind) {
    case Outcome::Kind::not_sent:
        return true;
    case Outcome::Kind::unanswered:
        return repeat != Repeat::until_sent;
    case Outcome::Kind::answered:
        // A rate limit is told before anything is done; another failure may come after the deed.
        return outcome.status == 429 || (may_pass(outcome.status) && repeat == Repeat::freely);
    case Outcome::Kind::timed_out:
    case Outcome::Kind::broken:
        return false;
    }
    return false;
}

/// How long the service asks not to be called; 0 when it does not say.
std::chrono::seconds asked_pause(const Outcome& outcome, int number) {
    if (outcome.kind != Outcome::Kind::answered || (outcome.status != 429 && outcome.status != 503)) {
        return 0s;
    }
    if (outcome.retry_after) {
        return outcome.status == 429 ? std::max<std::chrono::seconds>(1s, *outcome.retry_after)
                                     : *outcome.retry_after;
    }
    if (outcome.status == 503) {
        return 0s;
    }
    return outcome.quota_exceeded ? unnamed_quota : unnamed_rate_limit * (1 << number);
}

} // namespace

std::chrono::seconds patience(app::Urgency urgency) {
    switch (urgency) {
    case app::Urgency::user_request:
        return 5s;
    case app::Urgency::background:
        return 30s;
    case app::Urgency::player:
        return 0s;
    }
    return 0s;
}

Decision decide(const Outcome& outcome, const Attempt& attempt, double jitter) {
    Decision decision;
    const std::chrono::seconds pause = asked_pause(outcome, attempt.number);
    if (pause > 0s) {
        decision.close_until = attempt.now + pause;
    }
    if (attempt.urgency == app::Urgency::player || !repeatable(outcome, attempt.repeat) ||
        attempt.number >= max_retries || pause > patience(attempt.urgency)) {
        return decision;
    }
    decision.retry = true;
    decision.delay = pause > 0s ? pause + std::chrono::milliseconds{static_cast<std::int64_t>(
                                              static_cast<double>(rate_limit_spread.count()) * jitter)}
                                : upstream::backoff(attempt.number, jitter);
    return decision;
}

} // namespace personalify::spotify

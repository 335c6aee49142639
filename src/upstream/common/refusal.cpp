#include "upstream/common/refusal.hpp"

#include "upstream/common/retry_after.hpp"

#include <algorithm>

namespace personalify::upstream {

using namespace std::chrono_literals;

namespace {

std::string cause_of(const net::HttpReply& reply, const Manners& manners) {
    return manners.who + " answered " + std::to_string(reply.status);
}

std::optional<std::chrono::seconds> asked_pause(const net::HttpReply& reply, TimePoint now) {
    const auto after = reply.header("retry-after");
    return after ? parse_retry_after(*after, now) : std::nullopt;
}

Refusal stay_away(Errc code, std::string detail, const net::HttpReply& reply, const Try& attempt,
                  const Manners& manners, std::chrono::seconds time) {
    time = std::max(time, std::chrono::seconds{1});
    return {.error = {code, std::move(detail), cause_of(reply, manners), time},
            .close_until = attempt.now + time};
}

} // namespace

Refusal block_of(const net::HttpReply& reply, const Try& attempt, const Manners& manners) {
    return stay_away(Errc::upstream_unavailable, manners.who + " does not let us in right now.", reply,
                     attempt, manners,
                     std::max(asked_pause(reply, attempt.now).value_or(0s), manners.blocked));
}

Refusal refusal_of(const net::HttpReply& reply, const Try& attempt, const Manners& manners, double jitter) {
    const auto pause = asked_pause(reply, attempt.now);
    if (reply.status == 429) {
        return stay_away(Errc::rate_limited, manners.who + " limits how often we may ask.", reply, attempt,
                         manners, pause.value_or(manners.limited));
    }
    if (reply.status == 403 || reply.header("cf-mitigated")) {
        return block_of(reply, attempt, manners);
    }
    if (reply.status == 401) {
        return stay_away(Errc::upstream_unavailable, manners.who + " does not accept our key.", reply,
                         attempt, manners, manners.wrong_key);
    }
    if (reply.status == 503 && pause) {
        return stay_away(Errc::upstream_unavailable, manners.who + " is not available right now.", reply,
                         attempt, manners, *pause);
    }
    Refusal refusal{.error = {Errc::upstream_unavailable, manners.who + " is not available right now.",
                              cause_of(reply, manners)},
                    .is_trouble = true};
    if (reply.status >= 500 && attempt.number == 0) {
        refusal.retry_after = backoff(attempt.number, jitter);
    }
    return refusal;
}

Refusal not_understood(const Manners& manners, std::string cause) {
    return {.error = {Errc::upstream_unavailable, manners.who + " gave an answer we can't read.",
                      std::move(cause)},
            .is_trouble = true};
}

} // namespace personalify::upstream

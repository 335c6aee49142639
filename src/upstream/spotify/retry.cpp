#include "upstream/spotify/retry.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>

namespace personalify::spotify {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds first_backoff = 200ms;
constexpr std::chrono::seconds unnamed_rate_limit = 5s; ///< of a 429 without Retry-After; doubles
constexpr std::chrono::seconds unnamed_quota = 1h;      ///< of a quota without Retry-After
constexpr std::chrono::milliseconds rate_limit_spread = 250ms;

/// 200, 400, ... ms, of which up to half is left to chance.
std::chrono::milliseconds backoff(int number, double jitter) {
    const auto full = static_cast<double>((first_backoff * (1 << number)).count());
    return std::chrono::milliseconds{static_cast<std::int64_t>(full * (0.5 + jitter / 2))};
}

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
    return urgency == app::Urgency::user_request ? 5s : 30s;
}

Decision decide(const Outcome& outcome, const Attempt& attempt, double jitter) {
    Decision decision;
    const std::chrono::seconds pause = asked_pause(outcome, attempt.number);
    if (pause > 0s) {
        decision.close_until = attempt.now + pause;
    }
    if (!repeatable(outcome, attempt.repeat) || attempt.number >= max_retries ||
        pause > patience(attempt.urgency)) {
        return decision;
    }
    decision.retry = true;
    decision.delay = pause > 0s ? pause + std::chrono::milliseconds{static_cast<std::int64_t>(
                                              static_cast<double>(rate_limit_spread.count()) * jitter)}
                                : backoff(attempt.number, jitter);
    return decision;
}

std::optional<std::chrono::seconds> parse_retry_after(std::string_view text, TimePoint now) {
    constexpr std::chrono::seconds longest = longest_closure;
    if (!text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos) {
        std::int64_t seconds = 0;
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
        return failure == std::errc{}
                   ? std::min(longest, std::chrono::seconds{std::min(seconds, longest.count())})
                   : longest;
    }
    for (const char* form :
         {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y"}) {
        std::tm parts{};
        std::istringstream in{std::string{text}};
        in.imbue(std::locale::classic());
        in >> std::get_time(&parts, form);
        if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) {
            continue;
        }
        const std::chrono::year_month_day date{std::chrono::year{parts.tm_year + 1900},
                                               std::chrono::month{static_cast<unsigned>(parts.tm_mon) + 1},
                                               std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
        if (!date.ok()) {
            return std::nullopt;
        }
        const TimePoint at = std::chrono::sys_days{date} + std::chrono::hours{parts.tm_hour} +
                             std::chrono::minutes{parts.tm_min} + std::chrono::seconds{parts.tm_sec};
        return std::clamp(std::chrono::ceil<std::chrono::seconds>(at - now), 0s, longest);
    }
    return std::nullopt;
}

} // namespace personalify::spotify

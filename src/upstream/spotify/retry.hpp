#pragma once

#include "app/ports/spotify.hpp"
#include "core/clock.hpp"
#include "upstream/common/closure.hpp"
#include "upstream/common/retry_after.hpp"

#include <chrono>
#include <optional>
#include <string_view>

/// What to do after a try: pure rules, no sockets, no clock of their own.
namespace personalify::spotify {

using upstream::longest_closure;
using upstream::parse_retry_after;

/// What may be sent a second time.
enum class Repeat {
    freely,         ///< reads
    until_answered, ///< a token refresh: as long as not a byte of an answer came
    until_sent,     ///< a code exchange: the code may be spent as soon as the request is out
};

/// How one try ended.
struct Outcome {
    enum class Kind {
        answered,   ///< a whole answer; see status
        not_sent,   ///< no connection came about
        unanswered, ///< the connection broke before the first byte of an answer
        timed_out,  ///< the request is out and nothing, or not all, came back in time
        broken,     ///< an answer began and broke off
    };
    Kind kind = Kind::answered;
    int status = 0;
    std::optional<std::chrono::seconds> retry_after; ///< as the answer says, see parse_retry_after
    bool quota_exceeded = false;                     ///< 429 for the quota of about a day
};

struct Attempt {
    int number = 0; ///< 0 for the first try
    Repeat repeat = Repeat::freely;
    app::Urgency urgency = app::Urgency::user_request;
    TimePoint now{};
};

struct Decision {
    bool retry = false;
    std::chrono::milliseconds delay{0};   ///< before the retry
    std::optional<TimePoint> close_until; ///< nobody should call the service before
};

inline constexpr int max_retries = 2;

/// The longest that a caller of this urgency waits in line: 5 s, 30 s, or not at all for the player.
std::chrono::seconds patience(app::Urgency urgency);

/// `jitter` in [0, 1) spreads the waits of callers that failed together.
Decision decide(const Outcome& outcome, const Attempt& attempt, double jitter);

} // namespace personalify::spotify

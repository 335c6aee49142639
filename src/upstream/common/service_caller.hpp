#pragma once

#include "upstream/common/breaker.hpp"
#include "upstream/common/closure.hpp"
#include "upstream/common/slots.hpp"
#include "upstream/common/timing.hpp"

#include <boost/asio/this_coro.hpp>

#include <functional>
#include <string>

namespace personalify::upstream {

/// Time limits of one try; the whole call's is given with the call.
struct TryLimits {
    std::chrono::milliseconds one_try{5000};
    std::chrono::milliseconds connect{2000}; ///< within one_try
    std::size_t body_bytes = 1024 * 1024;
};

/// Which try an answer belongs to.
struct Try {
    int number = 0; ///< 0 for the first
    TimePoint now{};
};

/// What an answer is worth, as the service's own rules say.
template <class T>
struct Judgement {
    Result<T> outcome;
    std::optional<std::chrono::milliseconds> retry_after{}; ///< send it again after that long
    std::optional<TimePoint> close_until{};                 ///< nobody should call before
    bool is_trouble = false; ///< the service does not work right now: counts for the breaker
};

/// Walks calls that may be repeated freely through "closed until", a place, tries and waits; closes the
/// service when an answer says so, or after failures in a row. For all shards.
class ServiceCaller {
public:
    /// `who` begins the texts of errors: "Hugging Face".
    ServiceCaller(std::string who, Send send, Closure& closure, std::size_t in_flight, TryLimits limits,
                  Timing timing)
        : who_(std::move(who))
        , send_(std::move(send))
        , closure_(closure)
        , slots_(in_flight, longest_line)
        , limits_(limits)
        , timing_(std::move(timing)) {}

    /// What `judge` makes of the answer, at `deadline` at the latest. Errors besides the judge's:
    /// upstream_unavailable (closed, with retry_after; no answer), overloaded, cancelled.
    template <class T>
    Task<Result<T>> call(net::HttpCall request, TimePoint deadline,
                         std::function<Judgement<T>(const net::HttpReply&, const Try&)> judge) {
        const Executor shard = co_await asio::this_coro::executor;
        for (int number = 0;; ++number) {
            const Result<net::HttpResult> sent = co_await try_once(request, deadline);
            if (!sent) {
                co_return std::unexpected(sent.error());
            }
            const Try attempt{number, timing_.clock.now()};
            Judgement<T> judgement = *sent ? judge(**sent, attempt) : judgement_of<T>(sent->error(), attempt);
            const bool again = judgement.retry_after && attempt.now + *judgement.retry_after < deadline;
            const std::string why = judgement.outcome ? std::string{} : judgement.outcome.error().cause;
            note(judgement.outcome.has_value(), judgement.is_trouble && !again, judgement.close_until, why,
                 shard);
            if (!again) {
                if (!judgement.outcome) {
                    judgement.outcome.error().service = closure_.record().name();
                }
                co_return std::move(judgement.outcome);
            }
            co_await timing_.sleep(*judgement.retry_after);
        }
    }

    TimePoint now() const { return timing_.clock.now(); }
    double jitter() const { return timing_.jitter(); }

private:
    static constexpr std::size_t longest_line = 256;
    static constexpr int most_retries = 1;

    template <class T>
    Judgement<T> judgement_of(const net::HttpFailure& failure, const Try& attempt) const {
        Judgement<T> judgement{.outcome = std::unexpected<Error>(failure)};
        judgement.is_trouble = failure.code == Errc::upstream_unavailable;
        const bool came_back_empty = failure.progress != net::HttpProgress::answered && !failure.timed_out;
        if (judgement.is_trouble && came_back_empty && attempt.number < most_retries) {
            judgement.retry_after = backoff(attempt.number, jitter());
        }
        return judgement;
    }

    /// An error when it was not sent at all.
    Task<Result<net::HttpResult>> try_once(net::HttpCall request, TimePoint deadline);
    void note(bool worked, bool is_trouble, std::optional<TimePoint> close_until, const std::string& why,
              Executor shard);
    std::optional<Error> closed() const;

    std::string who_;
    Send send_;
    Closure& closure_;
    Slots slots_;
    TryLimits limits_;
    Timing timing_;
    Breaker breaker_;
};

} // namespace personalify::upstream

#pragma once

#include "upstream/common/service_caller.hpp"

#include <string>

namespace personalify::upstream {

/// How a service that may refuse us is treated.
struct Manners {
    std::string who;                                          ///< begins the texts of errors: "Genius"
    std::chrono::seconds limited{30};                         ///< away after a 429 that names no time
    std::chrono::seconds blocked{std::chrono::minutes{30}};   ///< away after a 403, or a challenge
    std::chrono::seconds wrong_key{std::chrono::minutes{10}}; ///< away after a 401
};

/// What an answer other than the wanted one comes to. Never that there is nothing: it could not be looked.
struct Refusal {
    Error error;
    std::optional<std::chrono::milliseconds> retry_after{};
    std::optional<TimePoint> close_until{};
    bool is_trouble = false;
};

/// By status: 429 and 503 with Retry-After stay away for as long as was asked; 401, 403 and challenges of
/// content networks for as long as the manners say; other 5xx are tried once more; anything else is trouble.
Refusal refusal_of(const net::HttpReply& reply, const Try& attempt, const Manners& manners, double jitter);

/// The service is to be left alone for `time`: it blocks us.
Refusal block_of(const net::HttpReply& reply, const Try& attempt, const Manners& manners);

/// A 200 that says something else than it should.
Refusal not_understood(const Manners& manners, std::string cause);

template <class T>
Judgement<T> judgement_from(Refusal refusal) {
    return {.outcome = std::unexpected(std::move(refusal.error)),
            .retry_after = refusal.retry_after,
            .close_until = refusal.close_until,
            .is_trouble = refusal.is_trouble};
}

} // namespace personalify::upstream

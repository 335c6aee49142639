#pragma once

#include "app/bell.hpp"
#include "app/ports/access_messenger.hpp"
#include "app/ports/access_requests.hpp"
#include "app/report.hpp"

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

namespace personalify::app {

/// Where a request's entry in the outbox goes after an attempt.
struct NextDelivery {
    Delivery delivery = Delivery::sent;
    TimePoint next_attempt{}; ///< of a pending one
};

/// The rules of the outbox: what may have been sent is never sent again; what was not is tried again when the
/// service says, else less and less often, until it was tried AccessNotifier::most_attempts times.
NextDelivery after_attempt(const MessageOutcome& outcome, int attempts, TimePoint now);

/// The words for the owner.
std::string words_about(const StoredAccessRequest& stored);

/// Tells the owner of requests for access, beside the requests themselves: one at a time, in order. What is
/// left to do is what storage says, so a crash loses nothing. One per process.
class AccessNotifier {
public:
    static constexpr int most_attempts = 24;
    static constexpr std::chrono::seconds first_pause{5}; ///< doubles with each attempt
    static constexpr std::chrono::hours longest_pause{1};
    static constexpr std::chrono::seconds between{3}; ///< messages: a group takes 20 a minute
    static constexpr std::chrono::minutes trouble_look{1};

    AccessNotifier(AccessRequestStore& requests, AccessMessenger& messenger, const Clock& clock,
                   Report report = nullptr)
        : requests_(requests)
        , messenger_(messenger)
        , clock_(clock)
        , report_(std::move(report)) {}

    /// Works on `shard` and never ends.
    Task<void> work(Executor shard);
    /// There may be a new request. Any thread.
    void ring();

    /// What one round came to.
    struct Round {
        bool tried = false;               ///< there was one to send
        std::chrono::milliseconds rest{}; ///< until the next round
        bool until_rung = false;          ///< a new request ends the rest
    };
    /// Sends the request that is due, if any.
    Task<Round> run_once();

private:
    Task<void> work_by(std::shared_ptr<Bell> bell);
    Task<Round> look_later();
    Round trouble(const Error& error) const;

    AccessRequestStore& requests_;
    AccessMessenger& messenger_;
    const Clock& clock_;
    Report report_;
    std::mutex mutex_;
    std::shared_ptr<Bell> bell_; ///< guarded by mutex_
};

} // namespace personalify::app

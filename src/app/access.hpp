#pragma once

#include "app/ports/access_requests.hpp"

#include <chrono>
#include <functional>

namespace personalify::app {

/// What an administrator's decision came to.
struct AccessDecision {
    StoredAccessRequest request;
    std::string invitation; ///< the code of the link, told this once; "" when declined
    std::optional<TimePoint> expires_at = std::nullopt; ///< of the invitation
    std::int64_t places_left = 0;                       ///< of a Spotify app in development mode
};

/// Takes requests for access to the private beta, and what administrators make of them.
class AccessService {
public:
    static constexpr std::chrono::days invitation_lifetime{14};
    static constexpr int most_open = 1000;               ///< then nobody else may ask
    static constexpr std::chrono::days kept_decided{90}; ///< after the decision
    static constexpr int sweep_batch = 1000;

    /// `on_stored` is told of every new request, on any shard; empty when nobody is to be told.
    AccessService(AccessRequestStore& requests, const Clock& clock, std::function<void()> on_stored = nullptr)
        : requests_(requests)
        , clock_(clock)
        , on_stored_(std::move(on_stored)) {}

    /// Stored once a day per address. invalid_argument when the address or the name can't be one; overloaded
    /// while too many wait for an answer.
    Task<Result<>> request(std::string name, std::string email);
    /// Whether somebody is told of requests as they come.
    bool tells_owner() const { return on_stored_ != nullptr; }

    /// Newest first.
    Task<Result<std::vector<StoredAccessRequest>>> list(AccessFilter filter);
    /// Approving makes a new invitation and voids an earlier one, declining voids it. not_found; conflict
    /// when the invitation was used already.
    Task<Result<AccessDecision>> decide(std::int64_t id, bool approve);
    /// Deletes a request with its invitation. not_found.
    Task<Result<>> erase(std::int64_t id);
    /// Deletes those that were decided long ago, a bounded batch. Run from time to time.
    Task<Result<int>> sweep() { return requests_.erase_decided(clock_.now() - kept_decided, sweep_batch); }

private:
    AccessRequestStore& requests_;
    const Clock& clock_;
    std::function<void()> on_stored_;
};

/// One '@' between a local part and a domain with a dot, no spaces or control characters, at most 254 bytes.
bool is_email_address(std::string_view text);

} // namespace personalify::app

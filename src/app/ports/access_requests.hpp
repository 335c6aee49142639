#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/task.hpp"

#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace personalify::app {

/// What became of somebody's request.
enum class AccessState { open, approved, declined };
BOOST_DESCRIBE_ENUM(AccessState, open, approved, declined)

/// How far the news of a request has come to the owner's messenger. `maybe_sent`: no answer came back, and
/// sending it again might show it twice.
enum class Delivery { pending, sending, sent, maybe_sent, failed };
BOOST_DESCRIBE_ENUM(Delivery, pending, sending, sent, maybe_sent, failed)

/// Somebody asks to be let into the private beta.
struct AccessRequest {
    std::string name;
    std::string email; ///< personal data: stored, shown to administrators, never logged
    TimePoint requested_at{};
    bool operator==(const AccessRequest&) const = default;
};

/// A request as stored.
struct StoredAccessRequest {
    std::int64_t id = 0; ///< grows with every request
    AccessRequest request;
    AccessState state = AccessState::open;
    std::optional<TimePoint> decided_at = std::nullopt;
    Delivery delivery = Delivery::pending;
    int attempts = 0; ///< to deliver it
};

/// Lets one person without an account in. The code itself is known to whoever was given the link.
struct Invitation {
    std::string code_hash; ///< crypto::sha256_hex of the code
    TimePoint expires_at{};
};

/// Which requests to list, newest first.
struct AccessFilter {
    std::optional<AccessState> state = std::nullopt;   ///< nullopt: all
    std::optional<std::int64_t> before = std::nullopt; ///< ids smaller than this
    int limit = 50;
};

/// Requests for access, the invitations that answer them, and the outbox that tells the owner: a request is
/// its own entry there. Every write is durable when its task completes. Errors: internal, overloaded.
class AccessRequestStore {
public:
    virtual ~AccessRequestStore() = default;
    /// Stores the request, open and pending, unless the same address (case-insensitive) asked within the last
    /// 24 hours before requested_at. Returns whether it was stored. Also overloaded while `most_open` or more
    /// are open.
    virtual Task<Result<bool>> add(AccessRequest request, int most_open) = 0;

    virtual Task<Result<std::vector<StoredAccessRequest>>> list(AccessFilter filter) = 0;

    /// Approves with the invitation, or declines without one. An earlier invitation of that request is void;
    /// conflict when it was used already. nullopt when there is no such request.
    virtual Task<Result<std::optional<StoredAccessRequest>>>
    decide(std::int64_t id, std::optional<Invitation> invitation, TimePoint now) = 0;

    /// Deletes the request with its invitation; whether there was one.
    virtual Task<Result<bool>> erase(std::int64_t id) = 0;
    /// Deletes at most `limit` of those that were decided before `before`, with their invitations; how many.
    virtual Task<Result<int>> erase_decided(TimePoint before, int limit) = 0;

    /// How many users are stored.
    virtual Task<Result<std::int64_t>> count_users() = 0;

    /// The pending request whose next attempt has been due longest: it is now `sending`, with one attempt
    /// more. nullopt when none is due.
    virtual Task<Result<std::optional<StoredAccessRequest>>> take_due(TimePoint now) = 0;
    /// When the next attempt is due; nullopt when nothing is pending.
    virtual Task<Result<std::optional<TimePoint>>> next_due() = 0;
    /// How an attempt ended; `next_attempt` counts for `pending` only.
    virtual Task<Result<>> settle(std::int64_t id, Delivery delivery, TimePoint next_attempt) = 0;
    /// After a start: what was being sent when the process died may have been sent. Returns how many.
    virtual Task<Result<int>> settle_interrupted() = 0;
};

} // namespace personalify::app

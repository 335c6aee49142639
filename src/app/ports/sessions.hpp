#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/ids.hpp"
#include "core/task.hpp"

#include <optional>
#include <string>
#include <vector>

namespace personalify::app {

/// How the client holds its session.
enum class SessionKind { web, mobile };

/// A session as stored: the token itself is known to the client only.
struct Session {
    std::string token_hash; ///< crypto::sha256_hex of the token
    UserId user;
    SessionKind kind = SessionKind::web;
    TimePoint created_at{};
    TimePoint expires_at{}; ///< slides with use, at most 180 days after created_at
    bool operator==(const Session&) const = default;
};

/// Sessions. Every write is durable when its task completes. Errors: internal, overloaded.
class SessionStore {
public:
    virtual ~SessionStore() = default;
    /// not_found when the user does not exist.
    virtual Task<Result<>> create(Session session) = 0;
    /// nullopt when there is none or it expired before `now`.
    virtual Task<Result<std::optional<Session>>> find(std::string token_hash, TimePoint now) = 0;
    /// Moves the expiry; nothing happens when the session is gone.
    virtual Task<Result<>> extend(std::string token_hash, TimePoint expires_at) = 0;
    /// Those of a user that have not expired before `now`, at most `limit`, those that began last first.
    virtual Task<Result<std::vector<Session>>> list(UserId user, TimePoint now, int limit) = 0;
    /// Returns whether there was one.
    virtual Task<Result<bool>> erase(std::string token_hash) = 0;
    /// Deletes what expired before `now`; returns how many. At most `limit` at once.
    virtual Task<Result<int>> erase_expired(TimePoint now, int limit) = 0;
};

} // namespace personalify::app

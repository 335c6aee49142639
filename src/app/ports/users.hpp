#pragma once

#include "core/error.hpp"
#include "core/task.hpp"
#include "domain/user.hpp"

#include <optional>
#include <string>

namespace personalify::app {

/// A user's Spotify tokens as stored: sealed by app/tokens, opaque to stores.
struct SealedTokens {
    std::string sealed; ///< bytes of crypto::SecretBox over access token, refresh token and expiry
    bool operator==(const SealedTokens&) const = default;
};

/// A stored login.
struct SavedLogin {
    User user;
    /// Sessions, library and history went from one user to another, or from one id to another.
    bool changed_hands = false;
    /// The id under which the user was known before, when it is another.
    std::optional<UserId> former_id = std::nullopt;
};

/// Users and their sealed Spotify tokens. Every write is durable when its task completes.
/// Errors: internal (storage fault), overloaded (queue full).
class UserStore {
public:
    virtual ~UserStore() = default;

    /// Creates or updates the user of this login with its tokens, in one transaction: profile members are
    /// overwritten, `sharing` kept, reconnect_needed cleared, authorized_at set. A stored user with the same
    /// account_id but another id is renamed: library, history and sessions follow.
    virtual Task<Result<SavedLogin>> save_login(SpotifyProfile profile, SealedTokens tokens,
                                                TimePoint authorized_at) = 0;

    /// nullopt when there is no such user.
    virtual Task<Result<std::optional<User>>> find(UserId id) = 0;

    /// nullopt when the user does not exist or has no tokens (reconnect needed).
    virtual Task<Result<std::optional<SealedTokens>>> tokens(UserId id) = 0;

    /// Replaces the tokens after a refresh, but only while `expected` is what is stored: a slow refresh never
    /// overwrites a newer login. Returns whether it did.
    virtual Task<Result<bool>> replace_tokens(UserId id, SealedTokens expected, SealedTokens tokens) = 0;

    /// Deletes the tokens and marks the user "reconnect needed", but only while `expected` is what is stored.
    /// Sessions and library stay.
    virtual Task<Result<bool>> require_reconnect(UserId id, SealedTokens expected) = 0;

    /// Records the user's own choice; not_found when there is no such user.
    virtual Task<Result<>> set_sharing(UserId id, bool share) = 0;

    /// Deletes the user with all that any store holds of them: tokens, sessions, tops, history, jobs. From
    /// then on no write of any store for that id has an effect, until a new login. What others have in common
    /// (the catalogue, readings of titles) stays. The engine's files keep no copy. Returns whether there was
    /// such a user.
    virtual Task<Result<bool>> erase(UserId id) = 0;
};

} // namespace personalify::app

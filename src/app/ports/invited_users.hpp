#pragma once

#include "app/ports/users.hpp"

namespace personalify::app {

/// Where newcomers need an invitation. Every write is durable when its task completes. Errors: internal,
/// overloaded.
class InvitedUserStore {
public:
    virtual ~InvitedUserStore() = default;
    /// As UserStore::save_login, but a user who is not stored yet uses up the invitation in the same
    /// transaction: forbidden, and nothing is changed, when there is none of that hash that is good at
    /// `authorized_at`.
    virtual Task<Result<SavedLogin>> save_invited(SpotifyProfile profile, SealedTokens tokens,
                                                  TimePoint authorized_at, std::string invitation_hash) = 0;
};

} // namespace personalify::app

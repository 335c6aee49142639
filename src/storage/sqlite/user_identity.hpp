#pragma once

#include "domain/user.hpp"
#include "storage/sqlite/connection.hpp"

namespace personalify::storage {

struct Identified {
    std::optional<std::int64_t> key = std::nullopt;
    bool changed_hands = false;                     ///< app::SavedLogin's
    std::optional<UserId> former_id = std::nullopt; ///< the same
};

/// The user_key under which a login is to be stored; nullopt when the user is new. The immutable account_id
/// decides before the id, which may change:
///   - Another user holds the id but has no account_id on record: the same person, seen before Spotify sent
///     account_ids. Both become one.
///   - Another account holds the id: Spotify gave the id away. Its user keeps everything under a stand-in id
///     until it signs in again, and the newcomer sees nothing of it.
/// Afterwards no other user holds profile.id. Runs in the caller's transaction.
Identified identify(Connection& connection, const SpotifyProfile& profile);

} // namespace personalify::storage

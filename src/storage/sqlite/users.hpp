#pragma once

#include "app/ports/invited_users.hpp"
#include "core/clock.hpp"
#include "storage/sqlite/database.hpp"

namespace personalify::storage {

class SqliteUsers final : public app::UserStore, public app::InvitedUserStore {
public:
    SqliteUsers(Database& database, const Clock& clock)
        : database_(database)
        , clock_(clock) {}

    Task<Result<app::SavedLogin>> save_login(SpotifyProfile profile, app::SealedTokens tokens,
                                             TimePoint authorized_at) override;
    Task<Result<app::SavedLogin>> save_invited(SpotifyProfile profile, app::SealedTokens tokens,
                                               TimePoint authorized_at, std::string invitation_hash) override;
    Task<Result<std::optional<User>>> find(UserId id) override;
    Task<Result<std::optional<app::SealedTokens>>> tokens(UserId id) override;
    Task<Result<bool>> replace_tokens(UserId id, app::SealedTokens expected,
                                      app::SealedTokens tokens) override;
    Task<Result<bool>> require_reconnect(UserId id, app::SealedTokens expected) override;
    Task<Result<>> set_sharing(UserId id, bool share) override;
    Task<Result<bool>> erase(UserId id) override;

private:
    Database& database_;
    const Clock& clock_;
};

} // namespace personalify::storage

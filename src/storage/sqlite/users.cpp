#include "storage/sqlite/users.hpp"

#include "storage/sqlite/user_identity.hpp"

namespace personalify::storage {

namespace {

constexpr NamedSql find_user{
    "users.find", "SELECT spotify_id, account_id, display_name, image, country, product, followers, sharing, "
                  "reconnect_needed, authorized_at, created_at FROM users WHERE spotify_id = ?1"};
constexpr NamedSql insert_user{
    "users.insert",
    "INSERT INTO users (spotify_id, account_id, display_name, image, country, product, followers, "
    "authorized_at, sealed_tokens, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
    "?10)"};
// An account_id that this login does not carry stays known.
constexpr NamedSql update_user{
    "users.update",
    "UPDATE users SET spotify_id = ?1, account_id = coalesce(?2, account_id), display_name = ?3, image = ?4, "
    "country = ?5, product = ?6, followers = ?7, authorized_at = ?8, sealed_tokens = ?9, updated_at = ?10, "
    "reconnect_needed = 0 WHERE user_key = ?11"};
constexpr NamedSql use_invitation{"users.use_invitation",
                                  "UPDATE invitations SET used_at = ?2 WHERE code_hash = ?1 AND "
                                  "used_at IS NULL AND expires_at > ?2"};
constexpr NamedSql find_tokens{
    "users.tokens", "SELECT sealed_tokens FROM users WHERE spotify_id = ?1 AND sealed_tokens IS NOT NULL"};
constexpr NamedSql replace_user_tokens{
    "users.replace_tokens",
    "UPDATE users SET sealed_tokens = ?3, updated_at = ?4 WHERE spotify_id = ?1 AND sealed_tokens = ?2"};
constexpr NamedSql require_user_reconnect{"users.require_reconnect",
                                          "UPDATE users SET sealed_tokens = NULL, reconnect_needed = 1, "
                                          "updated_at = ?3 WHERE spotify_id = ?1 AND sealed_tokens = ?2"};
constexpr NamedSql set_user_sharing{"users.set_sharing",
                                    "UPDATE users SET sharing = ?2, updated_at = ?3 WHERE spotify_id = ?1"};
// Whatever belongs to a user references users, and goes with it.
constexpr NamedSql erase_user{"users.erase", "DELETE FROM users WHERE spotify_id = ?1"};

std::optional<User> read_user(Connection& connection, const UserId& id) {
    Query query = connection.query(find_user, id.str());
    if (!query.next()) {
        return std::nullopt;
    }
    User user;
    user.id = UserId{query.text(0)};
    user.account_id = query.text_or_null(1);
    user.display_name = query.text(2);
    user.image = query.text(3);
    user.country = query.text_or_null(4);
    user.product = query.text_or_null(5);
    user.followers = query.integer_or_null(6);
    if (!query.is_null(7)) {
        user.sharing = query.boolean(7);
    }
    user.reconnect_needed = query.boolean(8);
    user.authorized_at = query.time(9);
    user.created_at = query.time(10);
    return user;
}

Result<app::SavedLogin> write_login(Connection& connection, const SpotifyProfile& profile,
                                    const app::SealedTokens& tokens, TimePoint authorized_at, TimePoint now,
                                    const std::optional<std::string>& needed_invitation = std::nullopt) {
    Identified identified = identify(connection, profile);
    if (!identified.key && needed_invitation &&
        connection.execute(use_invitation, *needed_invitation, authorized_at) == 0) {
        return fail(Errc::forbidden, "An invitation is needed.", "no invitation, or it is used or expired");
    }
    if (identified.key) {
        connection.execute(update_user, profile.id.str(), profile.account_id, profile.display_name,
                           profile.image, profile.country, profile.product, profile.followers, authorized_at,
                           Blob{tokens.sealed}, now, *identified.key);
    } else {
        connection.execute(insert_user, profile.id.str(), profile.account_id, profile.display_name,
                           profile.image, profile.country, profile.product, profile.followers, authorized_at,
                           Blob{tokens.sealed}, now);
    }
    std::optional<User> user = read_user(connection, profile.id);
    if (!user) {
        return fail(Errc::internal, "Storage is unavailable.", "users.save_login: the user is not there");
    }
    return app::SavedLogin{.user = *std::move(user),
                           .changed_hands = identified.changed_hands,
                           .former_id = std::move(identified.former_id)};
}

} // namespace

Task<Result<app::SavedLogin>> SqliteUsers::save_login(SpotifyProfile profile, app::SealedTokens tokens,
                                                      TimePoint authorized_at) {
    return database_.write([profile = std::move(profile), tokens = std::move(tokens), authorized_at,
                            now = clock_.now()](Connection& connection) {
        return write_login(connection, profile, tokens, authorized_at, now);
    });
}

Task<Result<app::SavedLogin>> SqliteUsers::save_invited(SpotifyProfile profile, app::SealedTokens tokens,
                                                        TimePoint authorized_at,
                                                        std::string invitation_hash) {
    return database_.write([profile = std::move(profile), tokens = std::move(tokens), authorized_at,
                            now = clock_.now(),
                            invitation = std::optional{std::move(invitation_hash)}](Connection& connection) {
        return write_login(connection, profile, tokens, authorized_at, now, invitation);
    });
}

Task<Result<std::optional<User>>> SqliteUsers::find(UserId id) {
    return database_.read([id = std::move(id)](Connection& connection) -> Result<std::optional<User>> {
        return read_user(connection, id);
    });
}

Task<Result<std::optional<app::SealedTokens>>> SqliteUsers::tokens(UserId id) {
    return database_.read(
        [id = std::move(id)](Connection& connection) -> Result<std::optional<app::SealedTokens>> {
            Query query = connection.query(find_tokens, id.str());
            if (!query.next()) {
                return std::nullopt;
            }
            return app::SealedTokens{query.bytes(0)};
        });
}

Task<Result<bool>> SqliteUsers::replace_tokens(UserId id, app::SealedTokens expected,
                                               app::SealedTokens tokens) {
    return database_.write([id = std::move(id), expected = std::move(expected), tokens = std::move(tokens),
                            now = clock_.now()](Connection& connection) -> Result<bool> {
        return connection.execute(replace_user_tokens, id.str(), Blob{expected.sealed}, Blob{tokens.sealed},
                                  now) > 0;
    });
}

Task<Result<bool>> SqliteUsers::require_reconnect(UserId id, app::SealedTokens expected) {
    return database_.write([id = std::move(id), expected = std::move(expected),
                            now = clock_.now()](Connection& connection) -> Result<bool> {
        return connection.execute(require_user_reconnect, id.str(), Blob{expected.sealed}, now) > 0;
    });
}

Task<Result<>> SqliteUsers::set_sharing(UserId id, bool share) {
    return database_.write(
        [id = std::move(id), share, now = clock_.now()](Connection& connection) -> Result<> {
            if (connection.execute(set_user_sharing, id.str(), share, now) == 0) {
                return fail(Errc::not_found, "User not found.");
            }
            return {};
        });
}

Task<Result<bool>> SqliteUsers::erase(UserId id) {
    return database_.write([this, id = std::move(id)](Connection& connection) -> Result<bool> {
        database_.wipe_log_after_this();
        return connection.execute(erase_user, id.str()) > 0;
    });
}

} // namespace personalify::storage

#include "storage/sqlite/user_identity.hpp"

namespace personalify::storage {

namespace {

constexpr NamedSql find_by_id{"user_identity.by_id",
                              "SELECT user_key, account_id FROM users WHERE spotify_id = ?1"};
constexpr NamedSql find_by_account{"user_identity.by_account",
                                   "SELECT user_key, spotify_id FROM users WHERE account_id = ?1"};
// No id of Spotify's holds a space.
constexpr NamedSql give_up_id{"user_identity.give_up_id",
                              "UPDATE users SET spotify_id = 'account ' || account_id WHERE user_key = ?1"};

// Merging ?1 into ?2. Where both have tops of a range, ?1's are the newer ones.
constexpr NamedSql move_sessions{"user_identity.move_sessions",
                                 "UPDATE sessions SET user_key = ?2 WHERE user_key = ?1"};
constexpr NamedSql move_history{"user_identity.move_history",
                                "UPDATE sync_history SET user_key = ?2 WHERE user_key = ?1"};
constexpr NamedSql drop_older_tops{"user_identity.drop_older_tops",
                                   "DELETE FROM top_syncs WHERE user_key = ?2 AND time_range IN "
                                   "(SELECT time_range FROM top_syncs WHERE user_key = ?1)"};
constexpr NamedSql move_tops{"user_identity.move_tops", // the ranks follow by ON UPDATE CASCADE
                             "UPDATE top_syncs SET user_key = ?2 WHERE user_key = ?1"};
constexpr NamedSql keep_sharing{
    "user_identity.keep_sharing",
    "UPDATE users SET sharing = coalesce((SELECT sharing FROM users WHERE user_key = ?1), sharing) "
    "WHERE user_key = ?2"};
constexpr NamedSql delete_user{"user_identity.delete_user", "DELETE FROM users WHERE user_key = ?1"};

struct Holder {
    std::int64_t key = 0;
    std::optional<std::string> account_id;
};

std::optional<Holder> holder_of_id(Connection& connection, const UserId& id) {
    Query query = connection.query(find_by_id, id.str());
    if (!query.next()) {
        return std::nullopt;
    }
    return Holder{query.integer(0), query.text_or_null(1)};
}

struct Known {
    std::int64_t key = 0;
    UserId id;
};

std::optional<Known> known_account(Connection& connection, const std::string& account_id) {
    Query query = connection.query(find_by_account, account_id);
    if (!query.next()) {
        return std::nullopt;
    }
    return Known{query.integer(0), UserId{query.text(1)}};
}

void merge(Connection& connection, std::int64_t from, std::int64_t into) {
    for (const NamedSql* step :
         {&move_sessions, &move_history, &drop_older_tops, &move_tops, &keep_sharing}) {
        connection.execute(*step, from, into);
    }
    connection.execute(delete_user, from);
}

} // namespace

Identified identify(Connection& connection, const SpotifyProfile& profile) {
    const std::optional<Holder> holder = holder_of_id(connection, profile.id);
    if (!profile.account_id) {
        return {.key = holder ? std::optional{holder->key} : std::nullopt};
    }
    const std::optional<Known> known = known_account(connection, *profile.account_id);
    if (known && holder && holder->key == known->key) {
        return {.key = known->key};
    }
    Identified found{.key = known ? std::optional{known->key} : std::nullopt};
    if (known) { // until now under another id
        found.changed_hands = true;
        found.former_id = known->id;
    }
    if (holder && holder->account_id) {
        connection.execute(give_up_id, holder->key);
        found.changed_hands = true;
    } else if (holder && known) {
        merge(connection, holder->key, known->key);
    } else if (holder) {
        found.key = holder->key;
    }
    return found;
}

} // namespace personalify::storage

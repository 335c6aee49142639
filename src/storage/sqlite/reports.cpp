#include "storage/sqlite/reports.hpp"

#include "storage/sqlite/snapshots.hpp"

#include <algorithm>

namespace personalify::storage {

namespace {

constexpr NamedSql count_users{"reports.users", "SELECT count(*) FROM users"};
constexpr NamedSql count_artists{"reports.artists", "SELECT count(*) FROM artists"};
constexpr NamedSql count_tracks{"reports.tracks", "SELECT count(*) FROM tracks"};
constexpr NamedSql count_syncs{"reports.syncs", "SELECT count(*) FROM sync_history"};
constexpr NamedSql count_synced_users{
    "reports.synced_users", "SELECT count(*) FROM users WHERE EXISTS "
                            "(SELECT 1 FROM sync_history WHERE sync_history.user_key = users.user_key)"};
constexpr NamedSql count_jobs{"reports.jobs", "SELECT state, count(*) FROM jobs GROUP BY state"};
constexpr NamedSql read_version{"reports.version", "SELECT sqlite_version()"};
constexpr NamedSql popular_artists{
    "reports.popular_artists",
    "SELECT name, popularity FROM artists ORDER BY popularity DESC, name LIMIT ?1"};
constexpr NamedSql popular_tracks{
    "reports.popular_tracks", "SELECT name, popularity FROM tracks ORDER BY popularity DESC, name LIMIT ?1"};
// Who synced last is among the last entries; of more than these are fewer shown.
constexpr NamedSql last_synced{
    "reports.last_synced",
    "SELECT spotify_id FROM (SELECT user_key, max(id) AS last FROM (SELECT id, user_key FROM sync_history "
    "ORDER BY id DESC LIMIT 1000) GROUP BY user_key) JOIN users USING (user_key) ORDER BY last DESC LIMIT "
    "?1"};

constexpr NamedSql find_name{"reports.user", "SELECT display_name FROM users WHERE spotify_id = ?1"};
constexpr NamedSql artists_of_user{
    "reports.user_artists",
    "SELECT DISTINCT artist_id, name, popularity FROM users JOIN user_top_artists USING (user_key) "
    "JOIN artists USING (artist_id) WHERE spotify_id = ?1 ORDER BY popularity DESC, name LIMIT ?2"};
constexpr NamedSql tracks_of_user{
    "reports.user_tracks",
    "SELECT DISTINCT track_id, name, popularity FROM users JOIN user_top_tracks USING (user_key) "
    "JOIN tracks USING (track_id) WHERE spotify_id = ?1 ORDER BY popularity DESC, name LIMIT ?2"};

// One row per user in one pass, ordered by the table's key. char(31) is the unit separator: no name has one.
constexpr NamedSql all_users{
    "reports.export_users",
    "SELECT user_key, spotify_id, display_name, "
    "(SELECT group_concat(name, char(31)) FROM (SELECT name FROM user_top_artists JOIN artists USING "
    "(artist_id) "
    "WHERE user_key = each.user_key AND time_range = each.shown ORDER BY rank LIMIT 10)), "
    "(SELECT group_concat(name, char(31)) FROM (SELECT name FROM user_top_tracks JOIN tracks USING "
    "(track_id) "
    "WHERE user_key = each.user_key AND time_range = each.shown ORDER BY rank LIMIT 10)) "
    "FROM (SELECT user_key, spotify_id, display_name, (SELECT time_range FROM top_syncs "
    "WHERE top_syncs.user_key = users.user_key ORDER BY CASE time_range WHEN 'medium_term' THEN 0 "
    "WHEN 'short_term' THEN 1 ELSE 2 END LIMIT 1) AS shown FROM users ORDER BY user_key) AS each"};
constexpr NamedSql all_syncs{"reports.export_syncs",
                             "SELECT spotify_id, time_range, synced_at, document FROM sync_history "
                             "JOIN users USING (user_key) ORDER BY sync_history.id"};

std::int64_t count(Connection& connection, const NamedSql& sql) {
    Query query = connection.query(sql);
    query.next();
    return query.integer(0);
}

/// Rows of a name in column `first`, and a popularity after it.
std::vector<Popular> popular(Query query, int first) {
    std::vector<Popular> list;
    while (query.next()) {
        list.push_back({query.text(first), static_cast<std::int32_t>(query.integer(first + 1))});
    }
    return list;
}

StoredTotals read_totals(Connection& connection, int most_names, int most_users) {
    StoredTotals totals{.engine = "SQLite", .engine_version = ""};
    totals.users = count(connection, count_users);
    totals.artists = count(connection, count_artists);
    totals.tracks = count(connection, count_tracks);
    totals.syncs = count(connection, count_syncs);
    totals.synced_users = count(connection, count_synced_users);
    totals.top_artists = popular(connection.query(popular_artists, most_names), 0);
    totals.top_tracks = popular(connection.query(popular_tracks, most_names), 0);
    for (Query query = connection.query(last_synced, most_users); query.next();) {
        totals.last_synced.emplace_back(query.text(0));
    }
    for (Query query = connection.query(count_jobs); query.next();) {
        totals.jobs.push_back({query.text(0), query.integer(1)});
    }
    Query version = connection.query(read_version);
    version.next();
    totals.engine_version = version.text(0);
    return totals;
}

std::vector<std::string> names_of(const std::string& list) {
    std::vector<std::string> names;
    for (std::size_t begin = 0; begin < list.size();) {
        const std::size_t end = std::min(list.find('\x1f', begin), list.size());
        names.push_back(list.substr(begin, end - begin));
        begin = end + 1;
    }
    return names;
}

app::ExportedUser read_user(const Query& row) {
    return {.number = row.integer(0),
            .id = UserId{row.text(1)},
            .name = row.text(2),
            .artists = names_of(row.text(3)),
            .tracks = names_of(row.text(4))};
}

app::ExportedSync read_sync(const Query& row) {
    return {.user = UserId{row.text(0)},
            .range = time_range_from(row.text(1)).value_or(TimeRange::medium_term),
            .synced_at = row.time(2),
            .document = row.text(3)};
}

} // namespace

Task<Result<StoredTotals>> SqliteReports::totals(int most_names, int most_users) {
    return database_.read([most_names, most_users](Connection& connection) -> Result<StoredTotals> {
        return read_totals(connection, most_names, most_users);
    });
}

Task<Result<std::optional<StoredUserTotals>>> SqliteReports::user(UserId user, int most_names) {
    return database_.read([user = std::move(user),
                           most_names](Connection& connection) -> Result<std::optional<StoredUserTotals>> {
        Query name = connection.query(find_name, user.str());
        if (!name.next()) {
            return std::nullopt;
        }
        return StoredUserTotals{name.text(0),
                                popular(connection.query(artists_of_user, user.str(), most_names), 1),
                                popular(connection.query(tracks_of_user, user.str(), most_names), 1)};
    });
}

Task<Result<app::UserSnapshot>> SqliteReports::users() {
    return SqliteSnapshot<app::ExportedUser>::open(exporting_, file_, all_users, read_user);
}

Task<Result<app::SyncSnapshot>> SqliteReports::syncs() {
    return SqliteSnapshot<app::ExportedSync>::open(exporting_, file_, all_syncs, read_sync);
}

} // namespace personalify::storage

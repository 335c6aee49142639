#include "storage/sqlite/history.hpp"

#include "json/read.hpp"
#include "json/write.hpp"

#include <limits>

namespace personalify::storage {

namespace {

constexpr int kept_per_user = 1000;

constexpr NamedSql append_entry{
    "history.append", "INSERT INTO sync_history (user_key, time_range, synced_at, document, sync_time) "
                      "SELECT user_key, ?2, ?3, ?4, ?5 FROM users WHERE spotify_id = ?1"};
constexpr NamedSql find_entry{"history.find", "SELECT 1 FROM sync_history JOIN users USING (user_key) "
                                              "WHERE spotify_id = ?1 AND synced_at = ?2"};
constexpr NamedSql drop_oldest{
    "history.drop_oldest",
    "DELETE FROM sync_history WHERE id IN (SELECT id FROM sync_history JOIN users USING (user_key) "
    "WHERE spotify_id = ?1 ORDER BY synced_at DESC, id DESC LIMIT -1 OFFSET ?2)"};
constexpr NamedSql annotate_entry{
    "history.annotate",
    "UPDATE sync_history SET document = json_set(document, '$.emotion_paragraph', ?4, '$.top_emotions', "
    "json(?5)) WHERE id = (SELECT id FROM sync_history JOIN users USING (user_key) WHERE spotify_id = ?1 "
    "AND time_range = ?2 AND synced_at >= ?3 AND coalesce(sync_time, synced_at) = ?3 ORDER BY id DESC LIMIT "
    "1)"};
constexpr NamedSql list_entries{
    "history.list", "SELECT document, synced_at FROM sync_history JOIN users USING (user_key) "
                    "WHERE spotify_id = ?1 AND synced_at < ?2 ORDER BY synced_at DESC, id DESC LIMIT ?3"};

// A login syncs three ranges within a millisecond; pages are cut by time, so each entry gets one of its own.
TimePoint free_time(Connection& connection, const UserId& user, TimePoint at) {
    while (connection.query(find_entry, user.str(), at).next()) {
        at += std::chrono::milliseconds{1};
    }
    return at;
}

Result<std::vector<app::HistoryEntry>> read_entries(Connection& connection, const UserId& user, int limit,
                                                    std::int64_t before) {
    std::vector<app::HistoryEntry> entries;
    Query query = connection.query(list_entries, user.str(), before, limit);
    while (query.next()) {
        Result<SyncDocument> document = json::read<SyncDocument>(query.text(0));
        if (!document) {
            return fail(Errc::internal, "Storage is unavailable.", "history.list: " + document.error().cause);
        }
        entries.push_back({*std::move(document), query.time(1)});
    }
    return entries;
}

} // namespace

Task<Result<>> SqliteHistory::append(UserId user, app::HistoryEntry entry) {
    return database_.write([user = std::move(user), range = entry.document.time_range,
                            document = json::write(entry.document),
                            synced_at = entry.synced_at](Connection& connection) -> Result<> {
        if (connection.execute(append_entry, user.str(), to_string(range),
                               free_time(connection, user, synced_at), document, synced_at) == 0) {
            return fail(Errc::not_found, "User not found.");
        }
        connection.execute(drop_oldest, user.str(), kept_per_user);
        return {};
    });
}

Task<Result<>> SqliteHistory::annotate(UserId user, TimeRange range, TimePoint synced_at,
                                       EmotionSummary emotions) {
    return database_.write([user = std::move(user), range, synced_at,
                            paragraph = std::move(emotions.paragraph),
                            top = json::write(emotions.top)](Connection& connection) -> Result<> {
        connection.execute(annotate_entry, user.str(), to_string(range), synced_at, paragraph, top);
        return {};
    });
}

Task<Result<std::vector<app::HistoryEntry>>> SqliteHistory::list(UserId user, int limit,
                                                                 std::optional<TimePoint> before) {
    const std::int64_t until = before ? to_millis(*before) : std::numeric_limits<std::int64_t>::max();
    return database_.read([user = std::move(user), limit, until](Connection& connection) {
        return read_entries(connection, user, limit, until);
    });
}

} // namespace personalify::storage

#include "storage/sqlite/sessions.hpp"

namespace personalify::storage {

namespace {

constexpr NamedSql create_session{"sessions.create",
                                  "INSERT INTO sessions (token_hash, user_key, kind, created_at, expires_at) "
                                  "SELECT ?1, user_key, ?3, ?4, ?5 FROM users WHERE spotify_id = ?2"};
constexpr NamedSql find_session{
    "sessions.find", "SELECT u.spotify_id, s.kind, s.created_at, s.expires_at FROM sessions s "
                     "JOIN users u USING (user_key) WHERE s.token_hash = ?1 AND s.expires_at >= ?2"};
constexpr NamedSql list_sessions{
    "sessions.list",
    "SELECT token_hash, kind, sessions.created_at, expires_at FROM sessions JOIN users USING (user_key) "
    "WHERE spotify_id = ?1 AND expires_at >= ?2 ORDER BY sessions.created_at DESC, token_hash "
    "LIMIT ?3"};
constexpr NamedSql extend_session{"sessions.extend",
                                  "UPDATE sessions SET expires_at = ?2 WHERE token_hash = ?1"};
constexpr NamedSql erase_session{"sessions.erase", "DELETE FROM sessions WHERE token_hash = ?1"};
constexpr NamedSql erase_expired_sessions{
    "sessions.erase_expired", "DELETE FROM sessions WHERE token_hash IN (SELECT token_hash FROM sessions "
                              "WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2)"};

constexpr std::string_view web = "web";
constexpr std::string_view mobile = "mobile";

app::SessionKind kind_of(std::string_view word) {
    return word == mobile ? app::SessionKind::mobile : app::SessionKind::web;
}

} // namespace

Task<Result<>> SqliteSessions::create(app::Session session) {
    return database_.write([session = std::move(session)](Connection& connection) -> Result<> {
        const std::string_view kind = session.kind == app::SessionKind::mobile ? mobile : web;
        if (connection.execute(create_session, session.token_hash, session.user.str(), kind,
                               session.created_at, session.expires_at) == 0) {
            return fail(Errc::not_found, "User not found.");
        }
        return {};
    });
}

Task<Result<std::optional<app::Session>>> SqliteSessions::find(std::string token_hash, TimePoint now) {
    return database_.read([token_hash = std::move(token_hash),
                           now](Connection& connection) -> Result<std::optional<app::Session>> {
        Query query = connection.query(find_session, token_hash, now);
        if (!query.next()) {
            return std::nullopt;
        }
        return app::Session{.token_hash = token_hash,
                            .user = UserId{query.text(0)},
                            .kind = kind_of(query.text(1)),
                            .created_at = query.time(2),
                            .expires_at = query.time(3)};
    });
}

Task<Result<std::vector<app::Session>>> SqliteSessions::list(UserId user, TimePoint now, int limit) {
    return database_.read(
        [user = std::move(user), now, limit](Connection& connection) -> Result<std::vector<app::Session>> {
            std::vector<app::Session> sessions;
            Query query = connection.query(list_sessions, user.str(), now, limit);
            while (query.next()) {
                sessions.push_back({.token_hash = query.text(0),
                                    .user = user,
                                    .kind = kind_of(query.text(1)),
                                    .created_at = query.time(2),
                                    .expires_at = query.time(3)});
            }
            return sessions;
        });
}

Task<Result<>> SqliteSessions::extend(std::string token_hash, TimePoint expires_at) {
    return database_.write(
        [token_hash = std::move(token_hash), expires_at](Connection& connection) -> Result<> {
            connection.execute(extend_session, token_hash, expires_at);
            return {};
        });
}

Task<Result<bool>> SqliteSessions::erase(std::string token_hash) {
    return database_.write([token_hash = std::move(token_hash)](Connection& connection) -> Result<bool> {
        return connection.execute(erase_session, token_hash) > 0;
    });
}

Task<Result<int>> SqliteSessions::erase_expired(TimePoint now, int limit) {
    return database_.write([now, limit](Connection& connection) -> Result<int> {
        return static_cast<int>(connection.execute(erase_expired_sessions, now, limit));
    });
}

} // namespace personalify::storage

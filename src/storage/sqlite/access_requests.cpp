#include "storage/sqlite/access_requests.hpp"

#include "storage/sqlite/words.hpp"

#include <algorithm>

namespace personalify::storage {

namespace {

using app::AccessState;
using app::Delivery;
using app::StoredAccessRequest;
using MaybeRequest = Result<std::optional<StoredAccessRequest>>;

constexpr std::chrono::hours quiet_time{24};
constexpr NamedSql add_request{
    "access_requests.add",
    "INSERT INTO access_requests (name, email, email_key, requested_at) SELECT ?1, ?2, ?3, ?4 "
    "WHERE NOT EXISTS (SELECT 1 FROM access_requests WHERE email_key = ?3 AND requested_at > ?5)"};
constexpr NamedSql count_open{"access_requests.count_open",
                              "SELECT count(*) FROM access_requests WHERE state = 'open'"};
// Invitations go along.
constexpr NamedSql erase_request{"access_requests.erase", "DELETE FROM access_requests WHERE id = ?1"};
constexpr NamedSql erase_decided_requests{
    "access_requests.erase_decided",
    "DELETE FROM access_requests WHERE id IN (SELECT id FROM access_requests WHERE decided_at < ?1 AND "
    "state <> 'open' ORDER BY decided_at LIMIT ?2)"};

// The columns in the order of read_row().
constexpr NamedSql list_requests{
    "access_requests.list",
    "SELECT id, name, email, requested_at, state, decided_at, delivery, attempts FROM access_requests "
    "WHERE (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3"};
constexpr NamedSql find_request{
    "access_requests.find",
    "SELECT id, name, email, requested_at, state, decided_at, delivery, attempts FROM access_requests "
    "WHERE id = ?1"};
constexpr NamedSql decide_request{"access_requests.decide",
                                  "UPDATE access_requests SET state = ?2, decided_at = ?3 WHERE id = ?1"};
constexpr NamedSql invitation_used{"access_requests.invitation_used",
                                   "SELECT 1 FROM invitations WHERE request_id = ?1 AND used_at IS NOT NULL"};
constexpr NamedSql drop_invitation{"access_requests.drop_invitation",
                                   "DELETE FROM invitations WHERE request_id = ?1"};
constexpr NamedSql add_invitation{
    "access_requests.add_invitation",
    "INSERT INTO invitations (code_hash, request_id, expires_at) VALUES (?1, ?2, ?3)"};
constexpr NamedSql count_stored_users{"access_requests.count_users", "SELECT count(*) FROM users"};
constexpr NamedSql take_request{
    "access_requests.take_due",
    "UPDATE access_requests SET delivery = 'sending', attempts = attempts + 1 WHERE id = "
    "(SELECT id FROM access_requests WHERE delivery = 'pending' AND next_attempt_at <= ?1 "
    "ORDER BY next_attempt_at, id LIMIT 1) RETURNING id"};
constexpr NamedSql next_request{
    "access_requests.next_due",
    "SELECT min(next_attempt_at) FROM access_requests WHERE delivery = 'pending'"};
constexpr NamedSql settle_request{
    "access_requests.settle",
    "UPDATE access_requests SET delivery = ?2, next_attempt_at = ?3 WHERE id = ?1 AND delivery = 'sending'"};
constexpr NamedSql settle_interrupted_requests{
    "access_requests.settle_interrupted",
    "UPDATE access_requests SET delivery = 'maybe_sent' WHERE delivery = 'sending'"};

/// The form in which addresses are compared: ASCII letters in lower case, as mail servers compare them.
std::string email_key(std::string_view email) {
    std::string key{email};
    std::ranges::transform(
        key, key.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return key;
}

std::unexpected<Error> unreadable() {
    return fail(Errc::internal, "Storage is unavailable.", "access_requests: unknown word");
}

Result<StoredAccessRequest> read_row(const Query& query) {
    const auto state = from_word<AccessState>(query.text(4));
    const auto delivery = from_word<Delivery>(query.text(6));
    if (!state || !delivery) {
        return unreadable();
    }
    StoredAccessRequest stored{.id = query.integer(0),
                               .request = {query.text(1), query.text(2), query.time(3)},
                               .state = *state,
                               .delivery = *delivery,
                               .attempts = static_cast<int>(query.integer(7))};
    if (!query.is_null(5)) {
        stored.decided_at = query.time(5);
    }
    return stored;
}

MaybeRequest read_request(Connection& connection, std::int64_t id) {
    Query query = connection.query(find_request, id);
    if (!query.next()) {
        return std::nullopt;
    }
    Result<StoredAccessRequest> stored = read_row(query);
    return stored ? MaybeRequest{std::move(*stored)} : MaybeRequest{std::unexpected(stored.error())};
}

bool has_row(Connection& connection, const NamedSql& sql, std::int64_t id) {
    Query query = connection.query(sql, id);
    return query.next();
}

MaybeRequest decide_in(Connection& connection, std::int64_t id,
                       const std::optional<app::Invitation>& invitation, TimePoint now) {
    if (has_row(connection, invitation_used, id)) {
        return fail(Errc::conflict, "The invitation of this request was used already.");
    }
    const AccessState state = invitation ? AccessState::approved : AccessState::declined;
    if (connection.execute(decide_request, id, word_of(state), now) == 0) {
        return std::nullopt;
    }
    connection.execute(drop_invitation, id);
    if (invitation) {
        connection.execute(add_invitation, invitation->code_hash, id, invitation->expires_at);
    }
    return read_request(connection, id);
}

Result<bool> add_in(Connection& connection, const app::AccessRequest& request, int most_open) {
    Query open = connection.query(count_open);
    open.next();
    if (open.integer(0) >= most_open) {
        return fail(Errc::overloaded, "Too many requests wait for an answer. Please try again later.");
    }
    return connection.execute(add_request, request.name, request.email, email_key(request.email),
                              request.requested_at, request.requested_at - quiet_time) > 0;
}

std::optional<std::int64_t> take_in(Connection& connection, TimePoint now) {
    std::optional<std::int64_t> id;
    Query query = connection.query(take_request, now);
    while (query.next()) {
        id = query.integer(0);
    }
    return id;
}

} // namespace

Task<Result<bool>> SqliteAccessRequests::add(app::AccessRequest request, int most_open) {
    return database_.write([request = std::move(request), most_open](Connection& connection) {
        return add_in(connection, request, most_open);
    });
}

Task<Result<bool>> SqliteAccessRequests::erase(std::int64_t id) {
    return database_.write([this, id](Connection& connection) -> Result<bool> {
        database_.wipe_log_after_this();
        return connection.execute(erase_request, id) > 0;
    });
}

Task<Result<int>> SqliteAccessRequests::erase_decided(TimePoint before, int limit) {
    return database_.write([before, limit](Connection& connection) -> Result<int> {
        return static_cast<int>(connection.execute(erase_decided_requests, before, limit));
    });
}

Task<Result<std::vector<StoredAccessRequest>>> SqliteAccessRequests::list(app::AccessFilter filter) {
    return database_.read([filter](Connection& connection) -> Result<std::vector<StoredAccessRequest>> {
        const auto state = filter.state ? std::optional{word_of(*filter.state)} : std::nullopt;
        Query query = connection.query(list_requests, state, filter.before, filter.limit);
        std::vector<StoredAccessRequest> all;
        while (query.next()) {
            Result<StoredAccessRequest> stored = read_row(query);
            if (!stored) {
                return std::unexpected(std::move(stored.error()));
            }
            all.push_back(std::move(*stored));
        }
        return all;
    });
}

Task<MaybeRequest> SqliteAccessRequests::decide(std::int64_t id, std::optional<app::Invitation> invitation,
                                                TimePoint now) {
    return database_.write([id, invitation = std::move(invitation), now](Connection& connection) {
        return decide_in(connection, id, invitation, now);
    });
}

Task<Result<std::int64_t>> SqliteAccessRequests::count_users() {
    return database_.read([](Connection& connection) -> Result<std::int64_t> {
        Query query = connection.query(count_stored_users);
        query.next();
        return query.integer(0);
    });
}

Task<MaybeRequest> SqliteAccessRequests::take_due(TimePoint now) {
    return database_.write([now](Connection& connection) -> MaybeRequest {
        const std::optional<std::int64_t> id = take_in(connection, now);
        return id ? read_request(connection, *id) : MaybeRequest{std::nullopt};
    });
}

Task<Result<std::optional<TimePoint>>> SqliteAccessRequests::next_due() {
    return database_.read([](Connection& connection) -> Result<std::optional<TimePoint>> {
        Query query = connection.query(next_request);
        query.next();
        return query.is_null(0) ? std::nullopt : std::optional{query.time(0)};
    });
}

Task<Result<>> SqliteAccessRequests::settle(std::int64_t id, Delivery delivery, TimePoint next_attempt) {
    return database_.write([id, delivery, next_attempt](Connection& connection) -> Result<> {
        connection.execute(settle_request, id, word_of(delivery), next_attempt);
        return {};
    });
}

Task<Result<int>> SqliteAccessRequests::settle_interrupted() {
    return database_.write([](Connection& connection) -> Result<int> {
        return static_cast<int>(connection.execute(settle_interrupted_requests));
    });
}

} // namespace personalify::storage

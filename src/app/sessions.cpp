#include "app/sessions.hpp"

#include "crypto/crypto.hpp"

#include <algorithm>

namespace personalify::app {

namespace {

constexpr std::size_t token_length = 43; // 256 bits in base64url
constexpr std::size_t id_length = 16;

/// Says nothing of the hash that storage finds the session by.
std::string id_of(const Session& session) {
    return crypto::sha256_hex("the public id of " + session.token_hash).substr(0, id_length);
}

/// Every use slides the expiry, once a day; see identify().
std::optional<TimePoint> last_use_of(const Session& session) {
    const bool slides = session.expires_at < session.created_at + SessionService::longest_lifetime;
    return slides ? std::optional<TimePoint>{session.expires_at - SessionService::idle_lifetime}
                  : std::nullopt;
}

} // namespace

TimePoint SessionService::slide(const Session& session) const {
    return std::min<TimePoint>(clock_.now() + idle_lifetime, session.created_at + longest_lifetime);
}

Task<Result<std::string>> SessionService::start(UserId user, SessionKind kind) {
    std::string token = crypto::random_token();
    const TimePoint now = clock_.now();
    Session session{.token_hash = crypto::sha256_hex(token),
                    .user = std::move(user),
                    .kind = kind,
                    .created_at = now,
                    .expires_at = now + idle_lifetime};
    Result<> created = co_await store_.create(std::move(session));
    if (!created) {
        co_return std::unexpected(std::move(created.error()));
    }
    co_return token;
}

Task<Result<Caller>> SessionService::identify(std::string token) {
    if (token.size() != token_length) {
        co_return Caller{};
    }
    RememberedSessions::Look known = remembered_.look(token);
    if (known.session) {
        co_return Caller{.session = std::move(known.session), .token = std::move(token)};
    }
    const TimePoint now = clock_.now();
    Result<std::optional<Session>> found = co_await store_.find(crypto::sha256_hex(token), now);
    if (!found) {
        co_return std::unexpected(std::move(found.error()));
    }
    if (!found->has_value()) {
        co_return Caller{};
    }
    Caller caller{.session = std::move(*found), .token = std::move(token)};
    const TimePoint later = slide(*caller.session);
    if (later - caller.session->expires_at > std::chrono::days{1}) {
        // A failed write costs nothing now: the next request tries again.
        co_await store_.extend(caller.session->token_hash, later);
        caller.session->expires_at = later;
    }
    remembered_.remember(caller.token, *caller.session, known.mark);
    co_return caller;
}

Task<Result<std::chrono::seconds>> SessionService::renew(Caller caller) {
    if (!caller.session) {
        co_return fail(Errc::unauthenticated, login_again);
    }
    const TimePoint later = slide(*caller.session);
    Result<> extended = co_await store_.extend(caller.session->token_hash, later);
    if (!extended) {
        co_return std::unexpected(std::move(extended.error()));
    }
    co_return std::chrono::floor<std::chrono::seconds>(later - clock_.now());
}

Task<Result<std::vector<OwnSession>>> SessionService::list(Caller caller) {
    if (!caller.session) {
        co_return fail(Errc::unauthenticated, login_again);
    }
    Result<std::vector<Session>> found =
        co_await store_.list(caller.session->user, clock_.now(), most_listed);
    if (!found) {
        co_return std::unexpected(std::move(found.error()));
    }
    std::vector<OwnSession> sessions;
    sessions.reserve(found->size());
    for (const Session& session : *found) {
        sessions.push_back({.id = id_of(session),
                            .kind = session.kind,
                            .created_at = session.created_at,
                            .expires_at = session.expires_at,
                            .last_used = last_use_of(session),
                            .current = session.token_hash == caller.session->token_hash});
    }
    co_return sessions;
}

Task<Result<bool>> SessionService::end_one(Caller caller, std::string id) {
    if (!caller.session) {
        co_return fail(Errc::unauthenticated, login_again);
    }
    const UserId user = caller.session->user;
    Result<std::vector<Session>> found = co_await store_.list(user, clock_.now(), most_listed);
    if (!found) {
        co_return std::unexpected(std::move(found.error()));
    }
    const auto ending = std::ranges::find(*found, id, id_of);
    if (ending == found->end()) {
        co_return fail(Errc::not_found, "Session not found.");
    }
    remembered_.forget_user(user); // by its hash it can't be found there
    Result<bool> erased = co_await store_.erase(ending->token_hash);
    remembered_.forget_user(user);
    if (!erased) {
        co_return std::unexpected(std::move(erased.error()));
    }
    co_return ending->token_hash == caller.session->token_hash;
}

Task<Result<>> SessionService::end(Caller caller) {
    if (caller.session) {
        remembered_.forget(caller.token); // nobody is let in while it is being erased...
        Result<bool> erased = co_await store_.erase(caller.session->token_hash);
        remembered_.forget(caller.token); // ...nor by what a reader found just before
        if (!erased) {
            co_return std::unexpected(std::move(erased.error()));
        }
    }
    co_return Result<>{};
}

Task<Result<int>> SessionService::sweep() {
    return store_.erase_expired(clock_.now(), sweep_batch);
}

} // namespace personalify::app

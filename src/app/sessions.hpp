#pragma once

#include "app/caller.hpp"
#include "app/remembered_sessions.hpp"
#include "core/clock.hpp"

#include <string>

namespace personalify::app {

/// One of the caller's sessions, as it is shown to them.
struct OwnSession {
    std::string id; ///< names it without proving it
    SessionKind kind = SessionKind::web;
    TimePoint created_at{};
    TimePoint expires_at{};
    std::optional<TimePoint> last_used =
        std::nullopt;     ///< to the day; nullopt near the end of its longest life
    bool current = false; ///< the one that asks
};

/// Our own sessions: opaque tokens of 256 random bits, stored as hashes, 30 days sliding, 180 days at most.
class SessionService {
public:
    static constexpr std::chrono::days idle_lifetime{30};
    static constexpr std::chrono::days longest_lifetime{180};
    static constexpr int sweep_batch = 1000;
    static constexpr int most_listed = 1000;

    SessionService(SessionStore& store, const Clock& clock)
        : store_(store)
        , clock_(clock)
        , remembered_(clock) {}

    /// A new session's token. not_found when the user does not exist.
    Task<Result<std::string>> start(UserId user, SessionKind kind);
    /// The caller behind a token: anonymous when it is empty, unknown or expired. Slides the expiry, but
    /// writes that at most once a day.
    Task<Result<Caller>> identify(std::string token);
    /// Whether the token proves that user's session, as far as memory knows: true is certain, false is to be
    /// asked of identify().
    bool proves(std::string_view token, std::string_view user) const {
        return remembered_.prove(token, user);
    }
    /// Sessions changed hands in storage: users were renamed or merged.
    void changed_hands() { remembered_.forget_all(); }

    /// Sessions that memory knows; storage holds them all.
    std::size_t size() const { return remembered_.size(); }
    std::size_t clear() { return remembered_.forget_all(); }

    /// The user's sessions are being erased in storage: nobody is let in by memory.
    void forget(const UserId& user) { remembered_.forget_user(user); }
    /// Slides the caller's expiry now; answers its remaining life. unauthenticated without a session.
    Task<Result<std::chrono::seconds>> renew(Caller caller);
    /// The caller's sessions on all devices, newest first. unauthenticated without a session.
    Task<Result<std::vector<OwnSession>>> list(Caller caller);
    /// Ends one of them by its id; whether it was the one that asks. not_found for any other id.
    Task<Result<bool>> end_one(Caller caller, std::string id);
    /// Of the sessions that memory knows.
    metrics::CacheStats cache() const { return remembered_.stats(); }
    /// Ends the caller's session; fine when there is none.
    Task<Result<>> end(Caller caller);
    /// Deletes expired sessions, a bounded batch. Run from time to time.
    Task<Result<int>> sweep();

private:
    TimePoint slide(const Session& session) const;

    SessionStore& store_;
    const Clock& clock_;
    RememberedSessions remembered_;
};

} // namespace personalify::app

#pragma once

#include "app/access.hpp"
#include "app/dashboards.hpp"
#include "app/history.hpp"
#include "app/login.hpp"
#include "app/profiles.hpp"
#include "storage/memory/short_lived.hpp"
#include "support/run_task.hpp"
#include "unit/app/fake_spotify.hpp"
#include "unit/app/fakes.hpp"

namespace personalify::test {

/// All services of the application, on fakes.
struct World {
    explicit World(app::Visibility visible = {})
        : visibility(visible) {}

    /// A user who signed in, with tokens that are good for an hour.
    UserId sign_up(const std::string& id, const app::TokenGrant& granted = grant("access-1", "refresh-1")) {
        const UserId user{id};
        app::SealedTokens sealed = tokens.seal(user, granted, "");
        run(users.save_login(profile(id), std::move(sealed), clock.now())).value();
        return user;
    }
    /// A session of that user.
    app::Caller caller(const UserId& user, app::SessionKind kind = app::SessionKind::web) {
        return run(sessions.identify(run(sessions.start(user, kind)).value())).value();
    }
    /// Stored tops, synced some time ago.
    void store_tops(const UserId& user, TimeRange range, std::chrono::milliseconds age = {}) {
        library.stored[{user, range}] = {{spotify.artists, spotify.tracks}, clock.now() - age};
    }

    ManualClock clock{noon};
    Journal journal;
    FakeUsers users{journal};
    FakeSessions session_store;
    FakeLibrary library;
    FakeHistory history_store;
    FakeAccessRequests access_requests;
    FakeEmotions emotions;
    CountingCache cache{clock};
    storage::MemoryShortLived short_lived{100, 100'000, clock};
    FakeAccounts accounts{journal};
    FakeSpotify spotify{journal};
    crypto::SecretBox box{"the key of a test, of any length"};
    app::Visibility visibility;

    app::SessionService sessions{session_store, clock};
    app::TokenService tokens{users, accounts, box, clock};
    app::SyncService sync{users, library, history_store, cache, emotions, spotify, tokens, clock};
    app::LoginService logins{users, sessions, short_lived, accounts, spotify, tokens, sync, clock};
    app::DashboardService dashboards{users, library, cache, emotions, sync, visibility, clock};
    app::ProfileService profiles{users, cache, spotify, tokens, visibility};
    app::HistoryService history{history_store};
    app::AccessService access{access_requests, clock};
};

/// The code of a result's error; nullopt when it is none.
template <class T>
std::optional<Errc> error_of(const Result<T>& result) {
    return result ? std::nullopt : std::optional{result.error().code};
}

} // namespace personalify::test

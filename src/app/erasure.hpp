#pragma once

#include "app/caller.hpp"
#include "app/jobs.hpp"
#include "app/player.hpp"
#include "app/ports/users.hpp"
#include "app/sessions.hpp"
#include "app/sync.hpp"

namespace personalify::app {

/// A user's right to be forgotten.
class ErasureService {
public:
    ErasureService(UserStore& users, SessionService& sessions, SyncService& sync, PlayerService& player,
                   JobService& jobs)
        : users_(users)
        , sessions_(sessions)
        , sync_(sync)
        , player_(player)
        , jobs_(jobs) {}

    /// Deletes the session's user with all that is held of them, in storage and in memory; what is under way
    /// for them leaves nothing behind. For good. unauthenticated without a session, or when somebody else
    /// was faster.
    Task<Result<>> erase(Caller caller);

private:
    UserStore& users_;
    SessionService& sessions_;
    SyncService& sync_;
    PlayerService& player_;
    JobService& jobs_;
};

} // namespace personalify::app

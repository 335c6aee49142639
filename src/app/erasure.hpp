#pragma once

#include "app/caller.hpp"
#include "app/jobs.hpp"
#include "app/player.hpp"
#include "app/ports/users.hpp"
#include "app/sessions.hpp"
#include "app/sync.hpp"

#include <functional>

namespace personalify::app {

/// A user's right to be forgotten.
class ErasureService {
public:
    ErasureService(UserStore& users, SessionService& sessions, SyncService& sync, PlayerService& player,
                   JobService& jobs, std::function<void()> on_erased = nullptr)
        : users_(users)
        , sessions_(sessions)
        , sync_(sync)
        , player_(player)
        , jobs_(jobs)
        , on_erased_(std::move(on_erased)) {}

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
    std::function<void()> on_erased_; ///< told, on the caller's shard, of every user that is gone
};

} // namespace personalify::app

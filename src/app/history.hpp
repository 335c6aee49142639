#pragma once

#include "app/caller.hpp"
#include "app/ports/history.hpp"

namespace personalify::app {

/// The stored syncs of the session's own user.
class HistoryService {
public:
    explicit HistoryService(HistoryStore& history)
        : history_(history) {}

    /// Newest first; empty for anybody else's id, shared or not: history stays private.
    Task<Result<std::vector<HistoryEntry>>> list(Caller caller, UserId user, int limit,
                                                 std::optional<TimePoint> before) {
        if (!caller.is(user)) {
            co_return std::vector<HistoryEntry>{};
        }
        co_return co_await history_.list(std::move(user), limit, before);
    }

private:
    HistoryStore& history_;
};

} // namespace personalify::app

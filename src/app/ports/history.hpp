#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/ids.hpp"
#include "core/task.hpp"
#include "domain/dashboard.hpp"

#include <optional>
#include <vector>

namespace personalify::app {

/// One entry of the sync history.
struct HistoryEntry {
    SyncDocument document;
    TimePoint synced_at{};
};

/// The history of syncs: one JSON document per sync and range, newest first. At most 1,000 entries are kept
/// per user; older ones go. Errors: internal, overloaded, not_found (append for an unknown user).
class HistoryStore {
public:
    virtual ~HistoryStore() = default;
    /// An entry whose millisecond is taken is moved on to the next free one: pages never fall between equals.
    virtual Task<Result<>> append(UserId user, HistoryEntry entry) = 0;
    /// Gives what the titles say to the entry of that range that was appended with `synced_at`; fine when
    /// there is none.
    virtual Task<Result<>> annotate(UserId user, TimeRange range, TimePoint synced_at,
                                    EmotionSummary emotions) = 0;
    /// Entries synced strictly before `before` (all when nullopt), newest first, at most `limit` (1 to 100).
    virtual Task<Result<std::vector<HistoryEntry>>> list(UserId user, int limit,
                                                         std::optional<TimePoint> before) = 0;
};

} // namespace personalify::app

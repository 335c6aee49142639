#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/ids.hpp"
#include "core/task.hpp"
#include "domain/tops.hpp"

#include <optional>

namespace personalify::app {

/// A listener's tops of one range as stored.
struct StoredTops {
    Tops tops;
    TimePoint synced_at{};
    bool all_titles = false; ///< an extended analysis was made: all titles count for the emotions
};

/// Artists, tracks, genres and each user's ranked tops per range. Durable when a task completes.
/// Errors: internal, overloaded, not_found (save for an unknown user).
class LibraryStore {
public:
    virtual ~LibraryStore() = default;
    /// Replaces the user's tops of that range and upserts the artists, tracks and genres they name, in one
    /// transaction with batch statements. Unknown popularity (0), image ("") and genres (none) do not erase
    /// what is known of an artist or track. The tops themselves come back as they were saved.
    virtual Task<Result<>> save_tops(UserId user, TimeRange range, Tops tops, TimePoint synced_at) = 0;
    /// Best first; nullopt when that range was never synced. Artists for whom this sync named no genres have
    /// those that are known of them, from Spotify or GenreStore.
    virtual Task<Result<std::optional<StoredTops>>> tops(UserId user, TimeRange range) = 0;
    /// What is known of a track, whoever listened to it; nullopt for an unknown one.
    virtual Task<Result<std::optional<Track>>> track(std::string id) = 0;
    /// Notes that an extended analysis was made of the tops synced then; false when these are gone. The next
    /// sync forgets it.
    virtual Task<Result<bool>> count_all_titles(UserId user, TimeRange range, TimePoint synced_at) = 0;
};

} // namespace personalify::app

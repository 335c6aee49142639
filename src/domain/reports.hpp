#pragma once

#include "core/clock.hpp"
#include "core/ids.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace personalify {

/// An artist or track with Spotify's popularity, 0 to 100; 0 when Spotify does not say.
struct Popular {
    std::string name;
    std::int32_t popularity = 0;
    bool operator==(const Popular&) const = default;
};

/// How many there are of something.
struct NamedCount {
    std::string name;
    std::int64_t count = 0;
    bool operator==(const NamedCount&) const = default;
};

/// What storage holds over all users.
struct StoredTotals {
    std::string engine;         ///< "SQLite"
    std::string engine_version; ///< "3.40.1"
    std::int64_t users = 0;
    std::int64_t artists = 0;
    std::int64_t tracks = 0;
    std::vector<Popular> top_artists = {}; ///< most popular first
    std::vector<Popular> top_tracks = {};
    std::int64_t syncs = 0;               ///< entries of the history
    std::int64_t synced_users = 0;        ///< users who have any
    std::vector<UserId> last_synced = {}; ///< some of them, newest first
    std::vector<NamedCount> jobs = {};    ///< by state
};

/// What storage holds of one user, over all time ranges.
struct StoredUserTotals {
    std::string display_name;
    std::vector<Popular> top_artists = {}; ///< most popular first
    std::vector<Popular> top_tracks = {};
    bool operator==(const StoredUserTotals&) const = default;
};

} // namespace personalify

#include "storage/sqlite/counts.hpp"

#include <algorithm>
#include <string_view>

namespace personalify::storage {

namespace {

constexpr NamedSql count_users{"counts.users", "SELECT count(*) FROM users"};
constexpr NamedSql count_sessions{"counts.sessions", "SELECT count(*) FROM sessions WHERE expires_at >= ?1"};
constexpr NamedSql count_jobs{"counts.jobs",
                              "SELECT state, count(*), min(created_at) FROM jobs GROUP BY state"};

constexpr std::array<std::string_view, 4> states{"queued", "running", "done", "failed"}; // as app::JobState

std::int64_t number(Query query) {
    return query.next() ? query.integer(0) : 0;
}

} // namespace

Task<Result<app::StoredCounts>> SqliteCounts::count(TimePoint now) {
    return database_.read([now](Connection& connection) -> Result<app::StoredCounts> {
        app::StoredCounts counts;
        counts.users = number(connection.query(count_users));
        counts.sessions = number(connection.query(count_sessions, now));
        Query jobs = connection.query(count_jobs);
        while (jobs.next()) {
            const auto at = std::ranges::find(states, jobs.text(0));
            if (at == states.end()) {
                continue;
            }
            counts.jobs[static_cast<std::size_t>(at - states.begin())] = jobs.integer(1);
            if (*at == "queued") {
                counts.oldest_waiting = jobs.time(2);
            }
        }
        return counts;
    });
}

} // namespace personalify::storage

#include "storage/sqlite/jobs.hpp"

#include "json/read.hpp"
#include "json/write.hpp"
#include "storage/sqlite/words.hpp"

namespace personalify::storage {

namespace {

using app::Job;
using app::JobKind;
using app::JobState;
using MaybeJob = Result<std::optional<Job>>;

constexpr NamedSql extend_active{
    "jobs.extend_active",
    "UPDATE jobs SET extended = max(extended, ?4) WHERE kind = ?2 AND time_range = ?3 AND "
    "state IN ('queued', 'running') AND user_key = (SELECT user_key FROM users WHERE spotify_id = ?1) "
    "RETURNING job_id"};
constexpr NamedSql count_active{"jobs.count_active",
                                "SELECT count(*) FROM jobs WHERE state IN ('queued', 'running')"};
constexpr NamedSql add_job{"jobs.add",
                           "INSERT INTO jobs (job_id, user_key, kind, time_range, extended, state, "
                           "steps_done, steps, created_at, updated_at, error) "
                           "SELECT ?1, user_key, ?3, ?4, ?5, 'queued', 0, 0, ?6, ?6, '' FROM users "
                           "WHERE spotify_id = ?2"};
constexpr NamedSql find_job{"jobs.find",
                            "SELECT j.job_id, u.spotify_id, j.kind, j.time_range, j.extended, j.state, "
                            "j.steps_done, j.steps, j.created_at, j.updated_at, j.result, j.error "
                            "FROM jobs j JOIN users u USING (user_key) WHERE j.job_id = ?1"};
constexpr NamedSql list_jobs{"jobs.list", "SELECT job_id FROM jobs JOIN users USING (user_key) "
                                          "WHERE spotify_id = ?1 ORDER BY job_key DESC LIMIT ?2"};
constexpr NamedSql start_job{
    "jobs.start_next",
    "UPDATE jobs SET state = 'running', attempts = attempts + 1, updated_at = ?1 WHERE job_key = "
    "(SELECT min(job_key) FROM jobs WHERE state = 'queued') RETURNING job_id"};
constexpr NamedSql advance_job{"jobs.advance", "UPDATE jobs SET steps_done = ?2, steps = ?3, updated_at = ?4 "
                                               "WHERE job_id = ?1 AND state = 'running'"};
constexpr NamedSql finish_job{"jobs.finish",
                              "UPDATE jobs SET state = ?2, result = ?3, error = ?4, updated_at = ?6 "
                              "WHERE job_id = ?1 AND state = 'running' AND extended <= ?5"};
constexpr NamedSql fail_worn_out{"jobs.fail_worn_out",
                                 "UPDATE jobs SET state = 'failed', error = ?2, updated_at = ?3 "
                                 "WHERE state = 'running' AND attempts >= ?1"};
constexpr NamedSql requeue_jobs{"jobs.requeue_running", "UPDATE jobs SET state = 'queued', steps_done = 0, "
                                                        "updated_at = ?1 WHERE state = 'running'"};
constexpr NamedSql erase_jobs{"jobs.erase_over",
                              "DELETE FROM jobs WHERE job_key IN (SELECT job_key FROM jobs "
                              "WHERE state IN ('done', 'failed') AND updated_at < ?1 LIMIT ?2)"};

std::unexpected<Error> unreadable(std::string_view what) {
    return fail(Errc::internal, "Storage is unavailable.", "jobs.find: " + std::string{what});
}

MaybeJob read_job(Connection& connection, const std::string& id) {
    Query query = connection.query(find_job, id);
    if (!query.next()) {
        return std::nullopt;
    }
    const auto kind = from_word<JobKind>(query.text(2));
    const auto range = time_range_from(query.text(3));
    const auto state = from_word<JobState>(query.text(5));
    if (!kind || !range || !state) {
        return unreadable("unknown word");
    }
    Job job{.id = query.text(0),
            .user = UserId{query.text(1)},
            .kind = *kind,
            .range = *range,
            .extended = query.boolean(4),
            .state = *state,
            .steps_done = static_cast<int>(query.integer(6)),
            .steps = static_cast<int>(query.integer(7)),
            .created_at = query.time(8),
            .updated_at = query.time(9),
            .error = query.text(11)};
    if (const std::optional<std::string> result = query.text_or_null(10)) {
        Result<EmotionSummary> summary = json::read<EmotionSummary>(*result);
        if (!summary) {
            return unreadable(summary.error().cause);
        }
        job.result = std::move(*summary);
    }
    return job;
}

/// The id that a statement with RETURNING gives, after stepping it to its end.
template <class... Args>
std::optional<std::string> changed_id(Connection& connection, const NamedSql& sql, const Args&... args) {
    std::optional<std::string> id;
    Query query = connection.query(sql, args...);
    while (query.next()) {
        id = query.text(0);
    }
    return id;
}

Result<Job> enqueue_job(Connection& connection, const Job& job, int most) {
    std::optional<std::string> id = changed_id(connection, extend_active, job.user.str(), word_of(job.kind),
                                               to_string(job.range), job.extended);
    if (!id) {
        Query count = connection.query(count_active);
        if (count.next() && count.integer(0) >= most) {
            return fail(Errc::overloaded, "The service is busy. Please try again.", "too many jobs");
        }
        id = job.id;
        if (connection.execute(add_job, job.id, job.user.str(), word_of(job.kind), to_string(job.range),
                               job.extended, job.created_at) == 0) {
            return fail(Errc::not_found, "User not found.");
        }
    }
    MaybeJob found = read_job(connection, *id);
    if (!found) {
        return std::unexpected(std::move(found.error()));
    }
    return found->has_value() ? Result<Job>{std::move(**found)} : unreadable("gone");
}

} // namespace

Task<Result<Job>> SqliteJobs::enqueue(Job job, int most) {
    return database_.write(
        [job = std::move(job), most](Connection& connection) { return enqueue_job(connection, job, most); });
}

Task<MaybeJob> SqliteJobs::find(std::string id) {
    return database_.read([id = std::move(id)](Connection& connection) { return read_job(connection, id); });
}

Task<Result<std::vector<Job>>> SqliteJobs::list(UserId user, int limit) {
    return database_.read(
        [user = std::move(user), limit](Connection& connection) -> Result<std::vector<Job>> {
            std::vector<Job> jobs;
            Query query = connection.query(list_jobs, user.str(), limit);
            while (query.next()) {
                MaybeJob job = read_job(connection, query.text(0));
                if (!job) {
                    return std::unexpected(std::move(job.error()));
                }
                if (job->has_value()) {
                    jobs.push_back(std::move(**job));
                }
            }
            return jobs;
        });
}

Task<MaybeJob> SqliteJobs::start_next(TimePoint now) {
    return database_.write([now](Connection& connection) -> MaybeJob {
        const std::optional<std::string> id = changed_id(connection, start_job, now);
        return id ? read_job(connection, *id) : MaybeJob{std::nullopt};
    });
}

Task<MaybeJob> SqliteJobs::advance(std::string id, int steps_done, int steps, TimePoint now) {
    return database_.write([id = std::move(id), steps_done, steps, now](Connection& connection) -> MaybeJob {
        if (connection.execute(advance_job, id, steps_done, steps, now) == 0) {
            return std::nullopt;
        }
        return read_job(connection, id);
    });
}

Task<MaybeJob> SqliteJobs::finish(std::string id, app::JobEnd end, bool extended, TimePoint now) {
    return database_.write(
        [id = std::move(id), end = std::move(end), extended, now](Connection& connection) -> MaybeJob {
            const JobState state = end.result ? JobState::done : JobState::failed;
            const auto result = end.result ? std::optional{json::write(*end.result)} : std::nullopt;
            if (connection.execute(finish_job, id, word_of(state), result, end.error, extended, now) == 0) {
                return std::nullopt;
            }
            return read_job(connection, id);
        });
}

Task<Result<int>> SqliteJobs::requeue_running(int most_attempts, std::string error, TimePoint now) {
    return database_.write(
        [most_attempts, error = std::move(error), now](Connection& connection) -> Result<int> {
            connection.execute(fail_worn_out, most_attempts, error, now);
            return static_cast<int>(connection.execute(requeue_jobs, now));
        });
}

Task<Result<int>> SqliteJobs::erase_over(TimePoint before, int limit) {
    return database_.write([before, limit](Connection& connection) -> Result<int> {
        return static_cast<int>(connection.execute(erase_jobs, before, limit));
    });
}

} // namespace personalify::storage

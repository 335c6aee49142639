#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/ids.hpp"
#include "core/task.hpp"
#include "domain/tops.hpp"

#include <optional>
#include <string>
#include <vector>

namespace personalify::app {

/// What a job does.
enum class JobKind { title_emotions };
BOOST_DESCRIBE_ENUM(JobKind, title_emotions)

enum class JobState {
    queued,
    running,
    done,
    failed,
};
BOOST_DESCRIBE_ENUM(JobState, queued, running, done, failed)

/// Work for one user that goes on beside requests, and over restarts.
struct Job {
    std::string id; ///< random, 256 bits
    UserId user;
    JobKind kind = JobKind::title_emotions;
    TimeRange range = TimeRange::medium_term;
    bool extended = false; ///< looks at all titles instead of the first ten
    JobState state = JobState::queued;
    int steps_done = 0; ///< titles
    int steps = 0;      ///< 0 until the job has looked
    TimePoint created_at{};
    TimePoint updated_at{};
    std::optional<EmotionSummary> result = std::nullopt; ///< of a done one
    std::string error = {};                              ///< of a failed one; may be shown

    bool is_over() const { return state == JobState::done || state == JobState::failed; }
    bool operator==(const Job&) const = default;
};

/// How a job ends: with a result, or with words for its user.
struct JobEnd {
    std::optional<EmotionSummary> result = std::nullopt;
    std::string error = {};
};

/// Queued and running ("active") jobs, and those that are over. Durable when a task completes. A user's jobs
/// go with the user. Errors: internal, overloaded.
class JobStore {
public:
    virtual ~JobStore() = default;
    /// Adds `job` as queued, unless its user has an active one of that kind and range: then that one, which
    /// is extended from now on when `job` is. Also overloaded when `most` are active; not_found for an
    /// unknown user.
    virtual Task<Result<Job>> enqueue(Job job, int most) = 0;
    virtual Task<Result<std::optional<Job>>> find(std::string id) = 0;
    /// A user's, newest first, at most `limit`.
    virtual Task<Result<std::vector<Job>>> list(UserId user, int limit) = 0;
    /// The job that waits longest, running from now on; nullopt when none waits.
    virtual Task<Result<std::optional<Job>>> start_next(TimePoint now) = 0;
    /// Notes how far a running job is; the job, or nullopt when it is not running (any more).
    virtual Task<Result<std::optional<Job>>> advance(std::string id, int steps_done, int steps,
                                                     TimePoint now) = 0;
    /// Ends a running job: done with a result, else failed. nullopt when it is not running, or became
    /// extended and `extended` is false: there is more to do.
    virtual Task<Result<std::optional<Job>>> finish(std::string id, JobEnd end, bool extended,
                                                    TimePoint now) = 0;
    /// Those that run wait again, ahead of younger ones: their worker is gone. Not those that were started
    /// `most_attempts` times: they fail with `error`, as it may be they who end their workers. How many wait
    /// again.
    virtual Task<Result<int>> requeue_running(int most_attempts, std::string error, TimePoint now) = 0;
    /// Deletes at most `limit` of those that were over before `before`; how many.
    virtual Task<Result<int>> erase_over(TimePoint before, int limit) = 0;
};

} // namespace personalify::app

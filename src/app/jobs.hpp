#pragma once

#include "app/caller.hpp"
#include "app/job_board.hpp"
#include "app/ports/jobs.hpp"
#include "core/metrics.hpp"

#include <functional>
#include <memory>
#include <string>

namespace personalify::app {

/// A job and the news of it to come.
struct FollowedJob {
    Job job;
    std::shared_ptr<JobWatch> watch;
};

/// The durable queue of work beside requests, and those who wait for it. Any shard may use it.
class JobService {
public:
    static constexpr int most_active = 10'000;
    static constexpr std::chrono::hours kept_after_end{24};
    static constexpr int sweep_batch = 1000;
    static constexpr int most_listed = 1000;
    static constexpr int most_attempts = 5; ///< of a job whose worker dies
    /// What a failed job says when nothing better may be said.
    static constexpr const char* titles_not_read = "The titles could not be read.";

    JobService(JobStore& store, const Clock& clock)
        : store_(store)
        , clock_(clock) {}

    /// Queues a job for the user, or returns the active one of that range. Errors: overloaded, not_found for
    /// an unknown user, internal.
    Task<Result<Job>> enqueue(UserId user, TimeRange range, bool extended);
    /// The caller's own job; not_found for anybody else's and for an unknown one.
    Task<Result<Job>> show(Caller caller, std::string id);
    /// All of the caller's own, newest first. unauthenticated without a session.
    Task<Result<std::vector<Job>>> list(Caller caller);
    /// One of them, with a watch on the current shard that misses nothing after it.
    Task<Result<FollowedJob>> follow(Caller caller, std::string id);
    /// The job when it is over, or as it is when `patience` is.
    Task<Result<Job>> wait(std::string id, std::chrono::milliseconds patience);
    /// A user's jobs went with the user: who waits for one of them is told so.
    void erased() { board_.doubt_all(); }
    /// Deletes those that were over a day ago, a bounded batch. Run from time to time.
    Task<Result<int>> sweep();

    /// For the one who works. What changes is told to those who watch; the results are the store's.
    Task<Result<std::optional<Job>>> start_next();
    Task<Result<std::optional<Job>>> advance(std::string id, int steps_done, int steps);
    Task<Result<std::optional<Job>>> finish(std::string id, JobEnd end, bool extended);
    Task<Result<std::optional<Job>>> find(std::string id) { return store_.find(std::move(id)); }
    /// For a worker that begins: what one before it left running waits again, or fails after `most_attempts`.
    Task<Result<int>> requeue_running() {
        return store_.requeue_running(most_attempts, titles_not_read, clock_.now());
    }
    /// Jobs that came to their end.
    void measure(metrics::Sink& sink) const;
    /// Called, on any shard, when a job was queued. Set it before there are requests.
    void on_queued(std::function<void()> wake) { wake_worker_ = std::move(wake); }

private:
    Task<Result<Job>> find_existing(std::string id);
    Result<std::optional<Job>> told(Result<std::optional<Job>> changed);

    JobStore& store_;
    const Clock& clock_;
    JobBoard board_;
    std::function<void()> wake_worker_;
    metrics::Counter done_;
    metrics::Counter failed_;
};

} // namespace personalify::app

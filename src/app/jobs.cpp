#include "app/jobs.hpp"

#include "core/single_flight.hpp"
#include "crypto/crypto.hpp"

namespace personalify::app {

namespace {

std::unexpected<Error> unknown_job() {
    return fail(Errc::not_found, "Job not found.");
}

} // namespace

Task<Result<Job>> JobService::enqueue(UserId user, TimeRange range, bool extended) {
    const TimePoint now = clock_.now();
    Job job{.id = crypto::random_token(),
            .user = std::move(user),
            .range = range,
            .extended = extended,
            .created_at = now,
            .updated_at = now};
    Result<Job> queued = co_await store_.enqueue(std::move(job), most_active);
    if (queued && wake_worker_) {
        wake_worker_();
    }
    co_return queued;
}

Task<Result<Job>> JobService::show(Caller caller, std::string id) {
    Result<std::optional<Job>> found = co_await store_.find(std::move(id));
    if (!found) {
        co_return std::unexpected(std::move(found.error()));
    }
    if (!found->has_value() || !caller.is((*found)->user)) {
        co_return unknown_job();
    }
    co_return std::move(**found);
}

Task<Result<std::vector<Job>>> JobService::list(Caller caller) {
    if (!caller.session) {
        co_return fail(Errc::unauthenticated, login_again);
    }
    co_return co_await store_.list(std::move(caller.session->user), most_listed);
}

Task<Result<FollowedJob>> JobService::follow(Caller caller, std::string id) {
    std::shared_ptr<JobWatch> watch = board_.watch(co_await asio::this_coro::executor, id);
    Result<Job> job = co_await show(std::move(caller), std::move(id));
    if (!job) {
        co_return std::unexpected(std::move(job.error()));
    }
    co_return FollowedJob{std::move(*job), std::move(watch)};
}

Task<Result<Job>> JobService::find_existing(std::string id) {
    Result<std::optional<Job>> found = co_await store_.find(std::move(id));
    if (!found) {
        co_return std::unexpected(std::move(found.error()));
    }
    if (!found->has_value()) {
        co_return unknown_job();
    }
    co_return std::move(**found);
}

Task<Result<Job>> JobService::wait(std::string id, std::chrono::milliseconds patience) {
    const Executor shard = co_await asio::this_coro::executor;
    Timer timer(shard, patience);
    const std::shared_ptr<JobWatch> watch = board_.watch(shard, id);
    Result<Job> job = co_await find_existing(id);
    const auto until = timer.expiry();
    watch->on_news([&timer] { timer.cancel(); });
    while (job && !job->is_over()) {
        if (std::optional<Job> news = watch->take()) {
            job = std::move(*news);
        } else if (watch->take_doubt()) {
            job = co_await find_existing(id);
        } else if (std::chrono::steady_clock::now() >= until) {
            break;
        } else {
            co_await timer.async_wait(asio::as_tuple(use_task));
        }
    }
    watch->on_news(nullptr);
    co_return job;
}

Task<Result<int>> JobService::sweep() {
    return store_.erase_over(clock_.now() - kept_after_end, sweep_batch);
}

Result<std::optional<Job>> JobService::told(Result<std::optional<Job>> changed) {
    if (changed && changed->has_value()) {
        board_.tell(**changed);
    }
    return changed;
}

Task<Result<std::optional<Job>>> JobService::start_next() {
    co_return told(co_await store_.start_next(clock_.now()));
}

Task<Result<std::optional<Job>>> JobService::advance(std::string id, int steps_done, int steps) {
    co_return told(co_await store_.advance(std::move(id), steps_done, steps, clock_.now()));
}

Task<Result<std::optional<Job>>> JobService::finish(std::string id, JobEnd end, bool extended) {
    const bool well = end.result.has_value();
    Result<std::optional<Job>> over =
        told(co_await store_.finish(std::move(id), std::move(end), extended, clock_.now()));
    if (over && over->has_value()) {
        (well ? done_ : failed_).add();
    }
    co_return over;
}

void JobService::measure(metrics::Sink& sink) const {
    sink.family("personalify_jobs_ended_total", metrics::Kind::counter,
                "Jobs that came to their end, by how.");
    sink.sample({{"outcome", "done"}}, static_cast<double>(done_.value()));
    sink.sample({{"outcome", "failed"}}, static_cast<double>(failed_.value()));
}

} // namespace personalify::app

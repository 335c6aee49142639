#include "app/emotion_worker.hpp"

#include <set>

namespace personalify::app {

namespace {

constexpr std::chrono::seconds idle_look{60}; // a bell that was missed costs no more than this
constexpr std::chrono::seconds trouble_look{5};
constexpr int most_rounds = 5;

/// Whether it may be better in a moment.
bool may_pass(const Error& error) {
    return error.code == Errc::overloaded || error.code == Errc::upstream_unavailable ||
           error.code == Errc::rate_limited;
}

std::string words_for(const Error& error) {
    return error.code == Errc::internal || error.detail.empty() ? JobService::titles_not_read : error.detail;
}

} // namespace

Task<void> EmotionWorker::work(Executor shard) {
    const auto bell = std::make_shared<Bell>(shard);
    jobs_.on_queued([shard, there = std::weak_ptr{bell}] {
        asio::post(shard, [there] {
            if (const std::shared_ptr<Bell> still_there = there.lock()) {
                still_there->rang = true;
                still_there->timer.cancel();
            }
        });
    });
    return work_by(bell);
}

Task<void> EmotionWorker::work_by(std::shared_ptr<Bell> bell) {
    for (;;) {
        bell->rang = false;
        bool worked = false;
        try {
            const bool well = !interrupted_ || co_await take_back_interrupted();
            worked = well && co_await run_next();
        } catch (const std::exception& failure) { // this worker is the only one
            report({Errc::internal, "Internal Server Error", failure.what()});
            interrupted_ = true;
        }
        if (!worked && !bell->rang) {
            bell->timer.expires_after(interrupted_ ? trouble_look : idle_look);
            co_await bell->timer.async_wait(asio::as_tuple(use_task));
        }
    }
}

Task<bool> EmotionWorker::take_back_interrupted() {
    const Result<int> taken = co_await jobs_.requeue_running();
    if (!taken) {
        report(taken.error());
    }
    interrupted_ = !taken;
    co_return taken.has_value();
}

Task<bool> EmotionWorker::run_next() {
    Result<std::optional<Job>> job = co_await jobs_.start_next();
    if (!job) {
        report(job.error());
        co_return false;
    }
    if (!job->has_value()) {
        co_return false;
    }
    const std::string id = (*job)->id;
    std::optional<Error> thrown;
    try {
        co_await run(std::move(**job));
    } catch (const std::exception& failure) { // one bad job must not stop the others
        thrown = Error{Errc::internal, "Internal Server Error", failure.what()};
    }
    if (thrown) {
        co_await give_up(id, std::move(*thrown));
    }
    co_return true;
}

Task<void> EmotionWorker::run(Job job) {
    // Again when meanwhile somebody asked for more titles, or a sync brought other ones.
    for (int round = 0; round < most_rounds; ++round) {
        Result<std::optional<Job>> now = co_await jobs_.find(job.id);
        if (!now) {
            co_return co_await give_up(std::move(job.id), std::move(now.error()));
        }
        if (!now->has_value() || (*now)->state != JobState::running) { // its user is gone
            co_return;
        }
        Result<Round> done = co_await run_once(std::move(**now));
        if (!done) {
            co_return co_await give_up(std::move(job.id), std::move(done.error()));
        }
        if (*done == Round::over) {
            co_return;
        }
    }
    co_await give_up(std::move(job.id), {.code = Errc::overloaded, .detail = "The titles keep changing."});
}

Task<Result<EmotionWorker::Round>> EmotionWorker::run_once(Job job) {
    Result<std::optional<StoredTops>> tops = co_await places_.library.tops(job.user, job.range);
    if (!tops) {
        co_return std::unexpected(std::move(tops.error()));
    }
    if (!tops->has_value() || (*tops)->tops.tracks.empty()) {
        co_return fail(Errc::not_found, nothing_to_analyze);
    }
    Result<EmotionSummary> emotions = co_await read_all(job, titles_of((*tops)->tops.tracks));
    if (!emotions) {
        co_return std::unexpected(std::move(emotions.error()));
    }
    const TimePoint synced_at = (*tops)->synced_at;
    Result<> shown = co_await places_.show(job.user, job.range, std::move(**tops), EmotionSummary{*emotions},
                                           job.extended);
    if (!shown) {
        co_return std::unexpected(std::move(shown.error()));
    }
    const Result<std::optional<StoredTops>> now = co_await places_.library.tops(job.user, job.range);
    if (now && now->has_value() && (*now)->synced_at != synced_at) {
        co_return Round::again;
    }
    Result<std::optional<Job>> over =
        co_await jobs_.finish(std::move(job.id), {.result = std::move(*emotions)}, job.extended);
    if (!over) {
        co_return std::unexpected(std::move(over.error()));
    }
    co_return over->has_value() ? Round::over : Round::again;
}

Task<Result<EmotionSummary>> EmotionWorker::read_all(const Job& job, std::vector<std::string> titles) {
    std::set<std::string> tried;
    for (;;) {
        Result<KnownTitles> known = co_await titles_.look_up(
            std::vector<std::string>{titles}, job.extended ? extended_titles : standard_titles);
        if (!known) {
            co_return std::unexpected(std::move(known.error()));
        }
        const Result<std::optional<Job>> told =
            co_await jobs_.advance(job.id, known->known(), static_cast<int>(known->titles.size()));
        if (!told) {
            co_return std::unexpected(told.error());
        }
        std::vector<std::string> next = known->unread(options_.at_once, tried);
        if (next.empty() && known->complete()) {
            co_return known->summary();
        }
        if (next.empty()) {
            co_return fail(Errc::internal, "Internal Server Error", "what was read is not found again");
        }
        tried.insert(next.begin(), next.end());
        Result<> read = co_await read_patiently(std::move(next));
        if (!read && known->complete()) { // only better readings could not be had
            co_return known->summary();
        }
        if (!read) {
            co_return std::unexpected(std::move(read.error()));
        }
    }
}

Task<Result<>> EmotionWorker::read_patiently(std::vector<std::string> titles) {
    Timer timer(co_await asio::this_coro::executor);
    std::chrono::milliseconds pause = options_.first_pause;
    const int attempts = titles_.is_resting() ? 1 : options_.attempts;
    for (int attempt = 1;; ++attempt) {
        Result<> read = co_await titles_.read(std::vector<std::string>{titles});
        if (read || !may_pass(read.error())) {
            co_return read;
        }
        if (attempt >= attempts) {
            if (read.error().code != Errc::overloaded) { // a crowd passes by itself
                titles_.rest();
            }
            co_return read;
        }
        const std::chrono::milliseconds asked = read.error().retry_after.value_or(std::chrono::seconds{0});
        timer.expires_after(std::min(std::max(pause, asked), options_.longest_pause));
        co_await timer.async_wait(asio::as_tuple(use_task));
        pause *= 3;
    }
}

Task<void> EmotionWorker::give_up(std::string id, Error error) {
    report(error);
    const Result<std::optional<Job>> over =
        co_await jobs_.finish(std::move(id), {.error = words_for(error)}, true);
    if (!over) {
        report(over.error());
        interrupted_ = true; // it is taken up again when storage works
    }
}

void EmotionWorker::report(const Error& error) const {
    if (report_) {
        report_("emotions.job", error);
    }
}

} // namespace personalify::app

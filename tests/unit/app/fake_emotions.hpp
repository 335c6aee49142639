#pragma once

#include "app/emotion_worker.hpp"
#include "app/title_emotions.hpp"
#include "unit/app/world.hpp"

#include <deque>
#include <set>

namespace personalify::test {

/// Reads "joy" in every text unless told otherwise.
class FakeEngine final : public app::EmotionEngine {
public:
    std::string version() const override { return "fake-1"; }
    Task<Result<std::vector<app::EmotionReading>>> read(std::vector<std::string> texts) override {
        ++calls;
        co_await pass_turns(turns);
        if (throws) {
            throw std::runtime_error{"the model broke"};
        }
        if (!failures.empty()) {
            Error failure = failures.front();
            failures.pop_front();
            co_return std::unexpected(std::move(failure));
        }
        std::vector<app::EmotionReading> readings;
        for (const std::string& text : texts) {
            app::EmotionReading reading{.language = "en", .engine = "fake"};
            const auto said = labels.find(text);
            reading.provisional = provisional;
            reading.probabilities[emotion_from(said == labels.end() ? "joy" : said->second).value()] = 0.5F;
            readings.push_back(std::move(reading));
        }
        batches.push_back(std::move(texts));
        if (meanwhile) {
            co_await std::exchange(meanwhile, {})();
        }
        co_return readings;
    }
    void fail_times(int times, Errc code, std::optional<std::chrono::seconds> retry_after = std::nullopt) {
        failures.assign(static_cast<std::size_t>(times),
                        Error{code, "The engine is away.", "scripted", retry_after});
    }

    std::map<std::string, std::string> labels; ///< by text
    std::deque<Error> failures;                ///< of the next calls
    std::function<Task<void>()> meanwhile;     ///< runs once, before the next answer is given
    std::vector<std::vector<std::string>> batches;
    bool throws = false;
    bool provisional = false; ///< a service that should have had a part is away
    int turns = 0;
    int calls = 0;
};

class FakeReadings final : public app::TitleReadingStore, public Failing {
public:
    Task<Result<Found>> find(std::string engine, std::vector<std::string> titles) override {
        Found found;
        for (const std::string& title : titles) {
            const auto at = kept.find({engine, title});
            found.push_back(at == kept.end() ? std::nullopt : std::optional{at->second});
        }
        co_return unless_failing(std::move(found));
    }
    Task<Result<>> save(std::string engine, std::vector<app::TitleReading> readings, int most) override {
        most_kept = most;
        for (const app::TitleReading& reading : readings) {
            kept[{engine, reading.title}] = reading.probabilities;
        }
        co_return unless_failing();
    }

    std::map<std::pair<std::string, std::string>, EmotionProbabilities> kept; ///< by engine and title
    int most_kept = 0;
};

class FakeJobs final : public app::JobStore, public Failing {
public:
    using Maybe = std::optional<app::Job>;

    Task<Result<app::Job>> enqueue(app::Job job, int) override {
        if (failure) {
            co_return std::unexpected(*failure);
        }
        const auto active = std::ranges::find_if(jobs, [&](const app::Job& other) {
            return other.user == job.user && other.range == job.range && !other.is_over();
        });
        if (active == jobs.end()) {
            co_return jobs.emplace_back(std::move(job));
        }
        active->extended = active->extended || job.extended;
        co_return *active;
    }
    Task<Result<Maybe>> find(std::string id) override {
        const auto at = std::ranges::find(jobs, id, &app::Job::id);
        co_return unless_failing(at == jobs.end() ? Maybe{} : Maybe{*at});
    }
    Task<Result<std::vector<app::Job>>> list(UserId user, int) override {
        std::vector<app::Job> found;
        std::ranges::copy_if(jobs, std::back_inserter(found),
                             [&](const app::Job& job) { return job.user == user; });
        std::ranges::reverse(found);
        co_return unless_failing(std::move(found));
    }
    Task<Result<Maybe>> start_next(TimePoint now) override {
        const auto at = std::ranges::find(jobs, app::JobState::queued, &app::Job::state);
        if (failure || at == jobs.end()) {
            co_return unless_failing(Maybe{});
        }
        at->state = app::JobState::running;
        at->updated_at = now;
        co_return Maybe{*at};
    }
    Task<Result<Maybe>> advance(std::string id, int steps_done, int steps, TimePoint now) override {
        app::Job* job = running(id);
        if (failure || job == nullptr) {
            co_return unless_failing(Maybe{});
        }
        job->steps_done = steps_done;
        job->steps = steps;
        job->updated_at = now;
        progress.emplace_back(steps_done, steps);
        co_return Maybe{*job};
    }
    Task<Result<Maybe>> finish(std::string id, app::JobEnd end, bool extended, TimePoint now) override {
        app::Job* job = running(id);
        if (failure || job == nullptr || (job->extended && !extended)) {
            co_return unless_failing(Maybe{});
        }
        job->state = end.result ? app::JobState::done : app::JobState::failed;
        job->result = std::move(end.result);
        job->error = std::move(end.error);
        job->updated_at = now;
        co_return Maybe{*job};
    }
    Task<Result<int>> requeue_running(int, std::string, TimePoint) override {
        int count = 0;
        for (app::Job& job : jobs) {
            if (job.state == app::JobState::running) {
                job.state = app::JobState::queued;
                ++count;
            }
        }
        co_return unless_failing(count);
    }
    Task<Result<int>> erase_over(TimePoint before, int) override {
        co_return unless_failing(static_cast<int>(std::erase_if(
            jobs, [&](const app::Job& job) { return job.is_over() && job.updated_at < before; })));
    }

    std::deque<app::Job> jobs; ///< in order
    std::vector<std::pair<int, int>> progress;

private:
    app::Job* running(const std::string& id) {
        const auto at = std::ranges::find(jobs, id, &app::Job::id);
        return at == jobs.end() || at->state != app::JobState::running ? nullptr : &*at;
    }
};

/// The emotions of titles on fakes, beside a World.
struct EmotionWorld {
    explicit EmotionWorld(World& world)
        : clock(world.clock)
        , places{world.library, world.history_store, world.cache} {}

    const Clock& clock;
    FakeEngine engine;
    FakeReadings readings;
    FakeJobs job_store;
    std::vector<std::string> reported; ///< "emotions.job cause"
    app::Report report = [this](std::string_view what, const Error& error) {
        reported.push_back(std::string{what} + ' ' + error.cause);
    };
    app::EmotionPlaces places;
    app::TitleReader titles{readings, engine, clock};
    app::JobService jobs{job_store, clock};
    app::TitleEmotions emotions{titles, jobs, places, report};
    app::EmotionWorker worker{
        titles,
        jobs,
        places,
        {.first_pause = std::chrono::milliseconds{1}, .longest_pause = std::chrono::milliseconds{2}},
        report};
};

} // namespace personalify::test

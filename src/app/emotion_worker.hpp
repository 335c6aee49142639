#pragma once

#include "app/title_emotions.hpp"
#include "core/single_flight.hpp"

namespace personalify::app {

struct EmotionWorkerOptions {
    std::size_t at_once = 5; ///< titles that the engine is given together; progress is told in between
    int attempts = 4;        ///< of one reading, while the engine is busy or away
    std::chrono::milliseconds first_pause{500}; ///< before the second attempt; then three times as long
    std::chrono::milliseconds longest_pause{15'000};
};

/// Works off the jobs that read titles: one at a time, in order. One per process, and alone with the store's
/// jobs. Lives on one shard; its jobs survive a crash.
class EmotionWorker {
public:
    EmotionWorker(TitleReader& titles, JobService& jobs, EmotionPlaces places,
                  EmotionWorkerOptions options = {}, Report report = nullptr)
        : titles_(titles)
        , jobs_(jobs)
        , places_(places)
        , options_(options)
        , report_(std::move(report)) {}

    /// Works on `shard` as jobs come, and never ends. Those that a crash interrupted come first. Call it
    /// before there are requests.
    Task<void> work(Executor shard);
    /// Runs the job that waits longest to its end; false when none waits, or storage is in trouble.
    Task<bool> run_next();

private:
    /// What wakes a worker that waits for jobs. Belongs to its shard.
    struct Bell {
        explicit Bell(Executor shard)
            : timer(shard) {}
        Timer timer;
        bool rang = false;
    };
    /// What a round over a job's titles came to.
    enum class Round { over, again };

    Task<void> work_by(std::shared_ptr<Bell> bell);
    Task<void> run(Job job);
    Task<Result<Round>> run_once(Job job);
    Task<Result<EmotionSummary>> read_all(const Job& job, std::vector<std::string> titles);
    Task<Result<>> read_patiently(std::vector<std::string> titles);
    Task<void> give_up(std::string id, Error error);
    Task<bool> take_back_interrupted();
    void report(const Error& error) const;

    TitleReader& titles_;
    JobService& jobs_;
    EmotionPlaces places_;
    EmotionWorkerOptions options_;
    Report report_;
    bool interrupted_ = true; ///< there may be jobs that say they run and don't
};

} // namespace personalify::app

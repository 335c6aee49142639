#pragma once

#include "nlp/local_engine.hpp"
#include "nlp/reading.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

namespace personalify::nlp {

/// The thread that reads, and what waits for it.
class EngineWorker {
public:
    using Outcome = Result<std::vector<app::EmotionReading>>;
    using Done = std::function<void(Outcome)>; ///< called once, on the worker's thread

    EngineWorker(LocalEngineOptions options, MakePreparer make_preparer);
    ~EngineWorker();
    EngineWorker(const EngineWorker&) = delete;
    EngineWorker& operator=(const EngineWorker&) = delete;

    /// False when too many wait already; `done` is not called then.
    bool enqueue(std::vector<std::string> texts, Done done);
    bool is_loaded() const { return loaded_; }
    std::string last_problem() const {
        const std::lock_guard lock(mutex_);
        return problem_;
    }
    void measure(metrics::Sink& sink) const;

private:
    using Instant = std::chrono::steady_clock::time_point;

    struct Request {
        std::vector<std::string> texts;
        Done done;
        Instant give_up;
        std::vector<Reading> readings = {};
        /// Jobs that wait: (text, job), in order.
        std::deque<std::pair<std::size_t, std::size_t>> waiting = {};
        std::size_t unfinished = 0;        ///< jobs without an answer
        std::optional<Error> problem = {}; ///< why it can't be read
    };

    /// A job of some request, picked for the next batch.
    struct Picked {
        Request* request;
        std::size_t text;
        std::size_t job;
        const Reading::Job& get() const { return request->readings[text].jobs()[job]; }
    };

    void serve();
    /// Takes what arrived; waits for it when there is nothing to do. False when the worker is to end.
    bool take_in();
    /// Cuts a request's texts into jobs, or notes what went wrong.
    void prepare(Request& request);
    Result<> begin_reading(Request& request);
    Result<> make_ready();
    void run_batch();
    std::vector<Picked> pick();
    static void mark_failed(Request& request, const Error& problem);
    /// Answers all that is being read with an error.
    void abandon(const Error& error);
    void answer_finished();
    Outcome outcome_of(const Request& request) const;
    void unload();

    LocalEngineOptions options_;
    MakePreparer make_preparer_;

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::unique_ptr<Request>> arrived_; ///< guarded by mutex_
    std::size_t unanswered_ = 0;                   ///< guarded by mutex_
    bool closing_ = false;                         ///< guarded by mutex_
    std::string problem_;                          ///< guarded by mutex_; of the last request, "" for none
    std::atomic<bool> loaded_ = false;
    std::atomic<int> networks_ = 0; ///< in memory
    metrics::Histogram batches_{metrics::call_seconds};
    metrics::Counter texts_;
    metrics::Counter failures_; ///< requests that could not be read

    // The worker's own.
    std::deque<std::unique_ptr<Request>> active_;
    std::optional<Artefact> artefact_;
    std::unique_ptr<TextPreparer> preparer_;
    std::unique_ptr<LocalModel> model_;
    std::thread thread_; ///< last: it uses all of the above
};

} // namespace personalify::nlp

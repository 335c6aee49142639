#include "nlp/engine_worker.hpp"

#include "nlp/memory.hpp"

#include <algorithm>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

namespace personalify::nlp {

namespace {

constexpr std::size_t most_rows = 16;            ///< before others are looked at again
constexpr int polite = 5;                        // of nice values
constexpr std::size_t most_prepared = 64 * 1024; // bytes of text between two batches: others wait meanwhile

} // namespace

EngineWorker::EngineWorker(LocalEngineOptions options, MakePreparer make_preparer)
    : options_(std::move(options))
    , make_preparer_(std::move(make_preparer))
    , thread_([this] { serve(); }) {}

EngineWorker::~EngineWorker() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

bool EngineWorker::enqueue(std::vector<std::string> texts, Done done) {
    {
        const std::lock_guard lock(mutex_);
        if (closing_ || unanswered_ >= options_.waiting_requests) {
            return false;
        }
        ++unanswered_;
        arrived_.push_back(std::make_unique<Request>(
            Request{.texts = std::move(texts),
                    .done = std::move(done),
                    .give_up = std::chrono::steady_clock::now() + options_.patience}));
    }
    wake_.notify_one();
    return true;
}

void EngineWorker::serve() {
    ::pthread_setname_np(::pthread_self(), "emotions");
    // Requests come first: on a busy machine this thread, and those that OpenVINO starts from it, give way.
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), polite);
    for (bool going_on = true; going_on;) {
        try {
            going_on = take_in();
            run_batch();
            answer_finished();
        } catch (
            const std::exception& problem) { // memory, most likely: this thread serves those who come later
            abandon({Errc::internal, "The texts can't be read.", problem.what()});
        }
    }
    for (auto* queue : {&active_, &arrived_}) {
        for (const std::unique_ptr<Request>& request : *queue) {
            request->done(fail(Errc::cancelled, "The service is shutting down."));
        }
    }
}

bool EngineWorker::take_in() {
    std::unique_lock lock(mutex_);
    const auto something = [this] { return closing_ || !arrived_.empty(); };
    if (active_.empty()) {
        while (!something()) {
            if (!loaded_) {
                wake_.wait(lock, something);
            } else if (!wake_.wait_for(lock, options_.keep_idle, something)) {
                unload();
            }
        }
        // The first of a batch: others that come within a moment share it.
        const auto until = std::chrono::steady_clock::now() + options_.gathering;
        const auto enough = [this] { return closing_ || arrived_.size() >= most_rows; };
        wake_.wait_until(lock, until, enough);
    }
    if (closing_) {
        return false;
    }
    std::deque<std::unique_ptr<Request>> fresh;
    for (std::size_t bytes = 0; !arrived_.empty() && bytes < most_prepared;) {
        for (const std::string& text : arrived_.front()->texts) {
            bytes += text.size();
        }
        fresh.push_back(std::move(arrived_.front()));
        arrived_.pop_front();
    }
    lock.unlock();
    for (std::unique_ptr<Request>& request : fresh) {
        active_.push_back(std::move(request));
        prepare(*active_.back());
    }
    answer_finished();
    return true;
}

Result<> EngineWorker::make_ready() {
    if (!artefact_) {
        Result<Artefact> read = read_artefact(options_.folder);
        if (!read) {
            return std::unexpected(std::move(read.error()));
        }
        artefact_ = std::move(*read);
    }
    if (!preparer_) {
        Result<std::unique_ptr<TextPreparer>> made = make_preparer_();
        if (!made) { // which file it was is the operator's business
            artefact_.reset();
            return fail(Errc::upstream_unavailable, "The emotion model is not installed.",
                        made.error().detail);
        }
        preparer_ = std::move(*made);
    }
    if (!model_) {
        model_ = std::make_unique<LocalModel>(*artefact_, options_.threads);
    }
    loaded_ = true;
    return {};
}

Result<> EngineWorker::begin_reading(Request& request) {
    if (Result<> ready = make_ready(); !ready) {
        return ready;
    }
    for (std::size_t text = 0; text < request.texts.size(); ++text) {
        Result<Reading> reading = Reading::begin(request.texts[text], *artefact_, *preparer_, *model_);
        if (!reading) {
            return std::unexpected(std::move(reading.error()));
        }
        for (std::size_t job = 0; job < reading->jobs().size(); ++job) {
            request.waiting.emplace_back(text, job);
        }
        request.readings.push_back(std::move(*reading));
    }
    request.unfinished = request.waiting.size();
    return {};
}

void EngineWorker::prepare(Request& request) {
    Result<> begun;
    try {
        begun = begin_reading(request);
    } catch (const std::exception& problem) { // this thread serves others too
        begun = fail(Errc::internal, "The texts can't be read.", problem.what());
    }
    if (!begun) {
        mark_failed(request, begun.error());
    }
}

std::vector<EngineWorker::Picked> EngineWorker::pick() {
    const auto first =
        std::ranges::find_if(active_, [](const auto& request) { return !request->waiting.empty(); });
    if (first == active_.end()) {
        return {};
    }
    const auto job_of = [](Request& request, const auto& place) {
        return Picked{&request, place.first, place.second};
    };
    const Reading::Job& head = job_of(**first, (*first)->waiting.front()).get();
    const auto fits = [&](const Reading::Job& job) {
        return job.network == head.network && job.length == head.length;
    };
    std::vector<Picked> batch;
    for (bool found = true; found && batch.size() < most_rows;) {
        found = false;
        for (const std::unique_ptr<Request>& request : active_) { // one each, then again from the first
            auto& waiting = request->waiting;
            const auto at = std::ranges::find_if(
                waiting, [&](const auto& place) { return fits(job_of(*request, place).get()); });
            if (at != waiting.end() && batch.size() < most_rows) {
                batch.push_back(job_of(*request, *at));
                waiting.erase(at);
                found = true;
            }
        }
    }
    return batch;
}

void EngineWorker::run_batch() {
    std::vector<Picked> batch = pick();
    if (batch.empty()) {
        return;
    }
    for (std::size_t from = 0; from < batch.size();) {
        const std::size_t rows = std::min(rows_for(batch.size() - from), batch.size() - from);
        std::vector<const Piece*> pieces;
        for (std::size_t i = from; i < from + rows; ++i) {
            pieces.push_back(&batch[i].get().piece);
        }
        const auto begin = std::chrono::steady_clock::now();
        const Result<std::vector<EmotionProbabilities>> logits =
            model_->run(batch.front().get().network, pieces, batch.front().get().length);
        batches_.observe(std::chrono::steady_clock::now() - begin);
        if (!logits) {
            for (const Picked& picked : batch) {
                mark_failed(*picked.request, logits.error());
            }
            return;
        }
        for (std::size_t i = 0; i < rows; ++i) {
            const Picked& picked = batch[from + i];
            picked.request->readings[picked.text].add(picked.job, (*logits)[i]);
            --picked.request->unfinished;
        }
        from += rows;
    }
    // Whoever was served first stands last in the next batch.
    std::ranges::rotate(active_, std::next(active_.begin()));
}

void EngineWorker::mark_failed(Request& request, const Error& problem) {
    request.waiting.clear();
    request.unfinished = 0;
    request.problem = problem;
}

void EngineWorker::abandon(const Error& error) {
    const auto abandoned = std::exchange(active_, {});
    {
        const std::lock_guard lock(mutex_);
        unanswered_ -= abandoned.size();
    }
    for (const std::unique_ptr<Request>& request : abandoned) {
        request->done(std::unexpected(error));
    }
}

void EngineWorker::answer_finished() {
    const auto now = std::chrono::steady_clock::now();
    for (auto at = active_.begin(); at != active_.end();) {
        if ((*at)->unfinished > 0 && now <= (*at)->give_up) {
            ++at;
            continue;
        }
        Outcome outcome = outcome_of(**at);
        (outcome ? texts_ : failures_).add(outcome ? outcome->size() : 1);
        networks_ = model_ ? model_->loaded() : 0;
        const Done done = std::move((*at)->done);
        at = active_.erase(at);
        {
            const std::lock_guard lock(mutex_);
            problem_ = outcome ? std::string{} : outcome.error().detail;
            --unanswered_; // before anybody hears of it: whoever is answered may ask again at once
        }
        done(std::move(outcome));
    }
}

EngineWorker::Outcome EngineWorker::outcome_of(const Request& request) const {
    if (request.problem) {
        return std::unexpected(*request.problem);
    }
    if (request.unfinished > 0) {
        return fail(Errc::overloaded, "Too many texts are being read. Please try again.");
    }
    std::vector<app::EmotionReading> readings;
    for (const Reading& reading : request.readings) {
        readings.push_back(reading.finish(*artefact_));
    }
    return readings;
}

void EngineWorker::unload() {
    model_.reset();
    preparer_.reset();
    artefact_.reset();
    trim_heap();
    forget_code("libopenvino");
    forget_code("libtbb");
    loaded_ = false;
    networks_ = 0;
}

void EngineWorker::measure(metrics::Sink& sink) const {
    sink.family("personalify_model_batch_duration_seconds", metrics::Kind::histogram,
                "Runs of the emotion model, a batch each.");
    sink.sample({}, batches_.snapshot());
    sink.counter("personalify_model_texts_total", "Texts that the emotion model read.", texts_.value());
    sink.counter("personalify_model_failures_total", "Requests that the emotion model could not read.",
                 failures_.value());
    sink.gauge("personalify_model_networks_loaded", "Networks of the emotion model in memory.",
               networks_.load());
}

} // namespace personalify::nlp

#include "nlp/local_engine.hpp"

#include "nlp/engine_worker.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

namespace personalify::nlp {

namespace {

std::string version_of(const std::filesystem::path& folder) {
    const Result<Artefact> artefact = read_artefact(folder);
    return artefact ? artefact->version : "none";
}

} // namespace

LocalEmotionEngine::LocalEmotionEngine(LocalEngineOptions options, MakePreparer make_preparer)
    : version_(options.version.empty() ? version_of(options.folder) : options.version) {
    worker_ = std::make_unique<EngineWorker>(std::move(options), std::move(make_preparer));
}

LocalEmotionEngine::~LocalEmotionEngine() = default;

std::string LocalEmotionEngine::version() const {
    return version_;
}

bool LocalEmotionEngine::is_loaded() const {
    return worker_->is_loaded();
}

std::string LocalEmotionEngine::last_problem() const {
    return worker_->last_problem();
}

void LocalEmotionEngine::measure(metrics::Sink& sink) const {
    worker_->measure(sink);
}

Task<Result<std::vector<app::EmotionReading>>> LocalEmotionEngine::read(std::vector<std::string> texts) {
    using Outcome = EngineWorker::Outcome;
    if (texts.empty()) {
        co_return Outcome{};
    }
    const Executor shard = co_await asio::this_coro::executor;
    auto start = [this, &texts, &shard]<class Handler>(Handler&& handler) {
        auto finish = [handler = std::forward<Handler>(handler), guard = asio::make_work_guard(shard),
                       shard](Outcome outcome) mutable {
            asio::post(shard, [handler = std::move(handler), outcome = std::move(outcome)]() mutable {
                std::move(handler)(std::move(outcome));
            });
        };
        auto shared = std::make_shared<decltype(finish)>(std::move(finish)); // a function has to be copied
        if (!worker_->enqueue(std::move(texts),
                              [shared](Outcome outcome) { (*shared)(std::move(outcome)); })) {
            (*shared)(fail(Errc::overloaded, "Too many texts are being read. Please try again."));
        }
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<Executor>&, void(Outcome)>(start,
                                                                                                   use_task);
}

} // namespace personalify::nlp

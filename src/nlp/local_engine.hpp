#pragma once

#include "app/ports/emotion_engine.hpp"
#include "core/metrics.hpp"
#include "nlp/artefact.hpp"
#include "nlp/text_preparer.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace personalify::nlp {

/// Makes what prepares texts; called on the model's own thread, when the first text comes.
using MakePreparer = std::function<Result<std::unique_ptr<TextPreparer>>()>;

struct LocalEngineOptions {
    /// What readings depend on, for version(); "" takes what the artefact calls itself.
    std::string version;
    std::filesystem::path folder;                 ///< of the artefact
    unsigned threads = 1;                         ///< that a network may use at once
    std::chrono::milliseconds gathering{3};       ///< how long a batch waits for further requests
    std::chrono::milliseconds patience{30'000};   ///< a request that takes longer is overload
    std::chrono::milliseconds keep_idle{600'000}; ///< unused for so long, the model leaves memory
    std::size_t waiting_requests = 256;           ///< more are refused as overloaded
};

/// The model in this process. One thread of its own reads for all: what comes within a few milliseconds
/// shares batches, in which requests take turns, so that a long text keeps no short one waiting. The networks
/// are loaded with the first text that needs them, and leave memory when nobody has asked for a while.
class LocalEmotionEngine final : public app::EmotionEngine {
public:
    LocalEmotionEngine(LocalEngineOptions options, MakePreparer make_preparer);
    /// What still waits ends as cancelled.
    ~LocalEmotionEngine() override;

    std::string version() const override;
    /// Errors: overloaded; upstream_unavailable when the model is not installed; cancelled; internal.
    Task<Result<std::vector<app::EmotionReading>>> read(std::vector<std::string> texts) override;

    /// Whether networks are in memory now.
    bool is_loaded() const;
    /// Why the last text could not be read; "" when it could, or none came yet.
    std::string last_problem() const;
    void measure(metrics::Sink& sink) const;

private:
    std::unique_ptr<class EngineWorker> worker_;
    std::string version_;
};

} // namespace personalify::nlp

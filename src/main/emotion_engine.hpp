#pragma once

#include "app/ports/emotion_engine.hpp"
#include "app/report.hpp"
#include "config/settings.hpp"
#include "core/clock.hpp"
#include "net/http_client.hpp"
#include "nlp/local_engine.hpp"
#include "storage/stores.hpp"
#include "upstream/common/report.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace personalify {

/// Where the models and word lists lie.
std::filesystem::path models_dir(const config::Settings& settings);

/// The model in this process. Where its files are missing it answers upstream_unavailable. A request that
/// takes longer than `patience` is overload.
std::shared_ptr<nlp::LocalEmotionEngine>
make_local_engine(const config::Settings& settings,
                  std::chrono::milliseconds patience = std::chrono::seconds{30});

/// What engines that ask services need; all of it outlives them.
struct EngineNeeds {
    net::HttpClient& client;
    storage::Stores& stores;
    const Clock& clock;
    app::Report report;
    upstream::Report upstreams;
};

/// The engine that the settings ask for, and what to await before it reads: services that were closed before
/// a restart are remembered then.
struct ChosenEngine {
    std::shared_ptr<nlp::LocalEmotionEngine> local; ///< the one that reads, or stands in
    std::shared_ptr<app::EmotionEngine> engine;
    std::vector<std::function<Task<void>()>> restore;
};

/// Reads in this process, or through Hugging Face, or both; after a translation if one was chosen. Throws
/// std::invalid_argument for an address that can't be called.
ChosenEngine choose_engine(const config::Settings& settings, const EngineNeeds& needs);

} // namespace personalify

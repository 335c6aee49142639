#pragma once

#include "app/ports/emotion_engine.hpp"
#include "app/ports/translator.hpp"
#include "app/report.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::app {

/// Reports when a service begins to fail, not every time it does.
class ServiceHealth {
public:
    ServiceHealth(std::string what, Report report)
        : what_(std::move(what))
        , report_(std::move(report)) {}
    void worked() { failing_ = false; }
    void failed(const Error& error) {
        if (!failing_.exchange(true) && report_) {
            report_(what_, error);
        }
    }

private:
    std::string what_;
    Report report_;
    std::atomic<bool> failing_ = false;
};

/// Reads with both engines and averages; the local one alone when the other fails or takes longer than
/// `patience`. A reading's `engine` is "hybrid" or what the one that read says.
class HybridEngine final : public EmotionEngine {
public:
    HybridEngine(std::shared_ptr<EmotionEngine> local, std::shared_ptr<EmotionEngine> remote, Report report,
                 std::chrono::milliseconds patience = std::chrono::seconds{3});

    /// "hybrid(LOCAL + REMOTE)"
    std::string version() const override;
    /// Errors: the local engine's, when neither can read.
    Task<Result<std::vector<EmotionReading>>> read(std::vector<std::string> texts) override;

private:
    std::shared_ptr<EmotionEngine> local_;
    std::shared_ptr<EmotionEngine> remote_;
    ServiceHealth health_;
    std::chrono::milliseconds patience_;
};

/// Reads with the remote engine, and with the local one when that fails or takes longer than `patience`.
class RemoteFirstEngine final : public EmotionEngine {
public:
    RemoteFirstEngine(std::shared_ptr<EmotionEngine> local, std::shared_ptr<EmotionEngine> remote,
                      Report report, std::chrono::milliseconds patience = std::chrono::seconds{8});

    /// "first(REMOTE, LOCAL)"
    std::string version() const override;
    /// Errors: the local engine's.
    Task<Result<std::vector<EmotionReading>>> read(std::vector<std::string> texts) override;

private:
    std::shared_ptr<EmotionEngine> local_;
    std::shared_ptr<EmotionEngine> remote_;
    ServiceHealth health_;
    std::chrono::milliseconds patience_;
};

/// The language of a text: ISO 639-1, or "und" when it does not tell. Any thread.
using LanguageOf = std::function<std::string(std::string_view text)>;

/// Has texts that are not English translated before `inner` reads them, and marks those readings. Texts are
/// read as they are when the translator fails or takes longer than `patience`.
class TranslatingEngine final : public EmotionEngine {
public:
    TranslatingEngine(std::shared_ptr<EmotionEngine> inner, std::shared_ptr<Translator> translator,
                      LanguageOf language_of, Report report,
                      std::chrono::milliseconds patience = std::chrono::seconds{10});

    /// "translated(TRANSLATOR, INNER)"
    std::string version() const override;
    /// Errors: the inner engine's.
    Task<Result<std::vector<EmotionReading>>> read(std::vector<std::string> texts) override;

private:
    std::shared_ptr<EmotionEngine> inner_;
    std::shared_ptr<Translator> translator_;
    LanguageOf language_of_;
    ServiceHealth health_;
    std::chrono::milliseconds patience_;
};

/// A language as readings name it, from what a translation service calls it: "in" and "id-ID" are "id", "jw"
/// is "jv"; "und" for what is no ISO 639-1.
std::string iso_language(std::string_view service_code);

} // namespace personalify::app

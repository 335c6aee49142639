#pragma once

#include "app/ports/emotion_engine.hpp"
#include "app/ports/translator.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace personalify::test {

/// Reads `level` of joy in every text, or fails; remembers the texts.
class ScriptedEngine final : public app::EmotionEngine {
public:
    ScriptedEngine(std::string name, float level)
        : name_(std::move(name))
        , level_(level) {}

    std::string version() const override { return name_ + "-1"; }
    Task<Result<std::vector<app::EmotionReading>>> read(std::vector<std::string> given) override {
        texts.push_back(given);
        while (held) {
            co_await asio::post(co_await asio::this_coro::executor, use_task);
        }
        if (throws) {
            throw std::runtime_error("broken engine");
        }
        if (failure) {
            co_return std::unexpected(*failure);
        }
        std::vector<app::EmotionReading> readings(given.size() + surplus);
        for (app::EmotionReading& reading : readings) {
            reading.probabilities[emotion_from("joy").value()] = level_;
            reading.language = "su";
            reading.engine = name_;
        }
        co_return readings;
    }

    std::vector<std::vector<std::string>> texts; ///< of each call
    std::optional<Error> failure;
    bool throws = false;
    bool held = false;       ///< does not answer as long as this is set
    std::size_t surplus = 0; ///< readings that nobody asked for

private:
    std::string name_;
    float level_;
};

/// Translates what it knows; other texts stay as they are.
class FakeTranslator final : public app::Translator {
public:
    std::string name() const override { return "fake"; }
    Task<Result<std::vector<app::Translation>>> to_english(std::vector<std::string> given) override {
        texts.push_back(given);
        for (int turn = 0; held || turn < turns; ++turn) {
            co_await asio::post(co_await asio::this_coro::executor, use_task);
        }
        if (throws) {
            throw std::runtime_error("broken translator");
        }
        if (failure) {
            co_return std::unexpected(*failure);
        }
        std::vector<app::Translation> translations;
        for (std::string& text : given) {
            const auto at = known.find(text);
            translations.push_back(at == known.end() ? app::Translation{std::move(text), ""} : at->second);
        }
        translations.resize(translations.size() + surplus);
        co_return translations;
    }

    std::map<std::string, app::Translation> known;
    std::vector<std::vector<std::string>> texts; ///< of each call
    std::optional<Error> failure;
    bool throws = false;
    bool held = false;
    int turns = 0; ///< of the loop that a call takes
    std::size_t surplus = 0;
};

} // namespace personalify::test

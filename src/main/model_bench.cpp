#include "main/model_bench.hpp"

#include "main/console.hpp"
#include "nlp/local_engine.hpp"
#include "nlp/word_preparer.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <semaphore>
#include <string>
#include <vector>

namespace personalify {

namespace {

using namespace std::chrono_literals;
using Readings = Result<std::vector<app::EmotionReading>>;
using Millis = std::chrono::duration<double, std::milli>;

constexpr int times = 20;
constexpr std::size_t titles = 20;
constexpr std::size_t lyric_characters = 2500;
constexpr std::chrono::seconds longest_unloading{10};

/// Text that this language's words are known for; the numbers keep lines apart.
struct Sample {
    const char* language;
    const char* title;
    const char* line;
};
constexpr Sample samples[]{
    {"English", "love me tonight under the moon", "my lonely heart is burning and I can't let you go"},
    {"Indonesian", "rindu malam ini di bawah bulan", "hatiku sepi dan aku tidak bisa melupakan kamu"}};

void print_memory(const char* when) {
    std::ifstream status{"/proc/self/status"};
    double resident = 0;
    double peak = 0;
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) {
            resident = std::stod(line.substr(6)) / 1e3;
        } else if (line.starts_with("VmHWM:")) {
            peak = std::stod(line.substr(6)) / 1e3;
        }
    }
    std::printf("%-36s %8.1f MB resident, peak %.1f MB\n", when, resident, peak);
}

/// How long the engine takes; negative when it fails, which is said.
Millis read_once(app::EmotionEngine& engine, const std::vector<std::string>& texts) {
    asio::io_context loop{1};
    const auto began = std::chrono::steady_clock::now();
    Millis taken{-1};
    asio::co_spawn(loop, engine.read(texts), [&](std::exception_ptr thrown, Readings readings) {
        if (!thrown && readings) {
            taken = std::chrono::steady_clock::now() - began;
        } else if (!thrown) {
            complain(readings.error());
        }
    });
    loop.run();
    return taken;
}

bool measure(app::EmotionEngine& engine, const std::string& what, const std::vector<std::string>& texts) {
    const Millis first = read_once(engine, texts);
    std::vector<Millis> all;
    for (int i = 0; i < times; ++i) {
        all.push_back(read_once(engine, texts));
    }
    std::ranges::sort(all);
    if (first < Millis{0} || all.front() < Millis{0}) {
        return false;
    }
    std::printf("%-36s first %7.1f ms, then %7.1f ms (p50) %7.1f ms (p95)\n", what.c_str(), first.count(),
                all[times / 2].count(), all[times * 95 / 100].count());
    return true;
}

bool measure_language(app::EmotionEngine& engine, const Sample& sample) {
    std::vector<std::string> many;
    for (std::size_t i = 0; i < titles; ++i) {
        many.push_back(std::string{sample.title} + " " + std::to_string(i * 37));
    }
    std::string lyric;
    for (std::size_t i = 0; lyric.size() < lyric_characters; ++i) {
        lyric += std::string{sample.line} + " " + std::to_string(i) + (i % 4 == 3 ? "\n\n" : "\n");
    }
    lyric.resize(lyric_characters);
    const std::string language = sample.language;
    return measure(engine, language + ", one title", {sample.title}) &&
           measure(engine, language + ", 20 titles", many) &&
           measure(engine, language + ", lyric of 2,500 characters", {lyric});
}

/// Tells when the engine lets go of it, which it does on its way out of memory.
class LeavingPreparer final : public nlp::TextPreparer {
public:
    LeavingPreparer(nlp::WordPreparer words, std::counting_semaphore<>& left)
        : words_(std::move(words))
        , left_(left) {}
    ~LeavingPreparer() override { left_.release(); }
    LeavingPreparer(const LeavingPreparer&) = delete;
    LeavingPreparer& operator=(const LeavingPreparer&) = delete;

    nlp::Prepared prepare(std::string_view text) const override { return words_.prepare(text); }

private:
    nlp::WordPreparer words_;
    std::counting_semaphore<>& left_;
};

/// Measures both languages, and sees the model leave memory; the engine's end waits until it has.
bool measure_all(const nlp::LocalEngineOptions& options, const std::filesystem::path& models) {
    std::counting_semaphore<> left{0};
    nlp::LocalEmotionEngine engine{options, [&]() -> Result<std::unique_ptr<nlp::TextPreparer>> {
                                       Result<nlp::WordPreparer> words = nlp::WordPreparer::load(models, {});
                                       if (!words) {
                                           return std::unexpected(std::move(words.error()));
                                       }
                                       return std::make_unique<LeavingPreparer>(std::move(*words), left);
                                   }};
    print_memory("before");
    for (const Sample& sample : samples) {
        if (!measure_language(engine, sample)) {
            return false;
        }
        print_memory((std::string{sample.language} + " loaded").c_str());
    }
    return left.try_acquire_for(longest_unloading);
}

} // namespace

int model_bench(const std::filesystem::path& models, unsigned threads) {
    nlp::LocalEngineOptions options;
    options.folder = models / "emotions";
    options.threads = threads;
    options.keep_idle = 1s;
    if (!measure_all(options, models)) {
        return 1;
    }
    print_memory("unloaded");
    return 0;
}

} // namespace personalify

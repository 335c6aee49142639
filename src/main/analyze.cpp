#include "main/analyze.hpp"

#include "domain/text.hpp"
#include "json/write.hpp"
#include "main/console.hpp"
#include "main/emotion_engine.hpp"
#include "main/escaped_line.hpp"
#include "nlp/artefact.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <numeric>

namespace personalify {

namespace {

constexpr std::size_t texts_at_once = 128;
constexpr std::size_t bytes_at_once = 64 * 1024;

std::string number(float value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6f", double{value});
    return text;
}

std::string json_line(const app::EmotionReading& reading, const EmotionProbabilities& thresholds) {
    std::string labels;
    std::string probabilities;
    for (std::size_t i = 0; i < emotion_count; ++i) {
        const std::string label = '"' + std::string{emotion_labels[i]} + '"';
        if (reading.probabilities[i] >= thresholds[i]) {
            labels += (labels.empty() ? "" : ",") + label;
        }
        probabilities += (i == 0 ? "" : ",") + label + ':' + number(reading.probabilities[i]);
    }
    return R"({"labels":[)" + labels + R"(],"probabilities":{)" + probabilities + R"(},"language":)" +
           json::write(reading.language) + R"(,"engine":)" + json::write(reading.engine) + "}";
}

/// The three strongest emotions and the text: "sadness 61%, grief 20%, love 8% (id)<TAB>Hujan lagi".
std::string plain_line(const app::EmotionReading& reading, const std::string& text) {
    std::array<std::size_t, emotion_count> order{};
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        return reading.probabilities[a] > reading.probabilities[b];
    });
    std::string line;
    for (std::size_t i = 0; i < 3; ++i) {
        char share[64];
        std::snprintf(share, sizeof share, "%s%s %.0f%%", i == 0 ? "" : ", ",
                      std::string{emotion_labels[order[i]]}.c_str(),
                      100 * double{reading.probabilities[order[i]]});
        line += share;
    }
    return line + " (" + reading.language + ")\t" + escaped(text);
}

Result<std::vector<app::EmotionReading>> read_now(app::EmotionEngine& engine,
                                                  std::vector<std::string> texts) {
    asio::io_context loop(1);
    Result<std::vector<app::EmotionReading>> readings = fail(Errc::internal, "The texts were not read.");
    asio::co_spawn(loop, engine.read(std::move(texts)),
                   [&](std::exception_ptr thrown, Result<std::vector<app::EmotionReading>> read) {
                       if (thrown) {
                           std::rethrow_exception(thrown);
                       }
                       readings = std::move(read);
                   });
    loop.run();
    return readings;
}

Result<nlp::Artefact> artefact_of(const config::Settings& settings) {
    return nlp::read_artefact(models_dir(settings) / "emotions");
}

/// Reads and prints what is in `input`, a few lines at once; a line at once where somebody types them.
int analyze_input(Input& input, app::EmotionEngine& engine, const AnalyzeOptions& options,
                  const EmotionProbabilities& thresholds) {
    const bool typed = input.is_typed();
    std::vector<std::string> texts;
    std::size_t bytes = 0;
    const auto flush = [&] {
        bytes = 0;
        const std::vector<std::string> batch = std::exchange(texts, {});
        const Result<std::vector<app::EmotionReading>> readings =
            read_now(engine, std::vector<std::string>{batch});
        if (!readings) {
            complain(readings.error());
            return false;
        }
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const app::EmotionReading& reading = (*readings)[i];
            std::cout << (options.json ? json_line(reading, thresholds) : plain_line(reading, batch[i]))
                      << '\n';
        }
        std::cout.flush();
        return static_cast<bool>(std::cout);
    };
    for (std::string line; std::getline(input.stream(), line);) {
        std::string text = unescaped(line);
        texts.push_back(options.titles ? normalize_title(text) : std::move(text));
        bytes += texts.back().size();
        if ((typed || texts.size() >= texts_at_once || bytes >= bytes_at_once) && !flush()) {
            return 1;
        }
    }
    return texts.empty() || flush() ? 0 : 1;
}

} // namespace

int analyze(const config::Settings& settings, const AnalyzeOptions& options) {
    const Result<nlp::Artefact> artefact = artefact_of(settings);
    if (!artefact) {
        complain(artefact.error());
        return 1;
    }
    Result<Input> input = Input::open(options.input);
    if (!input) {
        complain(input.error());
        return 1;
    }
    const std::shared_ptr<app::EmotionEngine> engine = make_local_engine(settings, std::chrono::hours{24});
    return analyze_input(*input, *engine, options, artefact->thresholds);
}

int model_info(const config::Settings& settings) {
    const Result<nlp::Artefact> artefact = artefact_of(settings);
    if (!artefact) {
        complain(artefact.error());
        return 1;
    }
    std::printf("Emotion model %s in %s\n", artefact->version.c_str(), artefact->folder.c_str());
    std::printf("Languages with a way of their own:");
    for (const auto& [language, route] : artefact->routes) {
        std::printf(" %s", language.c_str());
    }
    std::printf("\n");
    for (const auto& [name, digest] : artefact->digests) {
        std::error_code missing;
        const auto size = std::filesystem::file_size(artefact->folder / name, missing);
        std::printf("%-20s %10.1f MB  sha256 %s\n", name.c_str(),
                    missing ? 0.0 : static_cast<double>(size) / 1e6, digest.c_str());
    }
    return 0;
}

} // namespace personalify

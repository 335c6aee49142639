#include "main/emotion_engine.hpp"

#include "app/caching_translator.hpp"
#include "app/emotion_engines.hpp"
#include "crypto/crypto.hpp"
#include "main/models_dir.hpp"
#include "nlp/artefact.hpp"
#include "nlp/local_engine.hpp"
#include "nlp/word_preparer.hpp"
#include "upstream/huggingface/huggingface.hpp"
#include "upstream/translate/translate.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace personalify {

namespace {

constexpr std::size_t telling_bytes = 2000; ///< of a text, for its language

/// Names all that a local reading depends on: readings are kept until one of these files changes.
std::string local_version(const std::filesystem::path& models, const std::filesystem::path& slang_file) {
    const Result<nlp::Artefact> artefact = nlp::read_artefact(models / "emotions");
    if (!artefact) {
        return "none";
    }
    std::vector<std::filesystem::path> files{models / "emotions/model.json"};
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator{models / "words", missing}) {
        files.push_back(entry.path());
    }
    std::ranges::sort(files);
    if (!slang_file.empty()) {
        files.push_back(slang_file);
    }
    std::ostringstream bytes;
    for (const std::filesystem::path& file : files) {
        bytes << file.filename().string() << '\n' << std::ifstream{file, std::ios::binary}.rdbuf();
        bytes.clear(); // an empty file leaves the stream failed
    }
    constexpr std::size_t digits = 12;
    return artefact->version + '-' + crypto::sha256_hex(std::move(bytes).str()).substr(0, digits);
}

/// Tells languages by the word lists; without them no text tells its language.
app::LanguageOf language_teller(const config::Settings& settings, const app::Report& report) {
    Result<nlp::WordPreparer> words = nlp::WordPreparer::load(models_dir(settings), settings.slang_file);
    if (!words) {
        report("emotions.languages", words.error());
        return [](std::string_view) { return std::string{"und"}; };
    }
    auto shared = std::make_shared<const nlp::WordPreparer>(std::move(*words));
    return [shared](std::string_view text) {
        // Runs where requests are served: the beginning of a text tells enough.
        return std::string{nlp::code_of(shared->languages().detect(text.substr(0, telling_bytes)))};
    };
}

/// The engine that has its part at Hugging Face.
std::shared_ptr<app::EmotionEngine> with_huggingface(const config::Settings& settings,
                                                     const EngineNeeds& needs,
                                                     const app::LanguageOf& language_of,
                                                     ChosenEngine& chosen) {
    std::shared_ptr<huggingface::HuggingFaceEngine> remote =
        huggingface::make_remote_engine({.api_key = settings.hugging_face_api_key,
                                         .model = settings.hf_model,
                                         .inference_url = settings.hf_inference_url,
                                         .language = language_of,
                                         .report = needs.upstreams},
                                        needs.client, needs.stores.upstream_state(), needs.clock);
    chosen.restore.emplace_back([remote] { return remote->restore(); });
    if (settings.emotion_engine == config::EmotionEngineChoice::hybrid) {
        return std::make_shared<app::HybridEngine>(chosen.engine, remote, needs.report);
    }
    return std::make_shared<app::RemoteFirstEngine>(chosen.engine, remote, needs.report);
}

std::shared_ptr<app::EmotionEngine> with_translation(const config::Settings& settings,
                                                     const EngineNeeds& needs,
                                                     const app::LanguageOf& language_of,
                                                     ChosenEngine& chosen) {
    const bool cloud = settings.translator == config::TranslatorChoice::google;
    std::shared_ptr<translate::RemoteTranslator> remote =
        translate::make_translator({.service = cloud ? translate::Service::cloud : translate::Service::web,
                                    .api_key = settings.google_translate_api_key,
                                    .cloud_url = settings.translate_cloud_url,
                                    .web_url = settings.translate_web_url,
                                    .report = needs.upstreams},
                                   needs.client, needs.stores.upstream_state(), needs.clock);
    chosen.restore.emplace_back([remote] { return remote->restore(); });
    auto caching =
        std::make_shared<app::CachingTranslator>(remote, needs.stores.translations(), needs.report);
    return std::make_shared<app::TranslatingEngine>(chosen.engine, caching, language_of, needs.report);
}

} // namespace

std::filesystem::path models_dir(const config::Settings& settings) {
    return settings.models_dir.empty() ? default_models_dir() : settings.models_dir;
}

std::shared_ptr<nlp::LocalEmotionEngine> make_local_engine(const config::Settings& settings,
                                                           std::chrono::milliseconds patience) {
    const std::filesystem::path models = models_dir(settings);
    nlp::LocalEngineOptions options;
    options.folder = models / "emotions";
    options.threads = static_cast<unsigned>(settings.emotion_threads);
    options.keep_idle = settings.emotion_idle;
    options.patience = patience;
    options.version = local_version(models, settings.slang_file);
    nlp::MakePreparer make_preparer =
        [models, slang = settings.slang_file]() -> Result<std::unique_ptr<nlp::TextPreparer>> {
        Result<nlp::WordPreparer> words = nlp::WordPreparer::load(models, slang);
        if (!words) {
            return std::unexpected(std::move(words.error()));
        }
        return std::make_unique<nlp::WordPreparer>(std::move(*words));
    };
    return std::make_shared<nlp::LocalEmotionEngine>(std::move(options), std::move(make_preparer));
}

ChosenEngine choose_engine(const config::Settings& settings, const EngineNeeds& needs) {
    ChosenEngine chosen{.local = make_local_engine(settings), .engine = {}, .restore = {}};
    chosen.engine = chosen.local;
    const bool remote = settings.emotion_engine != config::EmotionEngineChoice::local;
    const bool translated = settings.translator != config::TranslatorChoice::none;
    const app::LanguageOf language_of =
        remote || translated ? language_teller(settings, needs.report) : app::LanguageOf{};
    if (remote) {
        chosen.engine = with_huggingface(settings, needs, language_of, chosen);
    }
    if (translated) {
        chosen.engine = with_translation(settings, needs, language_of, chosen);
    }
    return chosen;
}

} // namespace personalify

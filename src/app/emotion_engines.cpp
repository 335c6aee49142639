#include "app/emotion_engines.hpp"

#include "core/concurrent.hpp"
#include "domain/letters.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace personalify::app {

namespace {

using Readings = std::vector<EmotionReading>;
using Translations = std::vector<Translation>;

Error thrown(const char* what) {
    return {Errc::internal, "Internal Server Error", what};
}

/// Goes on when nobody waits for it any more, so it keeps its engine.
Task<Result<Readings>> read_with(std::shared_ptr<EmotionEngine> engine, std::vector<std::string> texts) {
    try {
        co_return co_await engine->read(std::move(texts));
    } catch (const std::exception& failure) {
        co_return std::unexpected(thrown(failure.what()));
    }
}

Task<Result<Translations>> translate_with(std::shared_ptr<Translator> translator,
                                          std::vector<std::string> texts) {
    try {
        co_return co_await translator->to_english(std::move(texts));
    } catch (const std::exception& failure) {
        co_return std::unexpected(thrown(failure.what()));
    }
}

/// What a service brought in time, one for each text; its failure otherwise.
template <class T>
Result<std::vector<T>> judged(std::optional<Result<std::vector<T>>> brought, std::size_t texts) {
    if (!brought) {
        return fail(Errc::upstream_unavailable, "This is taking too long.", "no result in time");
    }
    if (*brought && (*brought)->size() != texts) {
        return fail(Errc::internal, "Internal Server Error", "another number of results than of texts");
    }
    return std::move(*brought);
}

void note(ServiceHealth& health, const auto& result) {
    if (result) {
        health.worked();
    } else {
        health.failed(result.error());
    }
}

/// Both engines' probabilities are independent per label, so their mean is one, too.
void average(Readings& local, const Readings& remote) {
    for (std::size_t i = 0; i < local.size(); ++i) {
        for (std::size_t label = 0; label < emotion_count; ++label) {
            float& probability = local[i].probabilities[label];
            probability = (probability + remote[i].probabilities[label]) / 2;
        }
        local[i].engine = "hybrid";
    }
}

/// A text that is not English, as far as one can tell.
struct Foreign {
    std::size_t at = 0;
    std::string language;
};

std::vector<Foreign> foreign_of(const std::vector<std::string>& texts, const LanguageOf& language_of) {
    std::vector<Foreign> foreign;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        std::string language = has_letters(texts[i]) ? language_of(texts[i]) : "en";
        if (language != "en") {
            foreign.push_back({i, std::move(language)});
        }
    }
    return foreign;
}

std::vector<std::string> originals_of(const std::vector<std::string>& texts,
                                      const std::vector<Foreign>& foreign) {
    std::vector<std::string> originals;
    originals.reserve(foreign.size());
    for (const Foreign& each : foreign) {
        originals.push_back(texts[each.at]);
    }
    return originals;
}

/// Leaves in `foreign` those that were translated: not names, and not what is English after all. Without
/// translations, none.
void put_into(std::vector<std::string>& texts, std::vector<Foreign>& foreign, Translations translations) {
    std::vector<Foreign> translated;
    for (std::size_t i = 0; i < translations.size(); ++i) {
        std::string& text = texts[foreign[i].at];
        const std::string said = iso_language(translations[i].source_language);
        if (said == "en" || translations[i].text == text || !has_letters(translations[i].text)) {
            continue;
        }
        text = std::move(translations[i].text);
        if (foreign[i].language == "und") {
            foreign[i].language = said;
        }
        translated.push_back(std::move(foreign[i]));
    }
    foreign = std::move(translated);
}

/// Those of an engine that stood in for another.
Result<Readings> provisional(Result<Readings> readings) {
    if (readings) {
        for (EmotionReading& reading : *readings) {
            reading.provisional = true;
        }
    }
    return readings;
}

} // namespace

HybridEngine::HybridEngine(std::shared_ptr<EmotionEngine> local, std::shared_ptr<EmotionEngine> remote,
                           Report report, std::chrono::milliseconds patience)
    : local_(std::move(local))
    , remote_(std::move(remote))
    , health_("emotions.remote", std::move(report))
    , patience_(patience) {}

std::string HybridEngine::version() const {
    return "hybrid(" + local_->version() + " + " + remote_->version() + ")";
}

Task<Result<Readings>> HybridEngine::read(std::vector<std::string> texts) {
    using std::chrono::steady_clock;
    const std::size_t count = texts.size();
    const auto until = steady_clock::now() + patience_;
    Started<Result<Readings>> under_way =
        start(co_await asio::this_coro::executor, read_with(remote_, texts));
    Result<Readings> local = judged<EmotionReading>(co_await read_with(local_, std::move(texts)), count);
    const auto left = std::chrono::floor<std::chrono::milliseconds>(until - steady_clock::now());
    Result<Readings> remote =
        judged(co_await under_way.value_within(std::max(left, std::chrono::milliseconds{0})), count);
    note(health_, remote);
    if (!remote) {
        co_return provisional(std::move(local));
    }
    if (!local) {
        co_return provisional(std::move(remote));
    }
    average(*local, *remote);
    co_return local;
}

RemoteFirstEngine::RemoteFirstEngine(std::shared_ptr<EmotionEngine> local,
                                     std::shared_ptr<EmotionEngine> remote, Report report,
                                     std::chrono::milliseconds patience)
    : local_(std::move(local))
    , remote_(std::move(remote))
    , health_("emotions.remote", std::move(report))
    , patience_(patience) {}

std::string RemoteFirstEngine::version() const {
    return "first(" + remote_->version() + ", " + local_->version() + ")";
}

Task<Result<Readings>> RemoteFirstEngine::read(std::vector<std::string> texts) {
    Started<Result<Readings>> under_way =
        start(co_await asio::this_coro::executor, read_with(remote_, texts));
    Result<Readings> remote = judged(co_await under_way.value_within(patience_), texts.size());
    note(health_, remote);
    if (remote) {
        co_return remote;
    }
    co_return provisional(co_await local_->read(std::move(texts)));
}

TranslatingEngine::TranslatingEngine(std::shared_ptr<EmotionEngine> inner,
                                     std::shared_ptr<Translator> translator, LanguageOf language_of,
                                     Report report, std::chrono::milliseconds patience)
    : inner_(std::move(inner))
    , translator_(std::move(translator))
    , language_of_(std::move(language_of))
    , health_("emotions.translate", std::move(report))
    , patience_(patience) {}

std::string TranslatingEngine::version() const {
    return "translated(" + translator_->name() + ", " + inner_->version() + ")";
}

Task<Result<Readings>> TranslatingEngine::read(std::vector<std::string> texts) {
    const std::size_t count = texts.size();
    std::vector<Foreign> foreign = foreign_of(texts, language_of_);
    std::vector<Foreign> untranslated;
    if (!foreign.empty()) {
        Started<Result<Translations>> under_way = start(
            co_await asio::this_coro::executor, translate_with(translator_, originals_of(texts, foreign)));
        Result<Translations> translations =
            judged(co_await under_way.value_within(patience_), foreign.size());
        note(health_, translations);
        if (!translations) {
            untranslated = foreign;
        }
        put_into(texts, foreign, translations ? std::move(*translations) : Translations{});
    }
    Result<Readings> readings = judged<EmotionReading>(co_await inner_->read(std::move(texts)), count);
    if (readings) {
        for (Foreign& each : foreign) {
            (*readings)[each.at].language = std::move(each.language);
            (*readings)[each.at].translated = true;
        }
        for (const Foreign& each : untranslated) {
            (*readings)[each.at].provisional = true;
        }
    }
    co_return readings;
}

std::string iso_language(std::string_view service_code) {
    std::string code{service_code.substr(0, service_code.find_first_of("-_"))};
    std::ranges::transform(code, code.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    // Names that Google keeps from before ISO changed them.
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> old_names{
        {{"in", "id"}, {"jw", "jv"}, {"iw", "he"}, {"ji", "yi"}, {"fil", "tl"}}};
    for (const auto& [old_name, name] : old_names) {
        if (code == old_name) {
            return std::string{name};
        }
    }
    const bool fits =
        code.size() == 2 && std::ranges::all_of(code, [](char c) { return c >= 'a' && c <= 'z'; });
    return fits ? code : "und";
}

} // namespace personalify::app

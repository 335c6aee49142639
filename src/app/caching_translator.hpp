#pragma once

#include "app/ports/translations.hpp"
#include "app/ports/translator.hpp"
#include "app/report.hpp"
#include "core/claims.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::app {

/// Remembers what another translator said, over restarts. Equal texts that are asked for at once are
/// translated once. Texts without letters are nobody's work. Failures are not remembered; a store that fails
/// is reported and done without.
class CachingTranslator final : public Translator {
public:
    static constexpr TranslationBounds kept{.count = 100'000, .bytes = 64 * 1024 * 1024};

    /// `store` and this object must outlive every call.
    CachingTranslator(std::shared_ptr<Translator> inner, TranslationStore& store, Report report)
        : inner_(std::move(inner))
        , store_(store)
        , report_(std::move(report)) {}

    std::string name() const override { return inner_->name(); }
    Task<Result<std::vector<Translation>>> to_english(std::vector<std::string> texts) override;

private:
    struct Job;

    Task<void> look_up(Job& job);
    Task<Result<>> translate(Job& job);
    Task<int> translate_claimed(std::vector<std::string> texts,
                                std::vector<Claims<Translation>::Claim> claims);
    Task<void> remember(std::vector<StoredTranslation> translations);

    std::shared_ptr<Translator> inner_;
    TranslationStore& store_;
    Report report_;
    Claims<Translation> claims_;
};

/// The text without what makes no difference to a translation: carriage returns, and blanks at the ends of
/// lines.
std::string normalized_for_translation(std::string_view text);

} // namespace personalify::app

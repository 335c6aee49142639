#pragma once

#include "nlp/dictionary.hpp"
#include "nlp/language.hpp"
#include "nlp/normalizer.hpp"
#include "nlp/text_preparer.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace personalify::nlp {

/// Tells the language, turns slang into formal words and these into English, all from word lists: no text
/// leaves the machine. Made once, then only read: thread-safe.
class WordPreparer final : public TextPreparer {
public:
    /// Reads the lists in `models_dir`/words and the operator's own slang ("" for none). Errors: not_found.
    static Result<WordPreparer> load(const std::filesystem::path& models_dir,
                                     const std::filesystem::path& slang_file);

    /// Reads at most `longest_text` bytes; what follows is left out.
    Prepared prepare(std::string_view text) const override;

    const Normalizer& normalizer() const { return normalizer_; }
    const LanguageDetector& languages() const { return *languages_; }
    const Dictionary& dictionary() const { return dictionary_; }

    static constexpr std::size_t longest_text = 200'000;

private:
    WordPreparer(Normalizer normalizer, std::shared_ptr<const LanguageDetector> languages,
                 Dictionary dictionary)
        : normalizer_(std::move(normalizer))
        , languages_(std::move(languages))
        , dictionary_(std::move(dictionary)) {}

    Normalizer normalizer_;
    std::shared_ptr<const LanguageDetector> languages_;
    Dictionary dictionary_;
};

} // namespace personalify::nlp

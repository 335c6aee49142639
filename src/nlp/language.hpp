#pragma once

#include "nlp/known_words.hpp"
#include "nlp/slang.hpp"
#include "nlp/word_table.hpp"

#include <filesystem>
#include <memory>
#include <string_view>

namespace personalify::nlp {

/// The languages of texts: those whose words are known, and those that show by their script.
enum class Language {
    undetermined, ///< no letters, or none of these
    english,
    indonesian,
    sundanese,
    arabic,
    chinese,
    greek,
    hebrew,
    hindi,
    japanese,
    korean,
    russian,
    thai,
};

/// The code of ISO 639: "en", "id", "su", "ja", ...; "und" for undetermined.
std::string_view code_of(Language language);

/// Tells the language of titles, lyrics and messages word by word, slang included; in a mixture the majority
/// of words decides. Made once, then only read: thread-safe.
class LanguageDetector {
public:
    /// `ngrams`: language-ngrams.tsv.
    LanguageDetector(std::shared_ptr<const KnownWords> words, std::shared_ptr<const Slang> slang,
                     WordTable ngrams);

    /// Reads at most the first few hundred words.
    Language detect(std::string_view text) const;

private:
    /// How much a word speaks for each language; higher is likelier.
    struct Scores {
        double english = 0;
        double indonesian = 0;
        double sundanese = 0;
        bool known = false; ///< by some list, and not guessed from the letters
    };
    Scores scores_of(std::string_view word) const;
    Scores letters_of(std::string_view word) const;

    std::shared_ptr<const KnownWords> words_;
    std::shared_ptr<const Slang> slang_;
    WordTable ngrams_;
};

} // namespace personalify::nlp

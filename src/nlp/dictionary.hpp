#pragma once

#include "nlp/language.hpp"
#include "nlp/word_table.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace personalify::nlp {

/// Translates Indonesian and Sundanese word by word into English: no good English, but the words that carry
/// feeling are there. Idioms go first, then words, then what is left of them without prefixes and suffixes.
/// Made once, then only read: thread-safe.
class Dictionary {
public:
    /// Reads indonesian-english.tsv, sundanese-english.tsv and, for words that these lack,
    /// freedict-indonesian-english.tsv. Errors: not_found.
    static Result<Dictionary> load(const std::filesystem::path& folder);

    /// Expects formal words (see Normalizer). Unknown words, punctuation and line breaks stay; English and
    /// languages that are in no dictionary come back as they are.
    std::string to_english(std::string_view text, Language language) const;

    /// The English for one word or idiom in lower case; "" for a particle without meaning, nothing when the
    /// word is unknown.
    std::optional<std::string> find(std::string_view word, Language language) const;

private:
    std::optional<std::string_view> listed(std::string_view word, Language language) const;
    std::optional<std::string> derived(std::string_view word, Language language) const;
    std::optional<std::string> with_pronoun(std::string_view word, Language language) const;

    WordTable indonesian_;
    WordTable sundanese_;
    WordTable freedict_;
};

} // namespace personalify::nlp

#pragma once

#include "nlp/known_words.hpp"
#include "nlp/slang.hpp"
#include "nlp/spelling.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace personalify::nlp {

/// How single colloquial words become formal ones: the dictionary, then rules of spelling and affixes whose
/// results must be known words. All words are in lower case.
class SlangRules {
public:
    SlangRules(const KnownWords& words, const Slang& slang, const SpellingIndex& spelling, bool is_sundanese)
        : words_(words)
        , slang_(slang)
        , spelling_(spelling)
        , is_sundanese_(is_sundanese) {}

    bool is_sundanese() const { return is_sundanese_; }

    /// What the dictionary says; its value may be several words.
    std::optional<std::string_view> entry(std::string_view word) const;
    /// The formal word behind `word` by dictionary or rule; nothing when it is formal already, or unknown.
    std::optional<std::string> formal(std::string_view word, bool may_be_name) const;
    /// "anak2", "kata2nya", "ber-sama2" or "org²": the word written twice.
    std::optional<std::string> doubled(std::string_view word) const;
    /// A word said twice in short: "jalan" gives "jalan-jalan", "bersama" gives "bersama-sama".
    std::optional<std::string> twice(std::string_view word, std::string_view ending) const;

    /// The formal form of what may follow a word said twice ("ny" of "kata2ny"); nothing for anything else.
    static std::optional<std::string_view> formal_ending(std::string_view ending);

private:
    /// An English word that is used in Indonesian, with or without affixes: "rollnya", "diskip", "settingan".
    bool has_foreign_stem(std::string_view word) const;
    /// The formal form of a part of a word: by dictionary, as it is, or (while `depth` lasts) by rule.
    std::optional<std::string> part(std::string_view word, int depth) const;
    std::optional<std::string> by_rule(std::string_view word, int depth) const;

    std::optional<std::string> stretched(std::string_view word) const;
    std::optional<std::string> with_clitic(std::string_view word, int depth) const;
    std::optional<std::string> with_in(std::string_view word, int depth) const;
    std::optional<std::string> nasal(std::string_view word, int depth) const;
    std::optional<std::string> with_prefix(std::string_view word, int depth) const;
    std::optional<std::string> with_final_letter(std::string_view word) const;
    std::optional<std::string>
    respelled(std::string_view word, const std::optional<SpellingIndex::Match>& match, int furthest) const;

    const KnownWords& words_;
    const Slang& slang_;
    const SpellingIndex& spelling_;
    bool is_sundanese_;
};

} // namespace personalify::nlp

#pragma once

#include "nlp/known_words.hpp"
#include "nlp/language.hpp"
#include "nlp/slang.hpp"
#include "nlp/spelling.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace personalify::nlp {

class SlangRules;
struct Span;

/// Turns colloquial Indonesian and Sundanese into formal words: "gw bgt sm kmu" into "saya banget sama kamu".
/// What is no slang keeps every byte: formal words, English, names, mentions, tags, addresses, emoji, spaces.
/// Made once, then only read: thread-safe.
class Normalizer {
public:
    Normalizer(std::shared_ptr<const KnownWords> words, std::shared_ptr<const Slang> slang,
               std::shared_ptr<const LanguageDetector> languages);

    std::string normalize(std::string_view text) const;

private:
    /// What the rules said of a word, since texts repeat themselves.
    using Memory = std::unordered_map<std::string, std::optional<std::string>>;
    class Block;
    static bool is_acronym(std::string_view word, const Block& block);
    void normalize_block(std::string_view block, Memory& memory, std::string& out) const;
    std::optional<std::string> formal_of(const Block& block, std::size_t index, const Span& span,
                                         const SlangRules& rules, Memory& memory) const;

    std::shared_ptr<const KnownWords> words_;
    std::shared_ptr<const Slang> slang_;
    std::shared_ptr<const LanguageDetector> languages_;
    SpellingIndex spelling_;
};

} // namespace personalify::nlp

#pragma once

#include "nlp/known_words.hpp"
#include "nlp/normalizer.hpp"

#include <stdexcept>

namespace personalify::nlp {

/// The word lists of the source tree, read once.
inline std::shared_ptr<const KnownWords> shipped_words() {
    static const auto words = [] {
        Result<KnownWords> read = KnownWords::load(PERSONALIFY_WORDS_DIR);
        if (!read) {
            throw std::runtime_error(read.error().detail);
        }
        return std::make_shared<const KnownWords>(std::move(*read));
    }();
    return words;
}

inline std::shared_ptr<const Slang> shipped_slang(const std::filesystem::path& overlay = {}) {
    Result<Slang> read = Slang::load(PERSONALIFY_WORDS_DIR, overlay);
    if (!read) {
        throw std::runtime_error(read.error().detail);
    }
    return std::make_shared<const Slang>(std::move(*read));
}

inline std::shared_ptr<const LanguageDetector> shipped_languages() {
    WordTable ngrams;
    if (const Result<> read =
            ngrams.read(std::filesystem::path{PERSONALIFY_WORDS_DIR} / "language-ngrams.tsv");
        !read) {
        throw std::runtime_error(read.error().detail);
    }
    return std::make_shared<const LanguageDetector>(shipped_words(), shipped_slang(), std::move(ngrams));
}

} // namespace personalify::nlp

#include "nlp/word_preparer.hpp"

namespace personalify::nlp {

Result<WordPreparer> WordPreparer::load(const std::filesystem::path& models_dir,
                                        const std::filesystem::path& slang_file) {
    const std::filesystem::path folder = models_dir / "words";
    Result<KnownWords> words = KnownWords::load(folder);
    if (!words) {
        return std::unexpected(std::move(words.error()));
    }
    Result<Slang> slang = Slang::load(folder, slang_file);
    if (!slang) {
        return std::unexpected(std::move(slang.error()));
    }
    WordTable ngrams;
    if (Result<> read = ngrams.read(folder / "language-ngrams.tsv"); !read) {
        return std::unexpected(std::move(read.error()));
    }
    Result<Dictionary> dictionary = Dictionary::load(folder);
    if (!dictionary) {
        return std::unexpected(std::move(dictionary.error()));
    }
    auto known = std::make_shared<const KnownWords>(std::move(*words));
    auto colloquial = std::make_shared<const Slang>(std::move(*slang));
    auto languages = std::make_shared<const LanguageDetector>(known, colloquial, std::move(ngrams));
    return WordPreparer{Normalizer{known, colloquial, languages}, languages, std::move(*dictionary)};
}

Prepared WordPreparer::prepare(std::string_view text) const {
    text = text.substr(0, longest_text);
    const Language language = languages_->detect(text);
    Prepared prepared{
        .language = std::string{code_of(language)}, .normalised = normalizer_.normalize(text), .english = {}};
    prepared.english = dictionary_.to_english(prepared.normalised, language);
    return prepared;
}

} // namespace personalify::nlp

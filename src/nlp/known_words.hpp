#pragma once

#include "nlp/word_table.hpp"

#include <filesystem>
#include <optional>
#include <string_view>

namespace personalify::nlp {

/// The words that are known of each language, and how common they are. Made once, then only read:
/// thread-safe.
class KnownWords {
public:
    /// Reads words-indonesian.txt, words-english.txt, words-sundanese.txt and words-formal.txt. Errors:
    /// not_found.
    static Result<KnownWords> load(const std::filesystem::path& folder);

    /// Ten times the Zipf frequency (60: one in a thousand words), 0 for a word that is not known.
    int indonesian(std::string_view word) const { return frequency(indonesian_, word); }
    int english(std::string_view word) const { return frequency(english_, word); }
    int sundanese(std::string_view word) const { return frequency(sundanese_, word); }

    /// Whether a dictionary has the word, or one that it derives from; the others were only seen in texts.
    bool is_in_dictionary(std::string_view word) const;
    /// Whether this is an Indonesian word in its formal shape, also with a formal prefix or suffix; rare
    /// ones, too.
    bool is_formal(std::string_view word) const;

    const WordTable& indonesian_words() const { return indonesian_; }
    static int frequency_of(std::string_view value);

private:
    static int frequency(const WordTable& table, std::string_view word);

    WordTable indonesian_;
    WordTable english_;
    WordTable sundanese_;
    WordTable formal_; ///< those that the first has not, or has only seen in texts
};

} // namespace personalify::nlp

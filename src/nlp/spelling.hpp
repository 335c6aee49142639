#pragma once

#include "nlp/known_words.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace personalify::nlp {

/// How far a spelling is from a word, in tenths of a plain mistake: left-out vowels, e for a, doubled letters
/// and the like cost little, since colloquial writers make them on purpose. Above `furthest` any number
/// beyond it.
int spelling_distance(std::string_view typed, std::string_view word, int furthest);

/// Finds the Indonesian word behind an abbreviation or a colloquial spelling: "smngt" for "semangat",
/// "dateng" for "datang". Words are grouped by their consonants, so that few are compared.
class SpellingIndex {
public:
    struct Match {
        std::string_view word;
        int frequency = 0; ///< as of KnownWords::indonesian
        int distance = 0;
    };

    /// `words` must outlive the index.
    explicit SpellingIndex(const KnownWords& words);

    /// The most likely word, or nothing when none is near or two are about as likely.
    std::optional<Match> find(std::string_view typed) const;

private:
    struct Place {
        std::uint32_t consonants = 0; ///< a hash
        std::uint32_t entry = 0;
    };

    const KnownWords* words_;
    std::vector<Place> places_; ///< by consonants, then the most common first
};

} // namespace personalify::nlp

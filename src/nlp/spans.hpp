#pragma once

#include <string_view>
#include <vector>

namespace personalify::nlp {

/// A piece of a text; the pieces of a text follow each other without gaps.
struct Span {
    enum class Kind {
        word,  ///< letters, with digits, apostrophes and hyphens within
        kept,  ///< a @mention, #hashtag, address or number: never looked at
        other, ///< spaces, punctuation, emoji, other scripts, broken bytes
    };
    Kind kind = Kind::other;
    std::string_view text;
    bool starts_sentence = false; ///< of a word: the first of the text, of a line or after . ! ?
};

/// Splits any bytes into spans.
std::vector<Span> spans_of(std::string_view text);

/// Whether most words begin with a capital, as in titles: then capitals mark no names.
bool is_title_case(const std::vector<Span>& spans);

/// A word with a capital within a sentence.
bool may_be_name(const Span& word);

} // namespace personalify::nlp

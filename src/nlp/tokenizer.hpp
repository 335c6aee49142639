#pragma once

#include "core/error.hpp"
#include "nlp/vocabulary.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace personalify::nlp {

/// Cuts texts into the pieces that a model was trained on, exactly as its reference did (Hugging Face
/// tokenizers; training/check_tokenizers.py compares them). Safe to use from several threads.
class Tokenizer {
public:
    virtual ~Tokenizer() = default;

    /// The pieces of a text, without those that mark its beginning and end. Takes any bytes: what is no
    /// UTF-8 is read as U+FFFD. A line break is a space like any other: the pieces of two lines are the
    /// pieces of the one followed by those of the other.
    virtual std::vector<TokenId> tokens(std::string_view text) const = 0;

    /// True when a word begins with this piece.
    virtual bool begins_word(TokenId token) const = 0;

    TokenId begin() const { return begin_; }     ///< stands before every text
    TokenId end() const { return end_; }         ///< stands behind every text
    TokenId padding() const { return padding_; } ///< fills a shorter text up; masked out

protected:
    Tokenizer(TokenId begin, TokenId end, TokenId padding)
        : begin_(begin)
        , end_(end)
        , padding_(padding) {}

private:
    TokenId begin_;
    TokenId end_;
    TokenId padding_;
};

/// The tokenizer that a vocabulary is made for. Errors: internal, when its special pieces are missing.
Result<std::unique_ptr<Tokenizer>> make_tokenizer(Vocabulary vocabulary);

} // namespace personalify::nlp

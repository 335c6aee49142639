#pragma once

#include "nlp/tokenizer.hpp"

namespace personalify::nlp {

/// SentencePiece's unigram tokenizer: each word, led by the sign U+2581 that stands for a space, is cut into
/// the pieces whose probabilities have the greatest product.
class Unigram final : public Tokenizer {
public:
    /// Errors: internal, when the first four pieces are not <s> <pad> </s> <unk>.
    static Result<std::unique_ptr<Tokenizer>> make(Vocabulary vocabulary);

    std::vector<TokenId> tokens(std::string_view text) const override;
    bool begins_word(TokenId token) const override;

private:
    struct Node;

    explicit Unigram(Vocabulary vocabulary);

    void add_word(std::string_view word, std::vector<Node>& nodes, std::vector<TokenId>& out) const;

    Vocabulary vocabulary_;
    double unknown_score_; ///< of a character that no piece stands for
};

} // namespace personalify::nlp

#pragma once

#include "nlp/tokenizer.hpp"

#include <array>

namespace personalify::nlp {

/// BERT's tokenizer, uncased: words and punctuation, each cut into the longest known pieces from the left.
class WordPiece final : public Tokenizer {
public:
    /// Errors: internal, when one of [PAD] [UNK] [CLS] [SEP] [MASK] is missing.
    static Result<std::unique_ptr<Tokenizer>> make(Vocabulary vocabulary);

    std::vector<TokenId> tokens(std::string_view text) const override;
    bool begins_word(TokenId token) const override;

private:
    enum Special : std::uint8_t { pad, unknown, begin_mark, end_mark, mask, special_count };
    using Specials = std::array<TokenId, special_count>;
    static constexpr std::array<std::string_view, special_count> special_pieces{"[PAD]", "[UNK]", "[CLS]",
                                                                                "[SEP]", "[MASK]"};

    WordPiece(Vocabulary vocabulary, const Specials& specials);

    void add_segment(std::string_view segment, std::vector<TokenId>& out) const;
    void add_word(std::u32string_view word, std::vector<TokenId>& out) const;

    Vocabulary vocabulary_;
    Specials specials_;
};

} // namespace personalify::nlp

#pragma once

#include "nlp/tokenizer.hpp"

#include <string_view>
#include <vector>

namespace personalify::nlp {

/// A part of a text that is read at once.
struct Piece {
    std::vector<TokenId> tokens; ///< with those that mark beginning and end
    double weight = 0;           ///< its share in the text: tokens, times how often they occur
};

/// Pieces hold at most this many tokens, marks included: what the networks have learned from is not longer.
inline constexpr std::size_t longest_piece = 64;

/// Cuts a text between its lines; a line that is too long for one piece, between words. Short texts are one
/// piece; of a long one, lines that occur again are read once and count as often as they occur. Never empty.
std::vector<Piece> cut_into_pieces(const Tokenizer& tokenizer, std::string_view text);

} // namespace personalify::nlp

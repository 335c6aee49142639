#include "nlp/pieces.hpp"

#include <gtest/gtest.h>

namespace personalify::nlp {

namespace {

/// A token a word; words of "ab" go on inside.
class WordTokens final : public Tokenizer {
public:
    WordTokens()
        : Tokenizer(1, 2, 0) {}
    std::vector<TokenId> tokens(std::string_view text) const override {
        std::vector<TokenId> out;
        bool inside = false;
        for (const char c : text) {
            const bool space = c == ' ' || c == '\n';
            if (!space && !inside) {
                out.push_back(TokenId{c});
            }
            inside = !space;
        }
        return out;
    }
    bool begins_word(TokenId) const override { return true; }
};

std::string repeated(std::string_view line, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) {
        text += line;
    }
    return text;
}

} // namespace

TEST(PiecesTest, AShortTextIsOnePieceAsItStands) {
    const auto pieces = cut_into_pieces(WordTokens{}, "a b\na b");
    ASSERT_EQ(pieces.size(), 1U);
    EXPECT_EQ(pieces[0].tokens, (std::vector<TokenId>{1, 'a', 'b', 'a', 'b', 2}));
}

TEST(PiecesTest, AnEmptyTextIsOnePieceOfMarks) {
    const auto pieces = cut_into_pieces(WordTokens{}, "");
    ASSERT_EQ(pieces.size(), 1U);
    EXPECT_EQ(pieces[0].tokens, (std::vector<TokenId>{1, 2}));
    EXPECT_GT(pieces[0].weight, 0);
}

TEST(PiecesTest, LongTextsAreCutBetweenLines) {
    std::string text;
    for (int line = 0; line < 20; ++line) { // ten words a line, each line its own
        text += repeated(std::string(1, static_cast<char>('a' + line)) + " ", 10) + '\n';
    }
    double weight = 0;
    for (const Piece& piece : cut_into_pieces(WordTokens{}, text)) {
        EXPECT_LE(piece.tokens.size(), longest_piece);
        EXPECT_EQ((piece.tokens.size() - 2) % 10, 0U);
        weight += piece.weight;
    }
    EXPECT_EQ(weight, 200);
}

TEST(PiecesTest, AStanzaEndsAPiece) {
    const std::string line = repeated("x ", 16);
    std::string text;
    for (char c = 'a'; c < 'a' + 8; ++c) {
        text += c + line + '\n' + (c % 2 == 0 ? "\n" : "");
    }
    const auto pieces = cut_into_pieces(WordTokens{}, text);
    ASSERT_GT(pieces.size(), 1U);
    EXPECT_EQ(pieces[1].tokens.size(), 34U); // two lines, though three would fit
}

TEST(PiecesTest, RepeatedLinesAreReadOnceAndCountAsOften) {
    const auto pieces =
        cut_into_pieces(WordTokens{}, repeated(repeated("a ", 20) + '\n', 30) + repeated("b ", 20));
    ASSERT_EQ(pieces.size(), 1U);
    EXPECT_EQ(pieces[0].tokens.size(), 42U);
    EXPECT_EQ(pieces[0].weight, 620);
}

TEST(PiecesTest, ALineThatIsTooLongIsCutBetweenWords) {
    const auto pieces = cut_into_pieces(WordTokens{}, repeated("word ", 1000));
    double weight = 0;
    for (const Piece& piece : pieces) {
        EXPECT_LE(piece.tokens.size(), longest_piece);
        weight += piece.weight;
    }
    EXPECT_EQ(weight, 1000);
}

} // namespace personalify::nlp

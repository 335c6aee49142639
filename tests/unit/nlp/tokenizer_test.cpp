#include "tiny_model.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

namespace personalify::nlp {

namespace {

std::vector<TokenId> with_marks(const Tokenizer& tokenizer, std::string_view text) {
    std::vector<TokenId> ids = tokenizer.tokens(text);
    ids.insert(ids.begin(), tokenizer.begin());
    ids.push_back(tokenizer.end());
    return ids;
}

std::vector<TokenId> numbers(const std::string& text) {
    std::istringstream in{text};
    std::vector<TokenId> ids;
    for (TokenId id = 0; in >> id;) {
        ids.push_back(id);
    }
    return ids;
}

constexpr std::string_view two_words = "personalify-vocabulary 1 wordpiece\n"
                                       "pieces 7\n[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nab\n##c\n"
                                       "characters 1\n41-42\t61\nclasses 0\n";

} // namespace

class ReferenceTexts : public testing::TestWithParam<const char*> {};

TEST_P(ReferenceTexts, AreCutAsTheReferenceCutsThem) {
    const std::unique_ptr<Tokenizer> tokenizer = test::tiny_tokenizer(GetParam());
    std::istringstream lines{test::contents(test::tiny_model() / (std::string{GetParam()} + ".tokens"))};
    std::size_t read = 0;
    for (std::string line; std::getline(lines, line); ++read) {
        const std::size_t tab = line.find('\t');
        const std::string text{boost::json::parse(line.substr(0, tab)).as_string()};
        EXPECT_EQ(with_marks(*tokenizer, text), numbers(line.substr(tab))) << line;
    }
    EXPECT_EQ(read, 250U);
}

TEST_P(ReferenceTexts, AnyBytesAreATextOfReplacementCharacters) {
    const std::unique_ptr<Tokenizer> tokenizer = test::tiny_tokenizer(GetParam());
    const std::string replacement = "\xEF\xBF\xBD";
    const auto reads_as = [&](std::string_view bytes, const std::string& text) {
        EXPECT_EQ(tokenizer->tokens(bytes), tokenizer->tokens(text)) << bytes;
    };
    reads_as("a \xFF b", "a " + replacement + " b");
    reads_as("love\xC3", "love" + replacement);
    reads_as("\xED\xA0\x80", replacement + replacement + replacement); // half of a surrogate pair
    reads_as("\xF0\x9F\x98 x", replacement + " x");
}

TEST_P(ReferenceTexts, LinesAreCutOnTheirOwn) {
    const std::unique_ptr<Tokenizer> tokenizer = test::tiny_tokenizer(GetParam());
    std::vector<TokenId> both = tokenizer->tokens("I love you,");
    const std::vector<TokenId> second = tokenizer->tokens("baby");
    both.insert(both.end(), second.begin(), second.end());
    EXPECT_EQ(tokenizer->tokens("I love you,\nbaby"), both);
}

TEST_P(ReferenceTexts, AWordBeginsWhereASpaceWas) {
    const std::unique_ptr<Tokenizer> tokenizer = test::tiny_tokenizer(GetParam());
    const std::vector<TokenId> ids = tokenizer->tokens("love antidisestablishmentarianismz");
    ASSERT_GT(ids.size(), 2U);
    EXPECT_TRUE(tokenizer->begins_word(ids.front()));
    EXPECT_FALSE(tokenizer->begins_word(ids.back()));
}

INSTANTIATE_TEST_SUITE_P(Tokenizer, ReferenceTexts, testing::Values("english", "multilingual"));

TEST(WordPiece, AWordThatPiecesDoNotMakeUpIsUnknownAsAWhole) {
    const auto tokenizer = make_tokenizer(Vocabulary::parse(two_words).value()).value();
    EXPECT_EQ(tokenizer->tokens("abc"), (std::vector<TokenId>{5, 6}));
    EXPECT_EQ(tokenizer->tokens("abx abc"), (std::vector<TokenId>{1, 5, 6}));
    EXPECT_EQ(tokenizer->tokens("Bb"), (std::vector<TokenId>{5}));
    EXPECT_EQ(tokenizer->tokens("ab" + std::string(98, 'c')).size(), 99U);
    EXPECT_EQ(tokenizer->tokens("ab" + std::string(99, 'c')), (std::vector<TokenId>{1}))
        << "over 100 characters";
}

TEST(Vocabulary, SaysWhichLineDoesNotFit) {
    const auto refused = [](std::string_view text, const std::string& cause) {
        const Result<Vocabulary> read = Vocabulary::parse(text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().code, Errc::internal);
        EXPECT_EQ(read.error().cause, "vocabulary: " + cause);
    };
    const std::string head = "personalify-vocabulary 1 unigram\n";
    refused("", "line 1 does not say that this is a vocabulary of version 1");
    refused("personalify-vocabulary 1 words\n", "line 1 names an unknown kind");
    refused(head + "pieces -1\n", "line 2 should say how many pieces follow");
    refused(head + "pieces 99999999999\n", "line 2 should say how many pieces follow");
    refused(head + "pieces 2\na\t-1\n", "line 3 is the last, where more pieces should follow");
    refused(head + "pieces 1\na\tnan\n", "line 3 does not fit under pieces");
    refused(head + "pieces 2\na\t-1\na\t-2\n", "line 4 does not fit under pieces");
    refused(head + "pieces 0\ncharacters 1\n110000\t20\n", "line 4 does not fit under characters");
    refused(head + "pieces 0\ncharacters 2\n42\t20\n41\t20\n", "line 5 does not fit under characters");
    refused(head + "pieces 0\ncharacters 1\n41\thangul\n", "line 4 does not fit under characters");
    refused(head + "pieces 0\ncharacters 0\nclasses 0\nmore\n", "line 4 is one too many");
}

TEST(Vocabulary, WithoutItsSpecialPiecesThereIsNoTokenizer) {
    for (const char* kind : {"unigram", "wordpiece"}) {
        const auto tokenizer =
            make_tokenizer(Vocabulary::parse("personalify-vocabulary 1 " + std::string{kind} +
                                             "\npieces 0\ncharacters 0\nclasses 0\n")
                               .value());
        ASSERT_FALSE(tokenizer);
        EXPECT_EQ(tokenizer.error().code, Errc::internal);
    }
}

} // namespace personalify::nlp

#include "domain/emotions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <set>

namespace personalify {

namespace {

using ::testing::HasSubstr;

EmotionProbabilities reading(const std::map<std::string_view, float>& of) {
    EmotionProbabilities probabilities{};
    for (const auto& [label, probability] : of) {
        probabilities[emotion_from(label).value()] = probability;
    }
    return probabilities;
}

/// "Adjective Noun" of a label.
std::string words(std::string_view label) {
    const EmotionWords& of = emotion_words[emotion_from(label).value()];
    std::string adjective{of.adjective};
    std::string noun{of.noun};
    adjective.front() = static_cast<char>(std::toupper(adjective.front()));
    noun.front() = static_cast<char>(std::toupper(noun.front()));
    return adjective + ' ' + noun;
}

std::vector<std::string> labels(const EmotionSummary& summary) {
    std::vector<std::string> found;
    for (const Emotion& emotion : summary.top) {
        found.push_back(emotion.label);
    }
    return found;
}

using Labels = std::vector<std::string>;

} // namespace

TEST(EmotionWording, EveryLabelHasWordsOfItsOwn) {
    std::set<std::string_view> adjectives;
    std::set<std::string_view> nouns;
    for (const EmotionWords& pair : emotion_words) {
        EXPECT_TRUE(adjectives.insert(pair.adjective).second) << pair.adjective;
        EXPECT_TRUE(nouns.insert(pair.noun).second) << pair.noun;
        for (const char c : std::string{pair.adjective} + std::string{pair.noun}) {
            EXPECT_TRUE(c >= 'a' && c <= 'z');
        }
    }
}

TEST(SummarizeTitles, TheMostVotedMakeTheParagraph) {
    const std::vector<EmotionProbabilities> tracks{reading({{"joy", 0.9F}, {"love", 0.2F}}),
                                                   reading({{"joy", 0.6F}}), reading({{"fear", 0.5F}}),
                                                   reading({{"love", 0.4F}, {"fear", 0.1F}})};
    const EmotionSummary summary = summarize_titles(tracks);
    EXPECT_EQ(summary.paragraph,
              "Shades of golden <b>joy</b>, midnight <b>dread</b>, honeyed <b>devotion</b>.");
    EXPECT_EQ(summary.top, (std::vector<Emotion>{
                               {"Golden Joy", 0.5}, {"Midnight Dread", 0.25}, {"Honeyed Devotion", 0.25}}));
}

TEST(SummarizeTitles, NeutralIsDroppedAndTheRestRenormalised) {
    // Alone, a little grief is all of the first track; the second's more fear is half of it.
    const std::vector<EmotionProbabilities> tracks{reading({{"neutral", 0.99F}, {"grief", 0.01F}}),
                                                   reading({{"fear", 0.5F}, {"anger", 0.49F}})};
    EXPECT_EQ(labels(summarize_titles(tracks)), (Labels{words("grief"), words("fear"), words("optimism")}))
        << "one vote each: by the sums 1 and 0.505";
}

TEST(SummarizeTitles, IsPaddedFromOptimismJoyAndSadness) {
    EXPECT_EQ(labels(summarize_titles({})), (Labels{words("optimism"), words("joy"), words("sadness")}));
    const std::vector<EmotionProbabilities> joyful{reading({{"joy", 0.5F}})};
    const EmotionSummary summary = summarize_titles(joyful);
    EXPECT_EQ(summary.top,
              (std::vector<Emotion>{{words("joy"), 1}, {words("optimism"), 0}, {words("sadness"), 0}}));
}

TEST(SummarizeTitles, NothingButNeutralVotesForNothing) {
    const std::vector<EmotionProbabilities> tracks{reading({{"neutral", 1.0F}}), reading({}),
                                                   reading({{"pride", 0.1F}})};
    const EmotionSummary summary = summarize_titles(tracks);
    EXPECT_EQ(summary.top[0], (Emotion{words("pride"), 1.0 / 3}));
    EXPECT_EQ(summary.top[1], (Emotion{words("optimism"), 0}));
}

TEST(SummarizeTitles, EqualOnesKeepTheOrderOfTheLabels) {
    const auto pride = reading({{"pride", 0.5F}});
    const auto anger = reading({{"anger", 0.5F}});
    const auto relief = reading({{"relief", 0.5F}});
    const auto amusement = reading({{"amusement", 0.5F}});
    const Labels expected{words("amusement"), words("anger"), words("pride")};
    EXPECT_EQ(labels(summarize_titles(std::vector{pride, anger, relief, amusement})), expected);
    EXPECT_EQ(labels(summarize_titles(std::vector{amusement, relief, anger, pride})), expected);
    const std::vector tied{reading({{"anger", 0.5F}, {"pride", 0.5F}})};
    EXPECT_EQ(labels(summarize_titles(tied)).front(), words("anger")) << "within one track, too";
}

TEST(SummarizeTitles, SurvivesWhatIsNoProbability) {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float infinite = std::numeric_limits<float>::infinity();
    const std::vector tracks{reading({{"joy", nan}, {"love", -3.0F}, {"fear", infinite}})};
    const EmotionSummary summary = summarize_titles(tracks);
    EXPECT_EQ(summary.top[0], (Emotion{words("fear"), 1}));
    EXPECT_THAT(summary.paragraph, HasSubstr("Shades of midnight <b>dread</b>, "));
}

TEST(Strongest, DescendingWithoutNeutralAndRenormalised) {
    const auto scores =
        strongest(reading({{"neutral", 0.9F}, {"joy", 0.25F}, {"love", 0.5F}, {"fear", 0.25F}}), 5);
    ASSERT_EQ(scores.size(), 5U);
    EXPECT_EQ(scores[0], (EmotionScore{"love", 0.5}));
    EXPECT_EQ(scores[1], (EmotionScore{"fear", 0.25})) << "of equal ones the first label";
    EXPECT_EQ(scores[2], (EmotionScore{"joy", 0.25}));
    EXPECT_EQ(scores[3], (EmotionScore{"admiration", 0}));
}

TEST(Strongest, IsFiniteWhenNothingWasRead) {
    for (const EmotionProbabilities& nothing : {reading({}), reading({{"neutral", 1.0F}})}) {
        for (const EmotionScore& score : strongest(nothing, 5)) {
            EXPECT_EQ(score.score, 0);
            EXPECT_NE(score.label, "neutral");
        }
    }
    EXPECT_EQ(strongest(reading({}), 100).size(), emotion_count - 1);
}

} // namespace personalify

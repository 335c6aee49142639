#pragma once

#include "domain/tops.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace personalify {

inline constexpr std::size_t emotion_count = 28;

/// The labels of GoEmotions (Demszky et al. 2020) in the data set's order; "neutral" is the last.
inline constexpr std::array<std::string_view, emotion_count> emotion_labels{
    "admiration", "amusement",   "anger",          "annoyance",   "approval", "caring",        "confusion",
    "curiosity",  "desire",      "disappointment", "disapproval", "disgust",  "embarrassment", "excitement",
    "fear",       "gratitude",   "grief",          "joy",         "love",     "nervousness",   "optimism",
    "pride",      "realization", "relief",         "remorse",     "sadness",  "surprise",      "neutral"};
inline constexpr std::size_t neutral_emotion = emotion_count - 1;

/// Of each label, independently of the others: 0 to 1, in the order of emotion_labels.
using EmotionProbabilities = std::array<float, emotion_count>;

/// The label's place in emotion_labels; nullopt for other words.
constexpr std::optional<std::size_t> emotion_from(std::string_view label) {
    for (std::size_t i = 0; i < emotion_count; ++i) {
        if (emotion_labels[i] == label) {
            return i;
        }
    }
    return std::nullopt;
}

/// How the paragraph says a label: "Shades of {adjective} <b>{noun}</b>". Lower case.
struct EmotionWords {
    std::string_view adjective;
    std::string_view noun;
};

/// In the order of emotion_labels; no two alike.
inline constexpr std::array<EmotionWords, emotion_count> emotion_words{
    {{"starlit", "reverence"},    {"impish", "mirth"},       {"molten", "fury"},
     {"prickly", "static"},       {"sunlit", "assent"},      {"lamplit", "tenderness"},
     {"tangled", "bewilderment"}, {"restless", "wonder"},    {"velvet", "longing"},
     {"faded", "promise"},        {"frosty", "refusal"},     {"bitter", "recoil"},
     {"flushed", "shyness"},      {"electric", "thrill"},    {"midnight", "dread"},
     {"glowing", "thanks"},       {"wintry", "mourning"},    {"golden", "joy"},
     {"honeyed", "devotion"},     {"fluttering", "jitters"}, {"dawning", "hope"},
     {"lionhearted", "pride"},    {"crystal", "clarity"},    {"weightless", "ease"},
     {"quiet", "contrition"},     {"indigo", "sorrow"},      {"thunderstruck", "awe"},
     {"still", "waters"}}};

/// A label of GoEmotions and how much of a text it is, 0 to 1.
struct EmotionScore {
    std::string_view label; ///< one of emotion_labels
    double score = 0;
    bool operator==(const EmotionScore&) const = default;
};

/// The `count` strongest labels without neutral, descending; of equal ones the first in emotion_labels. The
/// scores of all labels but neutral add up to 1, or are all 0 where nothing else was read.
std::vector<EmotionScore> strongest(const EmotionProbabilities& probabilities, std::size_t count);

/// What tracks say together, one reading a track, in any order. Each votes for its strongest label, neutral
/// aside; the three labels with most votes (then with the largest sum of scores, then first in
/// emotion_labels) make the paragraph, padded from optimism, joy and sadness. A score is votes per track.
EmotionSummary summarize_titles(std::span<const EmotionProbabilities> tracks);

} // namespace personalify

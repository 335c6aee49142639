#include "domain/emotions.hpp"

#include <algorithm>

namespace personalify {

namespace {

constexpr std::size_t shades = 3;
constexpr std::array<std::string_view, shades> padding{"optimism", "joy", "sadness"};

using Shares = std::array<double, neutral_emotion>;

/// Without neutral, as parts of 1; all 0 where there is nothing else.
Shares shares_of(const EmotionProbabilities& probabilities) {
    Shares shares{};
    double sum = 0;
    for (std::size_t i = 0; i < neutral_emotion; ++i) {
        const double probability = probabilities[i];
        shares[i] = probability > 0 ? std::min(probability, 1.0) : 0; // what is no number counts for nothing
        sum += shares[i];
    }
    if (sum > 0) {
        for (double& share : shares) {
            share /= sum;
        }
    }
    return shares;
}

struct Tally {
    std::size_t label = 0;
    std::size_t votes = 0;
    double sum = 0;
};

/// All labels but neutral, most votes first.
std::vector<Tally> count_votes(std::span<const EmotionProbabilities> tracks) {
    std::vector<Tally> tallies(neutral_emotion);
    for (std::size_t i = 0; i < neutral_emotion; ++i) {
        tallies[i].label = i;
    }
    for (const EmotionProbabilities& track : tracks) {
        const Shares shares = shares_of(track);
        for (std::size_t i = 0; i < neutral_emotion; ++i) {
            tallies[i].sum += shares[i];
        }
        const auto top = std::ranges::max_element(shares);
        if (*top > 0) { // a track of nothing but neutral abstains
            ++tallies[static_cast<std::size_t>(top - shares.begin())].votes;
        }
    }
    std::ranges::stable_sort(tallies, [](const Tally& a, const Tally& b) {
        return a.votes != b.votes ? a.votes > b.votes : a.sum > b.sum;
    });
    return tallies;
}

/// The labels that got votes, at most three, then padding.
std::vector<Tally> pick(std::span<const EmotionProbabilities> tracks) {
    std::vector<Tally> picked = count_votes(tracks);
    std::erase_if(picked, [](const Tally& tally) { return tally.votes == 0; });
    picked.resize(std::min(picked.size(), shades));
    for (const std::string_view label : padding) {
        const std::size_t index = emotion_from(label).value_or(0);
        if (picked.size() < shades && std::ranges::find(picked, index, &Tally::label) == picked.end()) {
            picked.push_back({.label = index});
        }
    }
    return picked;
}

std::string capitalized(std::string_view word) {
    std::string text{word};
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

} // namespace

std::vector<EmotionScore> strongest(const EmotionProbabilities& probabilities, std::size_t count) {
    const Shares shares = shares_of(probabilities);
    std::vector<EmotionScore> scores;
    scores.reserve(shares.size());
    for (std::size_t i = 0; i < shares.size(); ++i) {
        scores.push_back({emotion_labels[i], shares[i]});
    }
    std::ranges::stable_sort(scores, std::ranges::greater{}, &EmotionScore::score);
    scores.resize(std::min(scores.size(), count));
    return scores;
}

EmotionSummary summarize_titles(std::span<const EmotionProbabilities> tracks) {
    EmotionSummary summary;
    const double all = tracks.empty() ? 1 : static_cast<double>(tracks.size());
    for (const Tally& tally : pick(tracks)) {
        const EmotionWords& words = emotion_words[tally.label];
        summary.paragraph += summary.paragraph.empty() ? "Shades of " : ", ";
        summary.paragraph.append(words.adjective).append(" <b>").append(words.noun).append("</b>");
        summary.top.push_back({capitalized(words.adjective) + ' ' + capitalized(words.noun),
                               static_cast<double>(tally.votes) / all});
    }
    summary.paragraph += '.';
    return summary;
}

} // namespace personalify

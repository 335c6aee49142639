#include "app/section_emotions.hpp"

#include "domain/emotions.hpp"
#include "domain/text.hpp"

#include <algorithm>
#include <map>

namespace personalify::app {

namespace {

std::vector<LabelScore> owned(const std::vector<EmotionScore>& scores) {
    std::vector<LabelScore> labels;
    for (const EmotionScore& score : scores) {
        labels.push_back({std::string{score.label}, score.score});
    }
    return labels;
}

} // namespace

std::vector<LyricsSection> sections_to_read(std::string_view lyrics, std::size_t most_characters,
                                            std::size_t most) {
    std::vector<LyricsSection> sections = parts_of(first_characters(lyrics, most_characters));
    while (sections.size() > most) {
        LyricsSection last = std::move(sections.back());
        sections.pop_back();
        sections[most - 1].text += '\n' + last.text;
    }
    return sections;
}

LyricsAnalysis whole_of(std::span<const LyricsSection> sections, std::span<const EmotionReading> readings,
                        std::size_t shown) {
    LyricsAnalysis whole;
    EmotionProbabilities mean{};
    std::map<std::string, std::size_t> languages; // by bytes
    float bytes = 0;
    for (const LyricsSection& section : sections) {
        bytes += static_cast<float>(section.text.size());
    }
    for (std::size_t i = 0; i < sections.size(); ++i) {
        const EmotionReading& reading = readings[i];
        const float share = static_cast<float>(sections[i].text.size()) / bytes;
        for (std::size_t label = 0; label < emotion_count; ++label) {
            mean[label] += reading.probabilities[label] * share;
        }
        languages[reading.language] += reading.language == "und" ? 0 : sections[i].text.size();
        whole.translated = whole.translated || reading.translated;
        whole.engine = reading.engine;
        whole.sections.push_back({sections[i].heading, owned(strongest(reading.probabilities, shown))});
    }
    whole.emotions = owned(strongest(mean, shown));
    const auto most_used =
        std::ranges::max_element(languages, {}, [](const auto& each) { return each.second; });
    whole.language = most_used == languages.end() ? "und" : most_used->first;
    return whole;
}

} // namespace personalify::app

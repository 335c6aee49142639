#pragma once

#include "app/ports/emotion_engine.hpp"

#include <vector>

namespace personalify::app {

/// What a song's words say.
struct LyricsEmotions {
    std::vector<EmotionScore> emotions; ///< the five strongest
    std::string language;               ///< as EmotionReading says it
    bool translated = false;
    std::string engine;
};

/// Emotions of lyrics, read at once.
class LyricsReader {
public:
    /// What is read of longer lyrics.
    static constexpr std::size_t most_characters = 20'000;
    static constexpr std::size_t shown = 5;

    explicit LyricsReader(EmotionEngine& engine)
        : engine_(engine) {}

    /// invalid_argument when there is nothing to read, else the engine's errors.
    Task<Result<LyricsEmotions>> read(std::string lyrics);

private:
    EmotionEngine& engine_;
};

} // namespace personalify::app

#pragma once

#include "app/ports/emotion_engine.hpp"
#include "app/ports/lyrics_store.hpp"
#include "domain/lyrics.hpp"

#include <span>

namespace personalify::app {

/// The sections of lyrics as they are read: the first `most_characters` of all, at most `most` sections, the
/// last of which takes what is left.
std::vector<LyricsSection> sections_to_read(std::string_view lyrics, std::size_t most_characters,
                                            std::size_t most);

/// What the sections say, each with its `shown` strongest emotions, and their mean by length.
LyricsAnalysis whole_of(std::span<const LyricsSection> sections, std::span<const EmotionReading> readings,
                        std::size_t shown);

} // namespace personalify::app

#pragma once

#include "app/ports/lyrics_sources.hpp"
#include "core/clock.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace personalify::app {

/// A label of GoEmotions and its share.
struct LabelScore {
    std::string label;
    double score = 0;
    bool operator==(const LabelScore&) const = default;
};
BOOST_DESCRIBE_STRUCT(LabelScore, (), (label, score))

struct SectionEmotions {
    std::string heading; ///< "" where the lyrics have none
    std::vector<LabelScore> emotions;
    bool operator==(const SectionEmotions&) const = default;
};
BOOST_DESCRIBE_STRUCT(SectionEmotions, (), (heading, emotions))

/// What was read in a song's words: the strongest emotions of the whole, and of each section in order.
struct LyricsAnalysis {
    std::vector<LabelScore> emotions;
    std::vector<SectionEmotions> sections;
    std::string language; ///< as EmotionReading says it
    bool translated = false;
    std::string engine;
    bool operator==(const LyricsAnalysis&) const = default;
};
BOOST_DESCRIBE_STRUCT(LyricsAnalysis, (), (emotions, sections, language, translated, engine))

/// What is remembered of a song.
struct StoredLyrics {
    std::string key;
    FoundLyrics lyrics;
    TimePoint found_at{};
    std::optional<LyricsAnalysis> analysis = std::nullopt; ///< nullopt: nobody has read them
    std::string analysis_version = {};                     ///< of the engine that read them
    bool operator==(const StoredLyrics&) const = default;
};

/// How many songs stay, and how many bytes of them.
struct LyricsBounds {
    std::size_t count;
    std::size_t bytes;
};

/// Lyrics by song, with what was read in them. Durable when a task completes. Errors: internal, overloaded.
class LyricsStore {
public:
    virtual ~LyricsStore() = default;
    virtual Task<Result<std::optional<StoredLyrics>>> find(std::string key) = 0;
    /// Adds or replaces. Of all only those stay that were saved last and fit `keep`.
    virtual Task<Result<>> save(StoredLyrics lyrics, LyricsBounds keep) = 0;
};

} // namespace personalify::app

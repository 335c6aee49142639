#pragma once

#include "core/error.hpp"
#include "core/task.hpp"
#include "domain/emotions.hpp"

#include <optional>
#include <string>
#include <vector>

namespace personalify::app {

/// What an engine read in one title.
struct TitleReading {
    std::string title; ///< normalised
    EmotionProbabilities probabilities{};
    bool operator==(const TitleReading&) const = default;
};

/// Readings of titles, shared by all listeners. Those of one engine's version are never given for another's.
/// Durable when a task completes. Errors: internal, overloaded.
class TitleReadingStore {
public:
    using Found = std::vector<std::optional<EmotionProbabilities>>;

    virtual ~TitleReadingStore() = default;
    /// One per title, in order; nullopt where that version has not read it.
    virtual Task<Result<Found>> find(std::string engine, std::vector<std::string> titles) = 0;
    /// Keeps the readings, replacing earlier ones of the same titles, in one transaction. Of all versions
    /// together at most `most` are kept: those that came first go.
    virtual Task<Result<>> save(std::string engine, std::vector<TitleReading> readings, int most) = 0;
};

} // namespace personalify::app

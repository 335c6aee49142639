#pragma once

#include "core/error.hpp"
#include "core/task.hpp"
#include "domain/emotions.hpp"

#include <string>
#include <vector>

namespace personalify::app {

/// What an engine reads in one text.
struct EmotionReading {
    EmotionProbabilities probabilities{};
    std::string language; ///< ISO 639-1 ("en", "id", "su"), or "und" when the text does not tell
    bool translated = false;
    std::string engine; ///< who read it: "local", "huggingface", "hybrid"
    /// A service that would have had a part in it did not answer: reading again later may tell more.
    bool provisional = false;
};

/// Reads emotions in texts: the model in this process, or a service.
class EmotionEngine {
public:
    virtual ~EmotionEngine() = default;

    /// Names all that a reading depends on (model, word lists): readings of two versions are not to be mixed.
    virtual std::string version() const = 0;

    /// One reading a text, in order. A text may be empty, of any script, and up to 20,000 characters long; a
    /// long one is read in pieces. Ends within a deadline of the engine's own.
    /// Errors: overloaded (too much is waiting), upstream_unavailable and rate_limited (services), internal.
    virtual Task<Result<std::vector<EmotionReading>>> read(std::vector<std::string> texts) = 0;
};

} // namespace personalify::app

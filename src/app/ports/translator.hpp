#pragma once

#include "core/error.hpp"
#include "core/task.hpp"

#include <string>
#include <vector>

namespace personalify::app {

/// A text in English.
struct Translation {
    std::string text;            ///< the original where there was nothing to translate
    std::string source_language; ///< as the service calls it ("id", "jw", "zh-CN"), "" when it does not say

    friend bool operator==(const Translation&, const Translation&) = default;
};

/// Turns texts of any language into English.
class Translator {
public:
    virtual ~Translator() = default;

    /// Which service, for versions and keys of caches: "google", "web".
    virtual std::string name() const = 0;

    /// One translation a text, in order; all of them or an error, never an invented one. Line breaks, blank
    /// lines and [section tags] stay where they are. Texts are up to 20,000 characters long. Ends within a
    /// deadline of the translator's own.
    /// Errors: upstream_unavailable and rate_limited (perhaps with retry_after), overloaded.
    virtual Task<Result<std::vector<Translation>>> to_english(std::vector<std::string> texts) = 0;
};

} // namespace personalify::app

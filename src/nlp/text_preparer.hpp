#pragma once

#include <string>
#include <string_view>

namespace personalify::nlp {

/// A text as the model's networks want it.
struct Prepared {
    std::string language;   ///< ISO 639-1, or "und" when the text does not tell
    std::string normalised; ///< slang written out; line breaks kept
    std::string english;    ///< word by word in English; the normalised text when it is English already
};

/// What happens to a text before it is cut into tokens. Safe to use from several threads.
class TextPreparer {
public:
    virtual ~TextPreparer() = default;
    /// Takes any bytes; bounded in time for texts of up to 20,000 characters.
    virtual Prepared prepare(std::string_view text) const = 0;
};

} // namespace personalify::nlp

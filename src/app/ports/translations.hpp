#pragma once

#include "app/ports/translator.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace personalify::app {

/// A translation under the hash of what was translated, and by whom.
struct StoredTranslation {
    std::string hash;
    Translation translation;
};

/// How many translations stay, and how many bytes of text; older ones go.
struct TranslationBounds {
    std::size_t count;
    std::size_t bytes;
};

/// Translations that were paid for. Durable when a task completes. Errors: internal, overloaded.
class TranslationStore {
public:
    virtual ~TranslationStore() = default;
    using Found = std::vector<std::optional<Translation>>;

    /// One entry a hash, in order; nullopt for those that are not stored.
    virtual Task<Result<Found>> find(std::vector<std::string> hashes) = 0;
    /// Adds them, or replaces what their hashes have. Of all only those stay that were added last and fit
    /// `keep`.
    virtual Task<Result<>> save(std::vector<StoredTranslation> translations, TranslationBounds keep) = 0;
};

} // namespace personalify::app

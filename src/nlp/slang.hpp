#pragma once

#include "nlp/word_table.hpp"

#include <filesystem>

namespace personalify::nlp {

/// The slang of both languages: `slang<TAB>formal` in lower case.
struct Slang {
    WordTable indonesian; ///< with the operator's own entries on top
    WordTable sundanese;

    /// Reads slang-indonesian.tsv and slang-sundanese.tsv, and on top `overlay` unless it is "".
    /// Errors: not_found, naming the file.
    static Result<Slang> load(const std::filesystem::path& folder, const std::filesystem::path& overlay);
};

} // namespace personalify::nlp

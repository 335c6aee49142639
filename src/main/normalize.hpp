#pragma once

#include "core/error.hpp"

#include <filesystem>
#include <iosfwd>

namespace personalify {

/// What `personalify normalize` was asked for.
struct NormalizeOptions {
    std::filesystem::path models_dir; ///< "" for the default
    std::filesystem::path slang_file; ///< the operator's own entries; "" for none
    std::filesystem::path input;      ///< "" or "-" for the standard input
};

/// Prints each line after slang normalisation; all other bytes stay, and only LF ends a line.
/// Returns the exit code.
int normalize(const NormalizeOptions& options);

/// The work of it, from one stream to another. Errors: not_found, where a word list is missing.
Result<> normalize(const NormalizeOptions& options, std::istream& in, std::ostream& out);

} // namespace personalify

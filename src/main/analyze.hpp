#pragma once

#include "config/settings.hpp"

#include <string>

namespace personalify {

/// What `personalify analyze` was asked for.
struct AnalyzeOptions {
    bool json = false;   ///< a JSON line for each text, instead of words for people
    bool titles = false; ///< the texts are titles of tracks: what is in brackets is left out
    std::string input;   ///< file; "" or "-" for the standard input
};

/// Reads texts, one a line (`\\n` in it is a line break, `\\\\` a backslash; lines end at LF only), and
/// prints a line for each. Returns the exit code.
int analyze(const config::Settings& settings, const AnalyzeOptions& options);

/// Prints what the model is, and its files. Returns the exit code.
int model_info(const config::Settings& settings);

/// Compares the model's files with the digests in model.json; 1, and the names on standard error, when one
/// differs.
int model_verify(const config::Settings& settings);

} // namespace personalify

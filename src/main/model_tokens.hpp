#pragma once

#include <filesystem>
#include <string>

namespace personalify {

/// Prints for each line of the standard input (`\n` in it is a line break, `\\` a backslash) the numbers of
/// its tokens, marks of beginning and end included: what training/check_tokenizers.py compares with the
/// reference. `network` is "english" or "multilingual", of the model in `folder`. Returns the exit code.
int model_tokens(const std::filesystem::path& folder, const std::string& network);

} // namespace personalify

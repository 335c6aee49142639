#pragma once

#include <filesystem>

namespace personalify {

/// Prints how long the local model takes for a title, twenty titles and a long lyric, in English and in
/// another language, and how much memory the process holds before, with and after it. `models` is the folder
/// of the models, `threads` how many a network may use. Returns the exit code.
int model_bench(const std::filesystem::path& models, unsigned threads);

} // namespace personalify

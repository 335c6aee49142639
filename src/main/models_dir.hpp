#pragma once

#include <filesystem>

namespace personalify {

/// Where the models and word lists lie unless MODELS_DIR says otherwise: `../share/personalify/models` beside
/// the installed program, else the folder of the source tree that it was built from.
std::filesystem::path default_models_dir();

} // namespace personalify

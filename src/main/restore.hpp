#pragma once

#include "config/settings.hpp"

#include <filesystem>

namespace personalify {

struct RestoreOptions {
    std::filesystem::path file;
    bool force = false; ///< sets what is there aside
    std::filesystem::path passphrase_file = {};
};

/// Puts the database of a backup into the data directory, which no service uses. The exit status of the
/// process.
int restore(const config::Settings& settings, const RestoreOptions& options);

} // namespace personalify

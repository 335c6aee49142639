#pragma once

#include "config/settings.hpp"

#include <filesystem>

namespace personalify {

struct BackupOptions {
    std::filesystem::path file;
    bool force = false;    ///< replaces the file
    bool with_key = false; ///< with the key that the tokens are sealed with, under a passphrase
    std::filesystem::path passphrase_file = {};
};

/// Writes the database of the data directory to one file, beside a service that is running. The exit status
/// of the process.
int backup(const config::Settings& settings, const BackupOptions& options);

} // namespace personalify

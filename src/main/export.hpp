#pragma once

#include "config/settings.hpp"

#include <filesystem>

namespace personalify {

enum class ExportFormat { csv, json, ndjson };
enum class Exported { users, history, all };

struct ExportOptions {
    Exported what = Exported::users;
    ExportFormat format = ExportFormat::csv;
    std::filesystem::path output; ///< "" for the standard output; a file is readable by its owner only
};

/// Writes what is stored, each table as of one moment, beside a running service or without one. The exit
/// status of the process.
int export_stored(const config::Settings& settings, const ExportOptions& options);

} // namespace personalify

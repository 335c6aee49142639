#pragma once

#include "core/error.hpp"
#include "core/ids.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace personalify::storage {

/// What can be told of a database without changing it.
struct DatabaseHealth {
    std::int64_t version = 0;       ///< of its schema
    std::int64_t known_version = 0; ///< that this program brings it to
    std::string damage = {};        ///< what SQLite's quick_check found first; "" for nothing
    /// Users with their sealed tokens, some at most. Empty where the schema is another one.
    std::vector<std::pair<UserId, std::string>> sealed = {};
};

/// Looks into a database, also while another process works with it. Blocks. internal when it can't be opened.
Result<DatabaseHealth> examine_database(const std::filesystem::path& file);

/// Whether a process works in the data directory.
bool is_in_use(const std::filesystem::path& data_dir);

} // namespace personalify::storage

#pragma once

#include "core/error.hpp"

#include <cstdint>
#include <filesystem>

/// What an operator does to a database as a whole. Everything here blocks. Errors: not_found, conflict,
/// internal; the detail says which file and why.
namespace personalify::storage {

/// The database's file in a data directory.
std::filesystem::path database_file(const std::filesystem::path& data_dir);

/// What a copy of a database is compared by.
struct DatabaseFacts {
    std::int64_t schema = 0;
    std::int64_t users = 0;
    std::int64_t sessions = 0;
    std::int64_t syncs = 0; ///< entries of the history
    bool operator==(const DatabaseFacts&) const = default;
};

/// Writes the database of the data directory, as it is at one moment, to `to`, which is an empty file or
/// none. A service may be writing meanwhile, and goes on; nothing that was deleted before is in the copy. The
/// copy is not yet on the disk when this returns.
Result<> copy_database(const std::filesystem::path& data_dir, const std::filesystem::path& to);

/// Whether the file is a sound database (integrity_check, foreign_key_check), and what is in it. conflict
/// when it is not, or was written by a newer version.
Result<DatabaseFacts> inspect_database(const std::filesystem::path& file);

/// Moves what the write-ahead log holds into the database file. Nobody else may use it.
Result<> settle_database(const std::filesystem::path& file);

struct SchemaChange {
    std::int64_t from = 0;
    std::int64_t to = 0;
};
/// Brings the schema of the data directory's database up to date. not_found when there is none, conflict
/// while a service runs on it.
Result<SchemaChange> migrate_database(const std::filesystem::path& data_dir);

} // namespace personalify::storage

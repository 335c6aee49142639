#pragma once

#include "core/error.hpp"
#include "json/describe.hpp"
#include "main/fresh_file.hpp"
#include "main/progress.hpp"
#include "storage/sqlite/maintenance.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

/// The format of a backup: 8 bytes of magic, the format's version and the header's length (4 bytes each,
/// little-endian), the header as JSON, the database, and the SHA-256 of all that.
namespace personalify {

/// What a backup says of itself.
struct BackupHeader {
    std::string created_at; ///< RFC 3339
    std::string version;    ///< of the Personalify that made it
    std::int64_t database_bytes = 0;
    std::int64_t schema = 0;
    std::int64_t users = 0;
    std::int64_t sessions = 0;
    std::int64_t syncs = 0;
    std::string key_id;     ///< which key the tokens are sealed with; see key_id_of()
    std::string sealed_key; ///< that key, sealed with a passphrase, in base64; "" when it is not here

    storage::DatabaseFacts facts() const { return {schema, users, sessions, syncs}; }
};
BOOST_DESCRIBE_STRUCT(BackupHeader, (),
                      (created_at, version, database_bytes, schema, users, sessions, syncs, key_id,
                       sealed_key))

/// Tells keys apart without showing them; "" for none.
std::string key_id_of(const std::string& key);

/// Writes a backup of that database file. Errors: internal.
Result<> write_backup(FreshFile& out, const BackupHeader& header, const std::filesystem::path& database,
                      Counted& progress);

/// Reads all of a backup; its header when it is whole. conflict when it is no backup, of a newer format,
/// truncated or corrupted; not_found. `progress.all` is set.
Result<BackupHeader> check_backup(const std::filesystem::path& file, Counted& progress);

/// Writes the database of a backup that was found whole.
Result<> extract_database(const std::filesystem::path& file, const BackupHeader& header, FreshFile& out);

} // namespace personalify

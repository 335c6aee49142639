#pragma once

#include "core/error.hpp"
#include "storage/sqlite/connection.hpp"

#include <span>

namespace personalify::storage {

/// Every step of the schema, oldest first: the n-th leads from version n - 1 to n. Released steps never
/// change.
std::span<const std::string_view> schema_steps();

/// How many steps the database has taken. Throws SqliteFailure.
std::int64_t version_of(Connection& connection);

/// Takes the database from its version (PRAGMA user_version) to the last step, each step in a transaction of
/// its own. `conflict` when the database is newer than the steps. Throws SqliteFailure when a step fails; the
/// steps before it stay.
Result<> migrate(Connection& connection, std::span<const std::string_view> steps);

} // namespace personalify::storage

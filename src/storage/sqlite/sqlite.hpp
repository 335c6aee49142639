#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "storage/stores.hpp"

#include <filesystem>
#include <memory>

namespace personalify::storage {

/// The embedded shape: everything in `personalify.db` (mode 0600) of the data directory, which is created
/// (mode 0700) when missing and locked against a second process. Brings the schema up to date before it
/// returns. Destroying the stores finishes the writes already queued.
/// Blocks, so call it before the event loops start. Errors: conflict (another process uses the directory, or
/// a newer Personalify wrote the database), internal; the detail says which directory and why.
Result<std::unique_ptr<Stores>> open_sqlite(const std::filesystem::path& data_dir, const Clock& clock);

} // namespace personalify::storage

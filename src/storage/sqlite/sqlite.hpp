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

/// What may be read beside a running service.
class ReadOnlyStores {
public:
    virtual ~ReadOnlyStores() = default;
    virtual app::ReportStore& reports() = 0;
};

/// The same file for a command, whether a service runs on it or not: nothing is locked, created or changed.
/// Blocks. Errors: not_found (no database there), conflict (a schema that is not this version's), internal.
Result<std::unique_ptr<ReadOnlyStores>> read_sqlite(const std::filesystem::path& data_dir);

} // namespace personalify::storage

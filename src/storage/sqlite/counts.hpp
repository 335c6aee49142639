#pragma once

#include "app/ports/counts.hpp"
#include "storage/sqlite/database.hpp"

namespace personalify::storage {

/// CountStore on SQLite.
class SqliteCounts final : public app::CountStore {
public:
    explicit SqliteCounts(Database& database)
        : database_(database) {}
    Task<Result<app::StoredCounts>> count(TimePoint now) override;

private:
    Database& database_;
};

} // namespace personalify::storage

#pragma once

#include "app/ports/access_requests.hpp"
#include "storage/sqlite/database.hpp"

namespace personalify::storage {

class SqliteAccessRequests final : public app::AccessRequestStore {
public:
    explicit SqliteAccessRequests(Database& database)
        : database_(database) {}

    Task<Result<bool>> add(app::AccessRequest request) override;

private:
    Database& database_;
};

} // namespace personalify::storage

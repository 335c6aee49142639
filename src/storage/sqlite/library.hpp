#pragma once

#include "app/ports/library.hpp"
#include "storage/sqlite/database.hpp"

namespace personalify::storage {

class SqliteLibrary final : public app::LibraryStore {
public:
    explicit SqliteLibrary(Database& database)
        : database_(database) {}

    Task<Result<>> save_tops(UserId user, TimeRange range, Tops tops, TimePoint synced_at) override;
    Task<Result<std::optional<app::StoredTops>>> tops(UserId user, TimeRange range) override;
    Task<Result<std::optional<Track>>> track(std::string id) override;
    Task<Result<bool>> count_all_titles(UserId user, TimeRange range, TimePoint synced_at) override;

private:
    Database& database_;
};

} // namespace personalify::storage

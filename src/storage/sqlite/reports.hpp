#pragma once

#include "app/ports/reports.hpp"
#include "storage/sqlite/database.hpp"

namespace personalify::storage {

class SqliteReports final : public app::ReportStore {
public:
    /// `file` is the database's.
    SqliteReports(Database& database, std::filesystem::path file)
        : database_(database)
        , file_(std::move(file)) {}

    Task<Result<StoredTotals>> totals(int most_names, int most_users) override;
    Task<Result<std::optional<StoredUserTotals>>> user(UserId user, int most_names) override;
    Task<Result<app::UserSnapshot>> users() override;
    Task<Result<app::SyncSnapshot>> syncs() override;

private:
    static constexpr std::size_t most_waiting = 16; ///< for the thread that exports

    Database& database_;
    std::filesystem::path file_;
    net::BlockingPool exporting_{"sqlite-export", 1, most_waiting};
};

} // namespace personalify::storage

#pragma once

#include "app/ports/history.hpp"
#include "storage/sqlite/database.hpp"

namespace personalify::storage {

class SqliteHistory final : public app::HistoryStore {
public:
    explicit SqliteHistory(Database& database)
        : database_(database) {}

    Task<Result<>> append(UserId user, app::HistoryEntry entry) override;
    Task<Result<>> annotate(UserId user, TimeRange range, TimePoint synced_at,
                            EmotionSummary emotions) override;
    Task<Result<std::vector<app::HistoryEntry>>> list(UserId user, int limit,
                                                      std::optional<TimePoint> before) override;

private:
    Database& database_;
};

} // namespace personalify::storage

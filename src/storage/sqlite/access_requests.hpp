#pragma once

#include "app/ports/access_requests.hpp"
#include "storage/sqlite/database.hpp"

namespace personalify::storage {

class SqliteAccessRequests final : public app::AccessRequestStore {
public:
    explicit SqliteAccessRequests(Database& database)
        : database_(database) {}

    Task<Result<bool>> add(app::AccessRequest request, int most_open) override;
    Task<Result<std::vector<app::StoredAccessRequest>>> list(app::AccessFilter filter) override;
    Task<Result<std::optional<app::StoredAccessRequest>>>
    decide(std::int64_t id, std::optional<app::Invitation> invitation, TimePoint now) override;
    Task<Result<bool>> erase(std::int64_t id) override;
    Task<Result<int>> erase_decided(TimePoint before, int limit) override;
    Task<Result<std::int64_t>> count_users() override;
    Task<Result<std::optional<app::StoredAccessRequest>>> take_due(TimePoint now) override;
    Task<Result<std::optional<TimePoint>>> next_due() override;
    Task<Result<>> settle(std::int64_t id, app::Delivery delivery, TimePoint next_attempt) override;
    Task<Result<int>> settle_interrupted() override;

private:
    Database& database_;
};

} // namespace personalify::storage

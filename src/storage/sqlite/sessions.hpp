#pragma once

#include "app/ports/sessions.hpp"
#include "storage/sqlite/database.hpp"

namespace personalify::storage {

class SqliteSessions final : public app::SessionStore {
public:
    explicit SqliteSessions(Database& database)
        : database_(database) {}

    Task<Result<>> create(app::Session session) override;
    Task<Result<std::optional<app::Session>>> find(std::string token_hash, TimePoint now) override;
    Task<Result<>> extend(std::string token_hash, TimePoint expires_at) override;
    Task<Result<std::vector<app::Session>>> list(UserId user, TimePoint now, int limit) override;
    Task<Result<bool>> erase(std::string token_hash) override;
    Task<Result<int>> erase_expired(TimePoint now, int limit) override;

private:
    Database& database_;
};

} // namespace personalify::storage

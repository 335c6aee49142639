#pragma once

#include "app/ports/upstream_state.hpp"
#include "storage/sqlite/database.hpp"

namespace personalify::storage {

class SqliteUpstreamState final : public app::UpstreamStateStore {
public:
    explicit SqliteUpstreamState(Database& database)
        : database_(database) {}

    Task<Result<std::optional<TimePoint>>> closed_until(std::string upstream) override;
    Task<Result<>> close_until(std::string upstream, TimePoint until) override;

private:
    Database& database_;
};

} // namespace personalify::storage

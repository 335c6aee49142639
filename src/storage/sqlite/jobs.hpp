#pragma once

#include "app/ports/jobs.hpp"
#include "storage/sqlite/database.hpp"

namespace personalify::storage {

class SqliteJobs final : public app::JobStore {
public:
    explicit SqliteJobs(Database& database)
        : database_(database) {}

    Task<Result<app::Job>> enqueue(app::Job job, int most) override;
    Task<Result<std::optional<app::Job>>> find(std::string id) override;
    Task<Result<std::vector<app::Job>>> list(UserId user, int limit) override;
    Task<Result<std::optional<app::Job>>> start_next(TimePoint now) override;
    Task<Result<std::optional<app::Job>>> advance(std::string id, int steps_done, int steps,
                                                  TimePoint now) override;
    Task<Result<std::optional<app::Job>>> finish(std::string id, app::JobEnd end, bool extended,
                                                 TimePoint now) override;
    Task<Result<int>> requeue_running(int most_attempts, std::string error, TimePoint now) override;
    Task<Result<int>> erase_over(TimePoint before, int limit) override;

private:
    Database& database_;
};

} // namespace personalify::storage

#pragma once

#include "app/ports/title_readings.hpp"
#include "storage/sqlite/database.hpp"

namespace personalify::storage {

class SqliteTitleReadings final : public app::TitleReadingStore {
public:
    explicit SqliteTitleReadings(Database& database)
        : database_(database) {}

    Task<Result<Found>> find(std::string engine, std::vector<std::string> titles) override;
    Task<Result<>> save(std::string engine, std::vector<app::TitleReading> readings, int most) override;

private:
    Database& database_;
};

} // namespace personalify::storage

#pragma once

#include "app/ports/genres.hpp"
#include "storage/sqlite/database.hpp"

namespace personalify::storage {

class SqliteGenres final : public app::GenreStore {
public:
    explicit SqliteGenres(Database& database)
        : database_(database) {}

    Task<Result<std::vector<app::NamelessArtist>>> without_genres(TimePoint looked_before,
                                                                  int limit) override;
    Task<Result<std::vector<UserId>>> save_genres(std::string artist, std::vector<std::string> genres,
                                                  std::string source, TimePoint now) override;
    Task<Result<>> mark_sought(std::string artist, TimePoint at) override;

private:
    Database& database_;
};

} // namespace personalify::storage

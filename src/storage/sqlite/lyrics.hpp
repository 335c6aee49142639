#pragma once

#include "app/ports/lyrics_store.hpp"
#include "storage/sqlite/database.hpp"

namespace personalify::storage {

class SqliteLyrics final : public app::LyricsStore {
public:
    explicit SqliteLyrics(Database& database)
        : database_(database) {}

    Task<Result<std::optional<app::StoredLyrics>>> find(std::string key) override;
    Task<Result<>> save(app::StoredLyrics lyrics, app::LyricsBounds keep) override;

private:
    Database& database_;
};

} // namespace personalify::storage

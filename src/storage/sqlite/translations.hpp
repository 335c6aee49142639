#pragma once

#include "app/ports/translations.hpp"
#include "storage/sqlite/database.hpp"

namespace personalify::storage {

class SqliteTranslations final : public app::TranslationStore {
public:
    explicit SqliteTranslations(Database& database)
        : database_(database) {}

    Task<Result<Found>> find(std::vector<std::string> hashes) override;
    Task<Result<>> save(std::vector<app::StoredTranslation> translations,
                        app::TranslationBounds keep) override;

private:
    Database& database_;
};

} // namespace personalify::storage

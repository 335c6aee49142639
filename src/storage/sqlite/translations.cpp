#include "storage/sqlite/translations.hpp"

namespace personalify::storage {

namespace {

constexpr NamedSql find_translation{"translations.find",
                                    "SELECT text, source_language FROM translations WHERE hash = ?1"};
constexpr NamedSql save_translation{
    "translations.save",
    // What is replaced goes to the end: ids and written grow together.
    "REPLACE INTO translations (hash, text, source_language, written) VALUES (?1, ?2, ?3, "
    "length(CAST(?2 AS BLOB)) + coalesce((SELECT max(written) FROM translations), 0))"};
// Ids grow, hardly ever by more than one, and but for those replaced only the oldest ever go.
constexpr NamedSql drop_oldest{"translations.drop_oldest",
                               "DELETE FROM translations WHERE translation_id <= "
                               "(SELECT max(translation_id) FROM translations) - ?1"};
constexpr NamedSql drop_beyond{
    "translations.drop_beyond",
    "DELETE FROM translations WHERE written <= (SELECT max(written) FROM translations) - ?1"};

} // namespace

Task<Result<app::TranslationStore::Found>> SqliteTranslations::find(std::vector<std::string> hashes) {
    return database_.read([hashes = std::move(hashes)](Connection& connection) -> Result<Found> {
        Found found;
        found.reserve(hashes.size());
        for (const std::string& hash : hashes) {
            Query query = connection.query(find_translation, hash);
            if (query.next()) {
                found.emplace_back(app::Translation{query.text(0), query.text(1)});
            } else {
                found.emplace_back(std::nullopt);
            }
        }
        return found;
    });
}

Task<Result<>> SqliteTranslations::save(std::vector<app::StoredTranslation> translations,
                                        app::TranslationBounds keep) {
    return database_.write(
        [translations = std::move(translations), keep](Connection& connection) -> Result<> {
            for (const app::StoredTranslation& each : translations) {
                connection.execute(save_translation, each.hash, each.translation.text,
                                   each.translation.source_language);
            }
            connection.execute(drop_oldest, keep.count);
            connection.execute(drop_beyond, keep.bytes);
            return {};
        });
}

} // namespace personalify::storage

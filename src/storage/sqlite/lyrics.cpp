#include "storage/sqlite/lyrics.hpp"

#include "json/read.hpp"
#include "json/write.hpp"

namespace personalify::storage {

namespace {

using app::FoundLyrics;
using app::StoredLyrics;

constexpr NamedSql find_lyrics{
    "lyrics.find", "SELECT document, found_at, analysis, analysis_version FROM lyrics WHERE song = ?1"};
constexpr NamedSql save_lyrics{
    "lyrics.save",
    // What is replaced goes to the end: ids and written grow together.
    "REPLACE INTO lyrics (song, document, found_at, analysis, analysis_version, written) "
    "VALUES (?1, ?2, ?3, ?4, ?5, length(CAST(?2 AS BLOB)) + length(CAST(?4 AS BLOB)) + "
    "coalesce((SELECT max(written) FROM lyrics), 0))"};
constexpr NamedSql drop_oldest{
    "lyrics.drop_oldest", "DELETE FROM lyrics WHERE lyrics_id <= (SELECT max(lyrics_id) FROM lyrics) - ?1"};
constexpr NamedSql drop_beyond{"lyrics.drop_beyond",
                               "DELETE FROM lyrics WHERE written <= (SELECT max(written) FROM lyrics) - ?1"};

} // namespace

Task<Result<std::optional<StoredLyrics>>> SqliteLyrics::find(std::string key) {
    return database_.read([key = std::move(key)](
                              Connection& connection) -> Result<std::optional<StoredLyrics>> {
        Query query = connection.query(find_lyrics, key);
        if (!query.next()) {
            return std::nullopt;
        }
        Result<FoundLyrics> found = json::read<FoundLyrics>(query.text(0));
        if (!found) {
            return fail(Errc::internal, "Storage is unavailable.", "lyrics.find: " + found.error().cause);
        }
        std::optional<app::LyricsAnalysis> analysis;
        if (const std::string text = query.text(2); !text.empty()) {
            Result<app::LyricsAnalysis> read = json::read<app::LyricsAnalysis>(text);
            if (!read) {
                return fail(Errc::internal, "Storage is unavailable.", "lyrics.find: " + read.error().cause);
            }
            analysis = std::move(*read);
        }
        return StoredLyrics{.key = key,
                            .lyrics = std::move(*found),
                            .found_at = query.time(1),
                            .analysis = std::move(analysis),
                            .analysis_version = query.text(3)};
    });
}

Task<Result<>> SqliteLyrics::save(StoredLyrics lyrics, app::LyricsBounds keep) {
    std::string document = json::write(lyrics.lyrics);
    std::string analysis = lyrics.analysis ? json::write(*lyrics.analysis) : "";
    return database_.write([lyrics = std::move(lyrics), document = std::move(document),
                            analysis = std::move(analysis), keep](Connection& connection) -> Result<> {
        connection.execute(save_lyrics, lyrics.key, document, lyrics.found_at, analysis,
                           lyrics.analysis_version);
        connection.execute(drop_oldest, keep.count);
        connection.execute(drop_beyond, keep.bytes);
        return {};
    });
}

} // namespace personalify::storage

#include "storage/sqlite/genres.hpp"

#include "json/write.hpp"

namespace personalify::storage {

namespace {

constexpr NamedSql find_nameless{
    "genres.without",
    "SELECT artist_id, name FROM artists WHERE (genres_sought IS NULL OR genres_sought < ?1) AND name <> '' "
    "AND EXISTS (SELECT 1 FROM user_top_artists WHERE user_top_artists.artist_id = artists.artist_id) "
    "ORDER BY genres_sought IS NOT NULL, "
    "(SELECT min(rank) FROM user_top_artists WHERE user_top_artists.artist_id = artists.artist_id) LIMIT ?2"};
constexpr NamedSql note_look{"genres.mark_sought",
                             "UPDATE artists SET genres_sought = ?2 WHERE artist_id = ?1 AND "
                             "genres_sought IS NOT 9223372036854775807"};
constexpr NamedSql drop_others{"genres.drop_others", "DELETE FROM artist_genres WHERE artist_id = ?1"};
constexpr NamedSql save_names{"genres.save_names",
                              "INSERT OR IGNORE INTO genres (name) SELECT value FROM json_each(?1)"};
constexpr NamedSql save_others{"genres.save_others",
                               "INSERT OR IGNORE INTO artist_genres (artist_id, position, genre_id, source) "
                               "SELECT ?2, each.key, genres.genre_id, ?3 FROM json_each(?1) each JOIN genres "
                               "ON genres.name = each.value"};
constexpr NamedSql find_listeners{
    "genres.listeners", "SELECT DISTINCT spotify_id FROM user_top_artists JOIN users USING (user_key) "
                        "WHERE artist_id = ?1"};

} // namespace

Task<Result<std::vector<app::NamelessArtist>>> SqliteGenres::without_genres(TimePoint looked_before,
                                                                            int limit) {
    return database_.read(
        [looked_before, limit](Connection& connection) -> Result<std::vector<app::NamelessArtist>> {
            std::vector<app::NamelessArtist> artists;
            Query query = connection.query(find_nameless, looked_before, limit);
            while (query.next()) {
                artists.push_back({query.text(0), query.text(1)});
            }
            return artists;
        });
}

Task<Result<std::vector<UserId>>> SqliteGenres::save_genres(std::string artist,
                                                            std::vector<std::string> genres,
                                                            std::string source, TimePoint now) {
    std::string names = json::write(genres);
    return database_.write([artist = std::move(artist), names = std::move(names), source = std::move(source),
                            now](Connection& connection) -> Result<std::vector<UserId>> {
        std::vector<UserId> listeners;
        if (connection.execute(note_look, artist, now) == 0) { // unknown, or Spotify has named them
            return listeners;
        }
        connection.execute(drop_others, artist);
        connection.execute(save_names, names);
        connection.execute(save_others, names, artist, source);
        Query query = connection.query(find_listeners, artist);
        while (query.next()) {
            listeners.emplace_back(query.text(0));
        }
        return listeners;
    });
}

Task<Result<>> SqliteGenres::mark_sought(std::string artist, TimePoint at) {
    return database_.write([artist = std::move(artist), at](Connection& connection) -> Result<> {
        connection.execute(note_look, artist, at);
        return {};
    });
}

} // namespace personalify::storage

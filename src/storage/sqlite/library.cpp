#include "storage/sqlite/library.hpp"

#include "json/read.hpp"
#include "json/write.hpp"

namespace personalify::storage {

namespace {

constexpr NamedSql drop_sync{// takes the old ranks along
                             "library.drop_sync",
                             "DELETE FROM top_syncs WHERE time_range = ?2 AND user_key = "
                             "(SELECT user_key FROM users WHERE spotify_id = ?1)"};
constexpr NamedSql save_sync{"library.save_sync",
                             "INSERT INTO top_syncs (user_key, time_range, synced_at, document) "
                             "SELECT user_key, ?2, ?3, ?4 FROM users WHERE spotify_id = ?1"};
constexpr NamedSql find_tops{
    "library.tops", "SELECT document, synced_at, all_titles FROM top_syncs JOIN users USING (user_key) "
                    "WHERE spotify_id = ?1 AND time_range = ?2"};
constexpr NamedSql find_track{"library.track",
                              "SELECT name, popularity, preview_url, image, duration_ms, album_name, "
                              "album_type, album_total_tracks FROM tracks WHERE track_id = ?1"};
constexpr NamedSql find_track_artists{"library.track_artists",
                                      "SELECT name FROM track_artists WHERE track_id = ?1 ORDER BY position"};
constexpr NamedSql find_genres{"library.genres",
                               "SELECT genres.name FROM artist_genres JOIN genres USING (genre_id) "
                               "WHERE artist_id = ?1 ORDER BY position"};
constexpr NamedSql mark_all_titles{
    "library.count_all_titles",
    "UPDATE top_syncs SET all_titles = 1 WHERE time_range = ?2 AND synced_at = ?3 AND user_key = "
    "(SELECT user_key FROM users WHERE spotify_id = ?1)"};

// The catalogue, from the JSON of the tops (?1). What this sync does not know stays as it was.
constexpr NamedSql save_artists{
    "library.save_artists",
    "INSERT INTO artists (artist_id, name, popularity, image) "
    "SELECT value ->> 'id', value ->> 'name', value ->> 'popularity', value ->> 'image' "
    "FROM json_each(?1, '$.artists') WHERE true ON CONFLICT (artist_id) DO UPDATE SET name = excluded.name, "
    "popularity = coalesce(nullif(excluded.popularity, 0), popularity), "
    "image = coalesce(nullif(excluded.image, ''), image)"};
constexpr NamedSql save_genres{
    "library.save_genres",
    "INSERT OR IGNORE INTO genres (name) SELECT genre.value "
    "FROM json_each(?1, '$.artists') artist, json_each(artist.value, '$.genres') genre"};
constexpr NamedSql drop_artist_genres{
    "library.drop_artist_genres",
    "DELETE FROM artist_genres WHERE artist_id IN (SELECT value ->> 'id' FROM json_each(?1, '$.artists') "
    "WHERE json_array_length(value, '$.genres') > 0)"};
constexpr NamedSql save_artist_genres{
    "library.save_artist_genres",
    "INSERT OR IGNORE INTO artist_genres (artist_id, position, genre_id) "
    "SELECT artist.value ->> 'id', genre.key, genres.genre_id FROM json_each(?1, '$.artists') artist, "
    "json_each(artist.value, '$.genres') genre JOIN genres ON genres.name = genre.value"};
constexpr NamedSql mark_named{// nobody has to look for their genres
                              "library.mark_named",
                              "UPDATE artists SET genres_sought = 9223372036854775807 WHERE "
                              "genres_sought IS NOT 9223372036854775807 AND artist_id IN "
                              "(SELECT value ->> 'id' FROM json_each(?1, '$.artists') "
                              "WHERE json_array_length(value, '$.genres') > 0)"};
constexpr NamedSql save_tracks{
    "library.save_tracks",
    "INSERT INTO tracks (track_id, name, popularity, preview_url, image, duration_ms, album_name, "
    "album_type, "
    "album_total_tracks) SELECT value ->> 'id', value ->> 'name', value ->> 'popularity', "
    "value ->> 'preview_url', value ->> 'image', value ->> 'duration_ms', value ->> '$.album.name', "
    "value ->> '$.album.type', value ->> '$.album.total_tracks' FROM json_each(?1, '$.tracks') WHERE true "
    "ON CONFLICT (track_id) DO UPDATE SET name = excluded.name, "
    "popularity = coalesce(nullif(excluded.popularity, 0), popularity), "
    "preview_url = coalesce(excluded.preview_url, preview_url), "
    "image = coalesce(nullif(excluded.image, ''), image), duration_ms = excluded.duration_ms, "
    "album_name = excluded.album_name, album_type = coalesce(nullif(excluded.album_type, ''), album_type), "
    "album_total_tracks = coalesce(nullif(excluded.album_total_tracks, 0), album_total_tracks)"};
constexpr NamedSql drop_track_artists{
    "library.drop_track_artists",
    "DELETE FROM track_artists WHERE track_id IN (SELECT value ->> 'id' FROM json_each(?1, '$.tracks'))"};
constexpr NamedSql save_track_artists{
    "library.save_track_artists",
    "INSERT OR IGNORE INTO track_artists (track_id, position, name) "
    "SELECT track.value ->> 'id', artist.key, artist.value "
    "FROM json_each(?1, '$.tracks') track, json_each(track.value, '$.artists') artist"};

// The ranks; ?2 is the user, ?3 the range.
constexpr NamedSql save_top_artists{
    "library.save_top_artists",
    "INSERT INTO user_top_artists (user_key, time_range, rank, artist_id) "
    "SELECT user_key, ?3, key, value ->> 'id' FROM users, json_each(?1, '$.artists') WHERE spotify_id = ?2"};
constexpr NamedSql save_top_tracks{
    "library.save_top_tracks",
    "INSERT INTO user_top_tracks (user_key, time_range, rank, track_id) "
    "SELECT user_key, ?3, key, value ->> 'id' FROM users, json_each(?1, '$.tracks') WHERE spotify_id = ?2"};

/// Gives artists without genres those that other sources named.
void fill_genres(Connection& connection, std::vector<Artist>& artists) {
    for (Artist& artist : artists) {
        if (!artist.genres.empty()) {
            continue;
        }
        Query query = connection.query(find_genres, artist.id);
        while (query.next()) {
            artist.genres.push_back(query.text(0));
        }
    }
}

Result<> write_tops(Connection& connection, const UserId& user, std::string_view range,
                    std::string_view document, TimePoint synced_at) {
    connection.execute(drop_sync, user.str(), range);
    if (connection.execute(save_sync, user.str(), range, synced_at, document) == 0) {
        return fail(Errc::not_found, "User not found.");
    }
    for (const NamedSql* step : {&save_artists, &save_genres, &drop_artist_genres, &save_artist_genres,
                                 &mark_named, &save_tracks, &drop_track_artists, &save_track_artists}) {
        connection.execute(*step, document);
    }
    connection.execute(save_top_artists, document, user.str(), range);
    connection.execute(save_top_tracks, document, user.str(), range);
    return {};
}

} // namespace

Task<Result<>> SqliteLibrary::save_tops(UserId user, TimeRange range, Tops tops, TimePoint synced_at) {
    return database_.write(
        [user = std::move(user), range, document = json::write(tops), synced_at](Connection& connection) {
            return write_tops(connection, user, to_string(range), document, synced_at);
        });
}

Task<Result<std::optional<app::StoredTops>>> SqliteLibrary::tops(UserId user, TimeRange range) {
    return database_.read(
        [user = std::move(user), range](Connection& connection) -> Result<std::optional<app::StoredTops>> {
            Query query = connection.query(find_tops, user.str(), to_string(range));
            if (!query.next()) {
                return std::nullopt;
            }
            Result<Tops> tops = json::read<Tops>(query.text(0));
            if (!tops) {
                return fail(Errc::internal, "Storage is unavailable.", "library.tops: " + tops.error().cause);
            }
            app::StoredTops stored{*std::move(tops), query.time(1), query.boolean(2)};
            fill_genres(connection, stored.tops.artists);
            return stored;
        });
}

Task<Result<std::optional<Track>>> SqliteLibrary::track(std::string id) {
    return database_.read([id = std::move(id)](Connection& connection) -> Result<std::optional<Track>> {
        Query query = connection.query(find_track, id);
        if (!query.next()) {
            return std::nullopt;
        }
        Track track{.id = id,
                    .name = query.text(0),
                    .artists = {},
                    .album = {.name = query.text(5),
                              .type = query.text(6),
                              .total_tracks = static_cast<std::int32_t>(query.integer(7))},
                    .popularity = static_cast<std::int32_t>(query.integer(1)),
                    .preview_url = query.text_or_null(2),
                    .image = query.text(3),
                    .duration_ms = query.integer(4)};
        Query artists = connection.query(find_track_artists, id);
        while (artists.next()) {
            track.artists.push_back(artists.text(0));
        }
        return track;
    });
}

Task<Result<bool>> SqliteLibrary::count_all_titles(UserId user, TimeRange range, TimePoint synced_at) {
    return database_.write(
        [user = std::move(user), range, synced_at](Connection& connection) -> Result<bool> {
            return connection.execute(mark_all_titles, user.str(), to_string(range), synced_at) > 0;
        });
}

} // namespace personalify::storage

#include "storage/sqlite/migrations.hpp"

#include <array>

namespace personalify::storage {

namespace {

// Times are milliseconds since 1970, UTC; ranges are Spotify's words.
constexpr std::string_view step_1 = R"sql(
CREATE TABLE users (
    user_key         INTEGER PRIMARY KEY,
    spotify_id       TEXT    NOT NULL UNIQUE,
    account_id       TEXT    UNIQUE,
    display_name     TEXT    NOT NULL,
    image            TEXT    NOT NULL,
    country          TEXT,
    product          TEXT,
    followers        INTEGER,
    sharing          INTEGER CHECK (sharing IN (0, 1)),
    reconnect_needed INTEGER NOT NULL DEFAULT 0 CHECK (reconnect_needed IN (0, 1)),
    authorized_at    INTEGER NOT NULL,
    sealed_tokens    BLOB,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    token_hash TEXT    NOT NULL PRIMARY KEY,
    user_key   INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    kind       TEXT    NOT NULL CHECK (kind IN ('web', 'mobile')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX sessions_by_user ON sessions (user_key);

-- The catalogue: what is known of artists and tracks, whoever listened to them.
CREATE TABLE artists (
    artist_id  TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    popularity INTEGER NOT NULL,
    image      TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE genres (
    genre_id INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE
) STRICT;

CREATE TABLE artist_genres (
    artist_id TEXT    NOT NULL REFERENCES artists ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    genre_id  INTEGER NOT NULL REFERENCES genres,
    PRIMARY KEY (artist_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE tracks (
    track_id           TEXT    NOT NULL PRIMARY KEY,
    name               TEXT    NOT NULL,
    popularity         INTEGER NOT NULL,
    preview_url        TEXT,
    image              TEXT    NOT NULL,
    duration_ms        INTEGER NOT NULL,
    album_name         TEXT    NOT NULL,
    album_type         TEXT    NOT NULL,
    album_total_tracks INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE track_artists (
    track_id TEXT    NOT NULL REFERENCES tracks ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    PRIMARY KEY (track_id, position)
) STRICT, WITHOUT ROWID;

-- A user's tops of a range as they were synced (JSON of domain Tops), and the same as ranks in the catalogue,
-- for questions over all users.
CREATE TABLE top_syncs (
    user_key   INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    time_range TEXT    NOT NULL CHECK (time_range IN ('short_term', 'medium_term', 'long_term')),
    synced_at  INTEGER NOT NULL,
    document   TEXT    NOT NULL,
    PRIMARY KEY (user_key, time_range)
) STRICT;

CREATE TABLE user_top_artists (
    user_key   INTEGER NOT NULL,
    time_range TEXT    NOT NULL,
    rank       INTEGER NOT NULL,
    artist_id  TEXT    NOT NULL REFERENCES artists,
    PRIMARY KEY (user_key, time_range, rank),
    FOREIGN KEY (user_key, time_range) REFERENCES top_syncs ON DELETE CASCADE ON UPDATE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE user_top_tracks (
    user_key   INTEGER NOT NULL,
    time_range TEXT    NOT NULL,
    rank       INTEGER NOT NULL,
    track_id   TEXT    NOT NULL REFERENCES tracks,
    PRIMARY KEY (user_key, time_range, rank),
    FOREIGN KEY (user_key, time_range) REFERENCES top_syncs ON DELETE CASCADE ON UPDATE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_history (
    id         INTEGER PRIMARY KEY,
    user_key   INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    time_range TEXT    NOT NULL CHECK (time_range IN ('short_term', 'medium_term', 'long_term')),
    synced_at  INTEGER NOT NULL,
    document   TEXT    NOT NULL
) STRICT;
CREATE INDEX sync_history_by_time ON sync_history (user_key, synced_at, id);

-- email_key is the address in the form in which two are compared.
CREATE TABLE access_requests (
    id           INTEGER PRIMARY KEY,
    name         TEXT    NOT NULL,
    email        TEXT    NOT NULL,
    email_key    TEXT    NOT NULL,
    requested_at INTEGER NOT NULL
) STRICT;
CREATE INDEX access_requests_by_email ON access_requests (email_key, requested_at);

CREATE TABLE upstream_state (
    name         TEXT    NOT NULL PRIMARY KEY,
    closed_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::array steps{step_1};

} // namespace

std::span<const std::string_view> schema_steps() {
    return steps;
}

} // namespace personalify::storage

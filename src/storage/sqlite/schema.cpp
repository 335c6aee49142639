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

// What titles say, and the jobs that read them. A reading is 28 little-endian floats.
constexpr std::string_view step_2 = R"sql(
ALTER TABLE top_syncs ADD COLUMN all_titles INTEGER NOT NULL DEFAULT 0 CHECK (all_titles IN (0, 1));

CREATE TABLE title_readings (
    reading_id    INTEGER PRIMARY KEY,
    engine        TEXT    NOT NULL,
    title         TEXT    NOT NULL,
    probabilities BLOB    NOT NULL,
    UNIQUE (engine, title)
) STRICT;

CREATE TABLE jobs (
    job_key    INTEGER PRIMARY KEY,
    job_id     TEXT    NOT NULL UNIQUE,
    user_key   INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    kind       TEXT    NOT NULL,
    time_range TEXT    NOT NULL CHECK (time_range IN ('short_term', 'medium_term', 'long_term')),
    extended   INTEGER NOT NULL CHECK (extended IN (0, 1)),
    state      TEXT    NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
    steps_done INTEGER NOT NULL,
    steps      INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    result     TEXT,
    error      TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX jobs_active ON jobs (user_key, kind, time_range) WHERE state IN ('queued', 'running');
CREATE INDEX jobs_by_state ON jobs (state, job_key);
CREATE INDEX jobs_by_user ON jobs (user_key);
)sql";

// What translators said, by the hash of the text and the translator's name.
constexpr std::string_view step_3 = R"sql(
CREATE TABLE translations (
    translation_id  INTEGER PRIMARY KEY,
    hash            TEXT    NOT NULL UNIQUE,
    text            TEXT    NOT NULL,
    source_language TEXT    NOT NULL
) STRICT;
)sql";

// How often a job was started; which sync an entry of the history is of (NULL: as its own time says); and how
// many bytes of translations were ever written, up to and with each one.
constexpr std::string_view step_4 = R"sql(
ALTER TABLE jobs ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sync_history ADD COLUMN sync_time INTEGER;
ALTER TABLE translations ADD COLUMN written INTEGER NOT NULL DEFAULT 0;
CREATE INDEX translations_by_written ON translations (written);
)sql";

// The words of songs with what was read in them, and the genres that others than Spotify named (source NULL:
// Spotify). genres_sought says when somebody last looked for them: never for those that Spotify names (the
// largest number), NULL while they wait.
constexpr std::string_view step_5 = R"sql(
CREATE TABLE lyrics (
    lyrics_id        INTEGER PRIMARY KEY,
    song             TEXT    NOT NULL UNIQUE,
    document         TEXT    NOT NULL,
    found_at         INTEGER NOT NULL,
    analysis         TEXT    NOT NULL,
    analysis_version TEXT    NOT NULL,
    written          INTEGER NOT NULL
) STRICT;
CREATE INDEX lyrics_by_written ON lyrics (written);

ALTER TABLE artist_genres ADD COLUMN source TEXT;
ALTER TABLE artists ADD COLUMN genres_sought INTEGER;
UPDATE artists SET genres_sought = 9223372036854775807
    WHERE artist_id IN (SELECT artist_id FROM artist_genres);
CREATE INDEX artists_by_genres_sought ON artists (genres_sought);
CREATE INDEX user_top_artists_by_artist ON user_top_artists (artist_id);
)sql";

// What became of requests for access, how far the news of them has come, and the invitations that answer
// them, by the hash of their code.
constexpr std::string_view step_6 = R"sql(
ALTER TABLE access_requests ADD COLUMN state TEXT NOT NULL DEFAULT 'open'
    CHECK (state IN ('open', 'approved', 'declined'));
ALTER TABLE access_requests ADD COLUMN decided_at INTEGER;
ALTER TABLE access_requests ADD COLUMN delivery TEXT NOT NULL DEFAULT 'pending'
    CHECK (delivery IN ('pending', 'sending', 'sent', 'maybe_sent', 'failed'));
ALTER TABLE access_requests ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE access_requests ADD COLUMN next_attempt_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX access_requests_to_send ON access_requests (next_attempt_at, id) WHERE delivery = 'pending';

CREATE TABLE invitations (
    code_hash  TEXT    NOT NULL PRIMARY KEY,
    request_id INTEGER NOT NULL UNIQUE REFERENCES access_requests ON DELETE CASCADE,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::array steps{step_1, step_2, step_3, step_4, step_5, step_6};

} // namespace

std::span<const std::string_view> schema_steps() {
    return steps;
}

} // namespace personalify::storage

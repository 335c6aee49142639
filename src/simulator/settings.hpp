#pragma once

#include "json/describe.hpp"
#include "json/input.hpp"

#include <cstdint>
#include <optional>

namespace personalify::simulator {

/// What Spotify's dashboard grants an app: the whole answers, or those without the fields removed in 2026.
enum class Mode : std::uint8_t { extended, development };
BOOST_DESCRIBE_ENUM(Mode, extended, development)

/// How an artist's genres look. All four have been seen.
enum class GenresForm : std::uint8_t { array, empty, null, missing };
BOOST_DESCRIBE_ENUM(GenresForm, array, empty, null, missing)

/// What PUT /_sim/settings changes while the simulator runs.
struct Settings {
    json::Bounded<0, 600'000> latency_ms = 0; ///< before each answer of a program's route
    Mode mode = Mode::extended;
    std::optional<GenresForm> genres = std::nullopt; ///< null: `array` when extended, `missing` when not
    json::Bounded<0, 31'536'000> expires_in = 3600;  ///< seconds, of access tokens issued from now on
    bool rotate_refresh = true;                      ///< a refresh replaces the refresh token...
    bool refresh_token_in_answer = true;             ///< ...if the answer is there to tell the new one
    bool musicbrainz_limit = true; ///< who asks MusicBrainz twice within a second gets a 503

    GenresForm genres_form() const {
        return genres.value_or(mode == Mode::extended ? GenresForm::array : GenresForm::missing);
    }
};
BOOST_DESCRIBE_STRUCT(Settings, (),
                      (latency_ms, mode, genres, expires_in, rotate_refresh, refresh_token_in_answer,
                       musicbrainz_limit))

} // namespace personalify::simulator

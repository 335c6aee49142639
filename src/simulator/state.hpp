#pragma once

#include "simulator/faults.hpp"
#include "simulator/grants.hpp"
#include "simulator/images.hpp"
#include "simulator/journal.hpp"
#include "simulator/music_json.hpp"
#include "simulator/musicbrainz_api.hpp"
#include "simulator/people.hpp"
#include "simulator/player.hpp"
#include "simulator/player_json.hpp"
#include "simulator/programme.hpp"
#include "simulator/settings.hpp"
#include "simulator/simulator.hpp"
#include "simulator/telegram_api.hpp"

#include <mutex>

namespace personalify::simulator {

/// What all handlers share. Never hold the mutex across a co_await.
struct State {
    State(SimulatorOptions given, Settings at_start, std::vector<FaultRule> rules)
        : options(std::move(given))
        , settings_at_start(at_start)
        , faults_at_start(std::move(rules)) {
        reset();
    }

    // Immutable.
    const SimulatorOptions options; ///< but for its public_url, see below
    const Settings settings_at_start;
    const std::vector<FaultRule> faults_at_start;
    const Favourites favourites;
    const std::vector<Programme> programmes = make_programmes(favourites);
    const Images images;
    const Clock& clock = *options.clock;

    std::mutex mutex;
    // Guarded by the mutex.
    std::string public_url = options.public_url;
    Settings settings;
    People people;
    Grants grants{options.grants_key};
    Journal journal;
    FaultBook faults;
    MusicbrainzManners musicbrainz_manners;
    TelegramChats telegram;
    std::vector<Player> players; ///< in the order of listeners()
    PlayerTexts player_texts;

    /// As freshly started. The caller holds the mutex, or is the only one.
    void reset() {
        settings = settings_at_start;
        people = People{};
        grants.clear();
        journal.clear();
        faults.replace(faults_at_start);
        musicbrainz_manners.forget();
        telegram.clear();
        players = make_players(programmes, options.players_began, clock.now());
    }

    /// The caller holds the mutex.
    Player& player(const Listener& listener) {
        return players.at(static_cast<std::size_t>(&listener - listeners().data()));
    }

    /// The caller holds the mutex.
    View view() const {
        return {.base = public_url, .mode = settings.mode, .genres = settings.genres_form()};
    }
};

} // namespace personalify::simulator

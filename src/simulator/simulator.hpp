#pragma once

#include "core/clock.hpp"
#include "http/message.hpp"
#include "simulator/faults.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Believable upstreams for the demo and the tests. Spotify: accounts service, Web API, pictures, and a
/// consent page with invented listeners. Beside it Hugging Face's inference and Google's translation, Genius
/// and LRCLIB for lyrics, Last.fm and MusicBrainz for genres, and Telegram. See README.md.
namespace personalify::simulator {

struct SimulatorOptions {
    std::string public_url = {};          ///< e.g. http://127.0.0.1:8001; begins all addresses in answers
    std::chrono::milliseconds latency{0}; ///< before each answer of a program's route
    std::string client_id = "demo-client";
    std::string client_secret = "demo-secret";
    std::string inference_token = "hf_demo";       ///< that Hugging Face's router accepts
    std::string translation_key = "demo-key";      ///< that Cloud Translation accepts
    std::string genius_token = "genius-demo";      ///< that Genius' API accepts
    std::string lastfm_key = "lastfm-demo";        ///< that Last.fm accepts
    std::string telegram_token = "700000001:demo"; ///< of Telegram's only bot
    std::string telegram_chat = "-1001234567890";  ///< that it may write to
    bool control = true;                           ///< the /_sim routes
    std::vector<std::string> faults = {}; ///< rules as parse_fault reads them; in force from the start
    std::string app_name = "Personalify"; ///< what the consent page calls the app
    /// Simulators with the same key know each other's tokens, across restarts; empty: tokens die with this
    /// one.
    std::string grants_key = {};
    /// When everybody's programme began, so that what plays does not depend on when the simulator was
    /// started; nullopt: a moment before the start.
    std::optional<TimePoint> players_began = std::nullopt;
    std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>(); ///< not null
};

struct State;

/// Holds everything in memory, bounded. Handlers may run on several shards, also after the simulator is gone.
class Simulator {
public:
    /// Throws std::invalid_argument if a fault can't be read.
    explicit Simulator(SimulatorOptions options);
    ~Simulator();
    Simulator(const Simulator&) = delete;
    Simulator& operator=(const Simulator&) = delete;

    http::Handler handler();
    /// For a port that is only known once it is bound. From any thread.
    void set_public_url(std::string url);

private:
    std::shared_ptr<State> state_;
};

} // namespace personalify::simulator

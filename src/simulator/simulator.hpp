#pragma once

#include "http/message.hpp"
#include "simulator/faults.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

/// A believable Spotify for the demo and the tests: accounts service, Web API, pictures, and a consent page
/// with invented listeners. See README.md.
namespace personalify::simulator {

struct SimulatorOptions {
    std::string public_url = {};          ///< e.g. http://127.0.0.1:8001; begins all addresses in answers
    std::chrono::milliseconds latency{0}; ///< before each answer of the token endpoint and the Web API
    std::string client_id = "demo-client";
    std::string client_secret = "demo-secret";
    bool control = true;                  ///< the /_sim routes
    std::vector<std::string> faults = {}; ///< rules as parse_fault reads them; in force from the start
    std::string app_name = "Personalify"; ///< what the consent page calls the app
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

#pragma once

#include "config/settings.hpp"
#include "http/server.hpp"
#include "main/shards.hpp"
#include "simulator/simulator.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace personalify {

/// The demo's Spotify, on a port of its own on this machine. Pictures are stored with its address, so the
/// data directory remembers the port. Consents and what everybody plays outlast a restart: the key is no
/// secret, since the demo asks nobody for a password.
struct Demo {
    simulator::Simulator simulator{
        {.public_url = {}, .faults = {}, .grants_key = "the demo's consents", .players_began = TimePoint{}}};
    std::unique_ptr<http::Server> server = nullptr;
    std::string origin = {};           ///< where the simulator answers
    std::uint16_t remembered_port = 0; ///< of earlier starts on this data directory; 0: none
};

/// The port that an earlier demo on this data directory used; 0 when there is none, or nothing legible.
std::uint16_t remembered_demo_port(const std::filesystem::path& data_dir);
/// Writes it down; the data directory must exist. False when it can't be written.
bool remember_demo_port(const std::filesystem::path& data_dir, std::uint16_t port);

/// Starts the simulator on the remembered port, else on the one after the service's, else on a free one, and
/// turns the settings to it. Throws boost::system::system_error when there is no port at all.
std::unique_ptr<Demo> start_demo(Shards& shards, config::Settings& settings);

/// Tells on standard output what this is, and how to connect an own Spotify. `origin` is where a browser on
/// this machine finds the service.
void say_demo_hints(const Demo& demo, const config::Settings& settings, const std::string& origin);

} // namespace personalify

#include "main/demo.hpp"

#include "config/url.hpp"
#include "main/listen.hpp"

#include <boost/system/system_error.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace personalify {

namespace {

constexpr const char* port_file = "demo-port";

/// In the order of preference; the last one, 0, is any that is free.
std::vector<std::uint16_t> wanted_ports(std::uint16_t remembered, std::uint16_t of_service) {
    std::vector<std::uint16_t> ports;
    if (remembered != 0 && remembered != of_service) {
        ports.push_back(remembered);
    }
    if (of_service != 0 && of_service != 65'535) {
        ports.push_back(static_cast<std::uint16_t>(of_service + 1));
    }
    ports.push_back(0);
    return ports;
}

std::unique_ptr<http::Server> listen_on_first(Shards& shards, const std::string& address,
                                              const std::vector<std::uint16_t>& ports,
                                              const http::Handler& handler) {
    http::ServerOptions options{.address = address, .limits = {}};
    for (const std::uint16_t port : ports) {
        options.port = port;
        try {
            return http::serve(shards.contexts(), options, handler);
        } catch (const boost::system::system_error&) {
            if (port == ports.back()) {
                throw;
            }
        }
    }
    return nullptr;
}

} // namespace

std::uint16_t remembered_demo_port(const std::filesystem::path& data_dir) {
    const int file = ::open((data_dir / port_file).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        return 0;
    }
    std::array<char, 16> text{};
    const ssize_t size = ::read(file, text.data(), text.size());
    ::close(file);
    std::uint16_t port = 0;
    const char* const end = text.data() + std::max<ssize_t>(size, 0);
    const auto [rest, failure] = std::from_chars(text.data(), end, port);
    const std::string_view after{rest, end};
    return failure == std::errc{} && (after.empty() || after == "\n") ? port : std::uint16_t{0};
}

bool remember_demo_port(const std::filesystem::path& data_dir, std::uint16_t port) {
    const int file =
        ::open((data_dir / port_file).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) {
        return false;
    }
    const std::string text = std::to_string(port) + '\n';
    const ssize_t written = ::write(file, text.data(), text.size());
    return ::close(file) == 0 && written == static_cast<ssize_t>(text.size());
}

std::unique_ptr<Demo> start_demo(Shards& shards, config::Settings& settings) {
    settings.demo = true;
    settings.data_dir /= "demo";
    auto demo = std::make_unique<Demo>();
    demo->remembered_port = remembered_demo_port(settings.data_dir);
    demo->server =
        listen_on_first(shards, settings.demo_listen, wanted_ports(demo->remembered_port, settings.port),
                        demo->simulator.handler());
    demo->origin = origin_of("127.0.0.1", demo->server->port());
    demo->simulator.set_public_url(demo->origin);
    settings.spotify_client_id = "demo-client";
    settings.spotify_client_secret = "demo-secret";
    settings.spotify_redirect_uri.clear();
    settings.spotify_accounts_url = demo->origin;
    settings.spotify_api_url = demo->origin;
    settings.spotify_call_budget = 100'000;
    // Whoever asks for a service that reads or translates gets the simulated one: nothing leaves the machine.
    settings.hf_inference_url = demo->origin;
    settings.hugging_face_api_key = simulator::SimulatorOptions{}.inference_token;
    settings.translate_cloud_url = demo->origin;
    settings.google_translate_api_key = simulator::SimulatorOptions{}.translation_key;
    settings.translate_web_url = demo->origin;
    settings.genius_access_token = simulator::SimulatorOptions{}.genius_token;
    settings.genius_api_url = demo->origin + "/genius-api";
    settings.genius_web_url = demo->origin + "/genius";
    settings.lrclib_url = demo->origin + "/lrclib";
    settings.lastfm_api_key = simulator::SimulatorOptions{}.lastfm_key;
    settings.lastfm_url = demo->origin + "/lastfm";
    settings.musicbrainz_url = demo->origin + "/musicbrainz";
    settings.telegram_bot_token = simulator::SimulatorOptions{}.telegram_token;
    settings.telegram_chat_id = simulator::SimulatorOptions{}.telegram_chat;
    settings.telegram_url = demo->origin + "/telegram";
    return demo;
}

void say_demo_hints(const Demo& demo, const config::Settings& settings, const std::string& origin) {
    std::printf("\n"
                "This is the demo: invented listeners and music from a built-in simulator; nothing leaves "
                "this machine.\n"
                "The simulated Spotify is at %s, for this machine only; /_sim/ steers it, see "
                "src/simulator/README.md.\n",
                demo.origin.c_str());
    if (settings.listen_address != "::1" && !config::is_loopback_host(settings.listen_address)) {
        std::printf("Other machines can't log in to a demo; on this one open %s\n", origin.c_str());
    }
    if (demo.remembered_port != 0 && demo.remembered_port != demo.server->port()) {
        std::printf("Warning: port %d, where the simulated Spotify was before, is taken. Stored pictures "
                    "will not show.\n",
                    int{demo.remembered_port});
    }
    std::printf("To connect your own Spotify:\n"
                "  1. Create an app at https://developer.spotify.com/dashboard (Web API).\n"
                "  2. Register this redirect URI in it, exactly: %s/callback\n"
                "  3. Put SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET into .env (or the environment) and "
                "start again.\n",
                origin.c_str());
}

} // namespace personalify

#include "main/serve.hpp"

#include "http/server.hpp"
#include "main/build_info.hpp"
#include "main/service.hpp"
#include "main/shards.hpp"
#include "ops/log.hpp"
#include "simulator/simulator.hpp"

#include <boost/asio/signal_set.hpp>
#include <boost/system/system_error.hpp>

#include <csignal>
#include <cstdio>
#include <malloc.h>
#include <sys/resource.h>

namespace personalify {

namespace {

std::string origin_of(const std::string& address, std::uint16_t port) {
    const bool everywhere = address == "0.0.0.0" || address == "::";
    const bool v6 = !everywhere && address.find(':') != std::string::npos;
    return "http://" +
           (everywhere ? "127.0.0.1"
            : v6       ? '[' + address + ']'
                       : address) +
           ':' + std::to_string(port);
}

void prepare_process() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
    ::mallopt(M_ARENA_MAX, 2); // an arena per thread would keep megabytes of free memory each
    std::signal(SIGPIPE, SIG_IGN);
}

void write_access_record(const http::AccessRecord& record) {
    ops::log(ops::Level::info, "request",
             {{"method", record.method},
              {"route", record.route},
              {"status", std::int64_t{record.status}},
              {"bytes", static_cast<std::int64_t>(record.response_bytes)},
              {"ms", static_cast<double>(record.duration.count()) / 1000.0},
              {"request_id", record.request_id}});
}

http::ServerOptions server_options(const config::Settings& settings) {
    http::ServerOptions options{.address = settings.listen_address, .port = settings.port, .limits = {}};
    options.limits.header_timeout = settings.http_header_timeout;
    options.limits.body_timeout = settings.http_body_timeout;
    options.limits.idle_timeout = settings.http_idle_timeout;
    options.trusted_proxies = settings.trusted_proxies;
    if (settings.access_log) {
        options.access_log = write_access_record;
    }
    options.on_error = [](std::string_view request_id, std::string_view what) {
        ops::log(ops::Level::error, "request.threw", {{"request_id", request_id}, {"what", what}});
    };
    return options;
}

/// Ends the loops on SIGTERM or SIGINT after the servers are drained; a second signal ends them at once.
class Shutdown {
public:
    Shutdown(Shards& shards, std::vector<http::Server*> servers, std::chrono::seconds grace)
        : shards_(shards)
        , servers_(std::move(servers))
        , grace_(grace)
        , signals_(shards.first(), SIGTERM, SIGINT) {
        wait();
    }

private:
    void wait() {
        signals_.async_wait([this](const boost::system::error_code& failure, int) {
            if (failure) {
                return;
            }
            if (draining_) {
                shards_.stop();
                return;
            }
            draining_ = true;
            ops::log(ops::Level::info, "shutdown.draining");
            left_ = servers_.size();
            for (http::Server* server : servers_) {
                server->drain(grace_, [this] { asio::post(shards_.first(), [this] { drained(); }); });
            }
            wait();
        });
    }

    void drained() {
        if (--left_ == 0) {
            shards_.stop();
        }
    }

    Shards& shards_;
    std::vector<http::Server*> servers_;
    std::chrono::seconds grace_;
    asio::signal_set signals_;
    bool draining_ = false;
    std::size_t left_ = 0;
};

void say_demo_hints(const std::string& origin) {
    std::printf("\n"
                "This is the demo: invented listeners and music from a built-in simulator; nothing leaves "
                "this machine.\n"
                "To connect your own Spotify:\n"
                "  1. Create an app at https://developer.spotify.com/dashboard (Web API).\n"
                "  2. Register this redirect URI in it, exactly: %s/callback\n"
                "  3. Put SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET into .env (or the environment) and "
                "start again.\n",
                origin.c_str());
}

/// The demo's Spotify, on a port of its own: the next one, so that stored cover addresses stay good.
struct Demo {
    simulator::Simulator simulator{{.public_url = {}, .faults = {}}};
    std::unique_ptr<http::Server> server = nullptr;
};

std::unique_ptr<Demo> start_demo(Shards& shards, config::Settings& settings) {
    auto demo = std::make_unique<Demo>();
    http::ServerOptions options{.address = "127.0.0.1", .limits = {}};
    options.port = settings.port == 0 || settings.port == 65'535
                       ? std::uint16_t{0}
                       : static_cast<std::uint16_t>(settings.port + 1);
    try {
        demo->server = http::serve(shards.contexts(), options, demo->simulator.handler());
    } catch (const boost::system::system_error&) {
        options.port = 0;
        demo->server = http::serve(shards.contexts(), options, demo->simulator.handler());
    }
    const std::string origin = origin_of("127.0.0.1", demo->server->port());
    demo->simulator.set_public_url(origin);
    settings.demo = true;
    settings.data_dir /= "demo";
    settings.spotify_client_id = "demo-client";
    settings.spotify_client_secret = "demo-secret";
    settings.spotify_redirect_uri.clear();
    settings.spotify_accounts_url = origin;
    settings.spotify_api_url = origin;
    settings.spotify_call_budget = 100'000;
    return demo;
}

int run(Shards& shards, config::Settings settings) {
    const bool wants_demo = settings.demo || !settings.has_spotify_app();
    const bool asked = settings.demo;
    std::unique_ptr<Demo> demo = wants_demo ? start_demo(shards, settings) : nullptr;
    Result<std::unique_ptr<Service>> service = assemble(settings);
    if (!service) {
        std::fprintf(stderr, "personalify: %s%s%s\n", service.error().detail.c_str(),
                     service.error().cause.empty() ? "" : ": ", service.error().cause.c_str());
        return 1;
    }
    const std::unique_ptr<http::Server> server =
        http::serve(shards.contexts(), server_options(settings), (*service)->handler());
    (*service)->start_background(shards.first());
    std::vector<http::Server*> servers{server.get()};
    if (demo) {
        servers.push_back(demo->server.get());
    }
    Shutdown shutdown(shards, std::move(servers), settings.shutdown_grace);
    const std::string origin = origin_of(settings.listen_address, server->port());
    std::printf("Personalify %s listening on %s\n", version_number().c_str(), origin.c_str());
    if (demo) {
        if (!asked) {
            std::printf("No Spotify credentials are configured.");
        }
        say_demo_hints(origin);
    } else if (settings.spotify_redirect_uri.empty() && !settings.app_url.empty()) {
        std::printf("Redirect URI to register in your Spotify app: %s/callback\n", settings.app_url.c_str());
    } else if (settings.spotify_redirect_uri.empty()) {
        std::printf("Redirect URI to register in your Spotify app: %s/callback\n", origin.c_str());
    }
    std::fflush(stdout);
    ops::log(ops::Level::info, "started",
             {{"version", version_number()}, {"mode", demo ? "demo" : "spotify"}});
    shards.run();
    ops::log(ops::Level::info, "stopped");
    return 0;
}

} // namespace

int serve(config::Settings settings) {
    prepare_process();
    ops::start_log();
    int status = 1;
    try {
        Shards shards(static_cast<unsigned>(settings.threads));
        status = run(shards, std::move(settings));
    } catch (const boost::system::system_error& failure) {
        std::fprintf(stderr, "personalify: cannot listen: %s\n", failure.what());
    }
    ops::stop_log();
    return status;
}

int simulate(const SimulateOptions& options) {
    prepare_process();
    try {
        Shards shards(static_cast<unsigned>(options.threads));
        simulator::Simulator simulator{simulator::SimulatorOptions{
            .public_url = {}, .latency = options.latency, .faults = options.faults}};
        const std::unique_ptr<http::Server> server =
            http::serve(shards.contexts(), {.address = "127.0.0.1", .port = options.port, .limits = {}},
                        simulator.handler());
        const std::string origin = origin_of("127.0.0.1", server->port());
        simulator.set_public_url(origin);
        Shutdown shutdown(shards, {server.get()}, std::chrono::seconds{2});
        std::printf("Personalify's Spotify simulator listening on %s\n", origin.c_str());
        std::fflush(stdout);
        shards.run();
    } catch (const boost::system::system_error& failure) {
        std::fprintf(stderr, "personalify: cannot listen: %s\n", failure.what());
        return 1;
    }
    return 0;
}

} // namespace personalify

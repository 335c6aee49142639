#include "main/serve.hpp"

#include "http/cors.hpp"
#include "http/server.hpp"
#include "main/build_info.hpp"
#include "main/demo.hpp"
#include "main/listen.hpp"
#include "main/log_lines.hpp"
#include "main/service.hpp"
#include "main/shards.hpp"
#include "ops/log.hpp"
#include "simulator/simulator.hpp"

#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <cstdio>
#include <malloc.h>
#include <sys/resource.h>

namespace personalify {

namespace {

constexpr std::size_t most_scrapers = 64; ///< connections to the metrics' own listener

void prepare_process() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
    ::mallopt(M_ARENA_MAX, 2); // an arena per thread would keep megabytes of free memory each
    std::signal(SIGPIPE, SIG_IGN);
}

http::ServerOptions server_options(const config::Settings& settings, std::size_t shards) {
    http::ServerOptions options{.address = settings.listen_address, .port = settings.port, .limits = {}};
    auto& connections = options.limits.connections_per_shard;
    connections = connections_within_descriptors(shards, connections);
    options.limits.connections_per_client = std::max<std::size_t>(connections / 4 * 3, 1);
    options.limits.header_timeout = settings.http_header_timeout;
    options.limits.body_timeout = settings.http_body_timeout;
    options.limits.idle_timeout = settings.http_idle_timeout;
    options.trusted_proxies = settings.trusted_proxies;
    if (settings.access_log) {
        options.access_log = log_request;
    }
    options.on_error = log_thrown;
    return options;
}

/// The listener of METRICS_LISTEN, on one shard; null without the setting.
Result<std::unique_ptr<http::Server>> serve_metrics(Shards& shards, const config::Settings& settings,
                                                    Service& service) {
    if (settings.metrics_address.empty()) {
        return nullptr;
    }
    http::ServerOptions options{
        .address = settings.metrics_address, .port = settings.metrics_port, .limits = {}};
    options.limits.connections_per_shard = most_scrapers;
    options.on_error = log_thrown;
    Result<std::unique_ptr<http::Server>> server =
        listen({&shards.first()}, options, service.metrics_handler());
    if (!server) {
        // The advice of listen() is for the service's own address.
        std::string& detail = server.error().detail;
        detail = "METRICS_LISTEN: " + detail.substr(0, detail.find(". ")) +
                 ". Set METRICS_LISTEN to another address and port.";
    }
    return server;
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

/// Where it listens, and what to do next, on standard output.
void say_hello(const config::Settings& settings, std::uint16_t port, const Demo* demo, bool asked) {
    const std::string& address = settings.listen_address;
    const bool everywhere = address == "0.0.0.0" || address == "::";
    const std::string here = origin_of(everywhere ? "127.0.0.1" : address, port);
    std::printf("Personalify %s listening on %s\n", version_number().c_str(),
                origin_of(address, port).c_str());
    if (demo != nullptr) {
        if (!asked) {
            std::printf("No Spotify credentials are configured.");
        }
        say_demo_hints(*demo, settings, here);
    } else if (settings.spotify_redirect_uri.empty()) {
        std::printf("Redirect URI to register in your Spotify app: %s/callback\n",
                    settings.app_url.empty() ? here.c_str() : settings.app_url.c_str());
    }
    std::fflush(stdout);
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
    http::ServerOptions options = server_options(settings, shards.contexts().size());
    options.ready = (*service)->ready_handler();
    options.traffic = (*service)->count_traffic(shards.contexts().size());
    options.mark_refusal = http::cors_marker({.origins = settings.cors_origins});
    const Result<std::unique_ptr<http::Server>> server =
        listen(shards.contexts(), options, (*service)->handler());
    if (!server) {
        std::fprintf(stderr, "personalify: %s\n", server.error().detail.c_str());
        return 1;
    }
    const Result<std::unique_ptr<http::Server>> metrics = serve_metrics(shards, settings, **service);
    if (!metrics) {
        std::fprintf(stderr, "personalify: %s\n", metrics.error().detail.c_str());
        return 1;
    }
    if (demo && demo->remembered_port == 0 && !remember_demo_port(settings.data_dir, demo->server->port())) {
        ops::log(ops::Level::warning, "demo.port_not_kept");
    }
    (*service)->start_background(shards.first());
    std::vector<http::Server*> servers{server->get()};
    if (demo) {
        servers.push_back(demo->server.get());
    }
    if (*metrics) {
        servers.push_back(metrics->get());
        std::printf("Metrics at %s/metrics\n",
                    origin_of(settings.metrics_address, (*metrics)->port()).c_str());
    }
    Shutdown shutdown(shards, std::move(servers), settings.shutdown_grace);
    say_hello(settings, (*server)->port(), demo.get(), asked);
    ops::log(ops::Level::info, "started",
             {{"version", version_number()},
              {"mode", demo ? "demo" : "spotify"},
              {"address", origin_of(settings.listen_address, (*server)->port())},
              {"data_dir", settings.data_dir.native()},
              {"threads", static_cast<std::int64_t>(shards.contexts().size())}});
    shards.run();
    ops::log(ops::Level::info, "stopped");
    return 0;
}

} // namespace

int serve(config::Settings settings) {
    prepare_process();
    ops::start_log({.format = static_cast<ops::Format>(settings.log_format),
                    .least = static_cast<ops::Level>(settings.log_level)});
    int status = 1;
    try {
        Shards shards(static_cast<unsigned>(settings.threads));
        status = run(shards, std::move(settings));
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "personalify: %s\n", failure.what());
    }
    ops::stop_log();
    return status;
}

int simulate(const SimulateOptions& options) {
    prepare_process();
    Shards shards(static_cast<unsigned>(options.threads));
    simulator::Simulator simulator{
        simulator::SimulatorOptions{.public_url = {}, .latency = options.latency, .faults = options.faults}};
    const Result<std::unique_ptr<http::Server>> server = listen(
        shards.contexts(), {.address = "127.0.0.1", .port = options.port, .limits = {}}, simulator.handler());
    if (!server) {
        std::fprintf(stderr, "personalify: %s\n", server.error().detail.c_str());
        return 1;
    }
    const std::string origin = origin_of("127.0.0.1", (*server)->port());
    simulator.set_public_url(origin);
    Shutdown shutdown(shards, {server->get()}, std::chrono::seconds{2});
    std::printf("Personalify's Spotify simulator listening on %s\n", origin.c_str());
    std::fflush(stdout);
    shards.run();
    return 0;
}

} // namespace personalify

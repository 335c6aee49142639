#include "main/service.hpp"

#include "api/api.hpp"
#include "api/errors.hpp"
#include "app/access.hpp"
#include "app/dashboards.hpp"
#include "app/history.hpp"
#include "app/login.hpp"
#include "app/profiles.hpp"
#include "config/url.hpp"
#include "core/single_flight.hpp"
#include "crypto/crypto.hpp"
#include "http/cors.hpp"
#include "main/build_info.hpp"
#include "main/secret_key.hpp"
#include "net/http_client.hpp"
#include "ops/log.hpp"
#include "storage/memory/dashboard_cache.hpp"
#include "storage/memory/short_lived.hpp"
#include "storage/sqlite/sqlite.hpp"
#include "upstream/spotify/spotify.hpp"

namespace personalify {

namespace {

constexpr std::size_t dashboard_cache_bytes = 16 * 1024 * 1024;
constexpr std::size_t short_lived_entries = 20'000;
constexpr std::size_t short_lived_bytes = 8 * 1024 * 1024;
constexpr std::chrono::minutes sweep_interval{30};

/// Until there is a reader of emotions: everything is pending.
class PendingEmotions final : public app::EmotionReader {
public:
    Task<std::optional<EmotionSummary>> summary(UserId, TimeRange, std::vector<Track>) override {
        co_return std::nullopt;
    }
};

spotify::SpotifyOptions spotify_options(const config::Settings& settings) {
    spotify::SpotifyOptions options;
    options.client_id = settings.spotify_client_id;
    options.client_secret = settings.spotify_client_secret;
    options.accounts_url = settings.spotify_accounts_url;
    options.api_url = settings.spotify_api_url;
    options.calls_per_window = static_cast<int>(settings.spotify_call_budget);
    options.report = [](std::string_view what, const Error& error) {
        ops::log(ops::Level::warning, "upstream.state", {{"what", what}, {"cause", error.cause}});
    };
    return options;
}

/// Another Spotify (the demo's, a mirror) has pictures of its own.
std::vector<std::string> image_origins(const config::Settings& settings) {
    const auto own = config::parse_base_url(settings.spotify_api_url);
    if (!own || settings.spotify_api_url == config::Settings{}.spotify_api_url) {
        return {};
    }
    return {own->scheme + "://" + own->host + (own->port.empty() ? "" : ':' + own->port)};
}

void log_fault(const Error& error) {
    if (error.code == Errc::internal || error.code == Errc::overloaded) {
        ops::log(ops::Level::error, "request.failed", {{"detail", error.detail}, {"cause", error.cause}});
    } else if (error.code == Errc::upstream_unavailable || error.code == Errc::rate_limited) {
        ops::log(ops::Level::warning, "upstream.failed", {{"detail", error.detail}, {"cause", error.cause}});
    }
}

/// For what stays behind an answer: failed logins, syncs in the background.
void log_report(std::string_view what, const Error& error) {
    ops::log(error.code == Errc::internal ? ops::Level::error : ops::Level::warning, "task.failed",
             {{"task", what}, {"detail", error.detail}, {"cause", error.cause}});
}

/// A handler threw: a fault of ours.
void log_thrown(std::string_view request_id, std::string_view what) {
    ops::log(ops::Level::error, "request.threw", {{"request_id", request_id}, {"what", what}});
}

/// Ends a detached task: what it threw is logged.
auto detached(std::string_view task) {
    return [task](std::exception_ptr thrown) {
        try {
            if (thrown) {
                std::rethrow_exception(thrown);
            }
        } catch (const std::exception& failure) {
            ops::log(ops::Level::error, "task.threw",
                     {{"task", task}, {"what", std::string_view{failure.what()}}});
        }
    };
}

/// Members in order of dependence: what is used stands before what uses it.
class EmbeddedService final : public Service {
public:
    EmbeddedService(const config::Settings& settings, std::unique_ptr<storage::Stores> stores,
                    const std::string& key)
        : stores_(std::move(stores))
        , box_(key)
        , spotify_(
              spotify::connect_spotify(spotify_options(settings), client_, stores_->upstream_state(), clock_))
        , visibility_{settings.profiles_public}
        , addresses_{settings.spotify_redirect_uri, settings.app_url, settings.frontend_url} {
        restore_bans();
        add_routes(settings);
        handler_ = http::with_cors({.origins = settings.cors_origins}, routes_.handler());
    }

    http::Handler handler() override { return handler_; }

    void start_background(asio::io_context& shard) override {
        const Executor executor = shard.get_executor();
        asio::co_spawn(executor, sweep_sessions(), detached("sessions.sweep"));
    }

private:
    void add_routes(const config::Settings& settings) {
        api::SystemInfo info{.version = version_number(),
                             .demo = settings.demo,
                             .image_origins = image_origins(settings),
                             .dependencies = {{"storage", [this] { return stores_->ping(); }}}};
        api::add_login_routes(routes_, logins_, sessions_, addresses_,
                              settings.rate_limit ? &login_limit_ : nullptr, log_report);
        api::add_session_routes(routes_, logins_, sessions_, addresses_);
        api::add_access_routes(routes_, access_, settings.rate_limit ? &access_limit_ : nullptr);
        api::add_me_routes(routes_, profiles_);
        api::add_sync_routes(routes_, dashboards_, sessions_);
        api::add_dashboard_routes(routes_, dashboards_);
        api::add_profile_routes(routes_, profiles_);
        api::add_top_routes(routes_, dashboards_);
        api::add_history_routes(routes_, history_);
        api::add_health_routes(routes_, info);
        api::add_page_routes(routes_, info);
        api::add_docs_routes(routes_, info);
    }

    /// A ban from before the restart has to be known before the first call.
    void restore_bans() {
        asio::io_context loop(1);
        asio::co_spawn(loop, spotify_->restore(), detached("upstream.restore"));
        loop.run();
    }

    Task<void> sweep_sessions() {
        Timer timer(co_await asio::this_coro::executor);
        for (;;) {
            Result<int> swept = 0;
            do {
                swept = co_await sessions_.sweep();
            } while (swept && *swept >= app::SessionService::sweep_batch);
            if (!swept) {
                log_report("sessions.sweep", swept.error());
            }
            timer.expires_after(sweep_interval);
            co_await timer.async_wait(asio::as_tuple(use_task));
        }
    }

    SystemClock clock_;
    std::unique_ptr<storage::Stores> stores_;
    storage::MemoryDashboardCache cache_{dashboard_cache_bytes, clock_};
    storage::MemoryShortLived short_lived_{short_lived_entries, short_lived_bytes, clock_};
    crypto::SecretBox box_;
    net::HttpClient client_;
    std::unique_ptr<spotify::SpotifyUpstream> spotify_;
    PendingEmotions emotions_;
    app::Visibility visibility_;
    api::Addresses addresses_;

    app::SessionService sessions_{stores_->sessions(), clock_};
    app::TokenService tokens_{stores_->users(), spotify_->accounts(), box_, clock_};
    app::SyncService sync_{stores_->users(), stores_->library(), stores_->history(),
                           cache_,           spotify_->api(),    tokens_,
                           clock_,           log_report};
    app::LoginService logins_{stores_->users(), sessions_, short_lived_, spotify_->accounts(),
                              spotify_->api(),  tokens_,   sync_,        clock_};
    app::DashboardService dashboards_{
        stores_->users(), stores_->library(), cache_, emotions_, sync_, visibility_, clock_};
    app::ProfileService profiles_{stores_->users(), spotify_->api(), tokens_, visibility_};
    app::HistoryService history_{stores_->history()};
    app::AccessService access_{stores_->access_requests(), clock_};

    api::RateLimit login_limit_{60, std::chrono::seconds{1}, clock_};
    api::RateLimit access_limit_{10, std::chrono::minutes{1}, clock_};

    api::Routes routes_{{.identify = api::Identity{sessions_},
                         .render_error =
                             [](const Error& error) {
                                 log_fault(error);
                                 return api::render(error);
                             },
                         .status_of = api::status_of,
                         .on_error = log_thrown}};
    http::Handler handler_;
};

} // namespace

Result<std::unique_ptr<Service>> assemble(const config::Settings& settings) {
    static const SystemClock clock;
    Result<std::unique_ptr<storage::Stores>> stores = storage::open_sqlite(settings.data_dir, clock);
    if (!stores) {
        return std::unexpected(std::move(stores.error()));
    }
    Result<std::string> key = secret_key(settings.app_secret, settings.data_dir);
    if (!key) {
        return std::unexpected(std::move(key.error()));
    }
    return std::make_unique<EmbeddedService>(settings, std::move(*stores), *key);
}

} // namespace personalify

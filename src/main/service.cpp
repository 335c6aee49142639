#include "main/service.hpp"

#include "api/admin_guard.hpp"
#include "api/api.hpp"
#include "api/errors.hpp"
#include "app/access.hpp"
#include "app/access_notifier.hpp"
#include "app/dashboards.hpp"
#include "app/emotion_worker.hpp"
#include "app/erasure.hpp"
#include "app/genre_filler.hpp"
#include "app/history.hpp"
#include "app/login.hpp"
#include "app/lyrics.hpp"
#include "app/lyrics_emotions.hpp"
#include "app/player.hpp"
#include "app/profiles.hpp"
#include "app/reports.hpp"
#include "app/song_search.hpp"
#include "archive/zip.hpp"
#include "config/url.hpp"
#include "core/timer.hpp"
#include "crypto/crypto.hpp"
#include "http/cors.hpp"
#include "main/build_info.hpp"
#include "main/emotion_engine.hpp"
#include "main/secret_key.hpp"
#include "main/song_services.hpp"
#include "net/http_client.hpp"
#include "ops/log.hpp"
#include "storage/memory/dashboard_cache.hpp"
#include "storage/memory/short_lived.hpp"
#include "storage/sqlite/sqlite.hpp"
#include "upstream/spotify/spotify.hpp"
#include "upstream/telegram/telegram.hpp"

namespace personalify {

namespace {

constexpr std::size_t dashboard_cache_bytes = 16 * 1024 * 1024;
constexpr std::size_t short_lived_entries = 20'000;
constexpr std::size_t short_lived_bytes = 8 * 1024 * 1024;
constexpr std::chrono::minutes sweep_interval{30};
constexpr std::size_t most_pages_waiting = 64; ///< for the thread that reads them

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

app::PlayerOptions player_options(const config::Settings& settings) {
    app::PlayerOptions options;
    options.poll = settings.player_poll;
    const spotify::SpotifyOptions upstream = spotify_options(settings);
    options.looks_per_second = upstream.player_looks_per_second();
    return options;
}

/// Says who asks, and where to complain: some services let in nobody else.
net::HttpClientOptions song_client_options(const config::Settings& settings) {
    net::HttpClientOptions options;
    options.user_agent = "Personalify/" + std::string{version_number()};
    if (!settings.app_url.empty()) {
        options.user_agent += " ( " + settings.app_url + " )";
    }
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

/// Null when nobody is to be told of requests for access.
std::unique_ptr<telegram::Telegram> make_telegram(const config::Settings& settings, storage::Stores& stores,
                                                  const Clock& clock) {
    if (!settings.has_telegram()) {
        return nullptr;
    }
    return telegram::connect_telegram({.url = settings.telegram_url,
                                       .bot_token = settings.telegram_bot_token,
                                       .chat_id = settings.telegram_chat_id,
                                       .report = log_report},
                                      stores.upstream_state(), clock);
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

struct Secrets {
    std::string key;         ///< seals tokens
    std::string admin_token; ///< lets administrators in
};

/// Members in order of dependence: what is used stands before what uses it.
class EmbeddedService final : public Service {
public:
    EmbeddedService(const config::Settings& settings, std::unique_ptr<storage::Stores> stores,
                    const Secrets& secrets)
        : stores_(std::move(stores))
        , box_(secrets.key)
        , song_client_(song_client_options(settings))
        , spotify_(
              spotify::connect_spotify(spotify_options(settings), client_, stores_->upstream_state(), clock_))
        , chosen_(choose_engine(settings, {client_, *stores_, clock_, log_report}))
        , songs_(connect_song_services(settings, {song_client_, page_pool_, *stores_, clock_, log_report}))
        , telegram_(make_telegram(settings, *stores_, clock_))
        , by_invitation_(settings.access == config::AccessChoice::invite)
        , visibility_{settings.profiles_public}
        , addresses_{settings.spotify_redirect_uri, settings.app_url, settings.frontend_url}
        , limits_(settings.rate_limit ? std::make_unique<api::Limits>(clock_) : nullptr)
        , admin_guard_(secrets.admin_token, limits_.get())
        , player_(stores_->users(), spotify_->api(), tokens_, sessions_, clock_, api::player_event,
                  player_options(settings), log_report) {
        if (songs_->genres() != nullptr) {
            genre_filler_.emplace(stores_->genres(), *songs_->genres(), cache_, clock_, log_report);
            sync_.on_stored([this] { genre_filler_->ring(); });
        }
        if (telegram_) {
            access_notifier_.emplace(stores_->access_requests(), *telegram_, clock_, log_report);
        }
        restore_bans();
        name_caches();
        add_routes(settings);
        const http::CorsOptions cors{.origins = settings.cors_origins};
        handler_ = http::with_cors(cors, routes_.handler());
        ready_handler_ = http::with_cors(cors, routes_.ready_handler());
    }

    http::Handler handler() override { return handler_; }
    http::ReadyHandler ready_handler() override { return ready_handler_; }

    void start_background(asio::io_context& shard) override {
        const Executor executor = shard.get_executor();
        asio::co_spawn(executor, sweep(), detached("storage.sweep"));
        asio::co_spawn(executor, emotion_worker_.work(executor), detached("emotions.work"));
        if (genre_filler_) {
            asio::co_spawn(executor, genre_filler_->work(executor), detached("genres.fill"));
        }
        if (access_notifier_) {
            asio::co_spawn(executor, access_notifier_->work(executor), detached("access.notify"));
        }
    }

private:
    void add_routes(const config::Settings& settings) {
        api::SystemInfo info{.version = version_number(),
                             .demo = settings.demo,
                             .image_origins = image_origins(settings),
                             .dependencies = {{"storage", [this] { return stores_->ping(); }}},
                             .services = [this] { return songs_->closed(); }};
        const api::Identity identity{sessions_, limits_.get()};
        api::add_login_routes(routes_, logins_, sessions_, addresses_, log_report);
        api::add_session_routes(routes_, logins_, sessions_, addresses_);
        api::add_access_routes(routes_, access_);
        api::add_access_admin_routes(routes_, access_, addresses_, admin_guard_);
        api::add_me_routes(routes_, profiles_);
        api::add_account_routes(routes_, erasure_, addresses_);
        api::add_own_session_routes(routes_, sessions_, addresses_);
        api::add_export_routes(
            routes_, {profiles_, sessions_, dashboards_, history_, jobs_, zips_, clock_, log_report});
        api::add_sync_routes(routes_, dashboards_, identity);
        api::add_dashboard_routes(routes_, dashboards_, identity);
        api::add_profile_routes(routes_, profiles_);
        api::add_top_routes(routes_, dashboards_);
        api::add_history_routes(routes_, history_);
        api::add_player_routes(routes_, player_);
        api::add_emotion_routes(routes_, emotions_, lyrics_, settings.analyze_wait);
        api::add_lyrics_routes(routes_, song_search_, song_lyrics_, track_lyrics_);
        api::add_job_routes(routes_, {jobs_, sessions_});
        api::add_admin_routes(routes_, admin_guard_, reports_);
        api::add_health_routes(routes_, info);
        api::add_page_routes(routes_, info);
        api::add_docs_routes(routes_, info);
    }

    void name_caches() {
        caches_.add("Dashboards", cache_);
        caches_.add("Sessions remembered", sessions_);
        caches_.add("Song searches", song_search_);
        caches_.add("Lyrics not found", song_lyrics_);
        caches_.add("Tracks from Spotify", track_lyrics_);
    }

    /// A ban from before the restart has to be known before the first call.
    void restore_bans() {
        asio::io_context loop(1);
        asio::co_spawn(loop, spotify_->restore(), detached("upstream.restore"));
        std::vector<std::function<Task<void>()>> restores = songs_->restore();
        restores.insert(restores.end(), chosen_.restore.begin(), chosen_.restore.end());
        if (telegram_) {
            restores.emplace_back([this] { return telegram_->restore(); });
        }
        for (const auto& restore : restores) {
            asio::co_spawn(loop, restore(), detached("upstream.restore"));
        }
        loop.run();
    }

    Task<void> sweep() {
        Timer timer(co_await asio::this_coro::executor);
        for (;;) {
            co_await sweep_all("sessions.sweep", app::SessionService::sweep_batch, sessions_);
            co_await sweep_all("jobs.sweep", app::JobService::sweep_batch, jobs_);
            timer.expires_after(sweep_interval);
            co_await timer.async_wait(asio::as_tuple(use_task));
        }
    }

    /// Batch by batch, so that no write waits long.
    template <class Swept>
    Task<void> sweep_all(std::string_view task, int batch, Swept& service) {
        Result<int> swept = 0;
        do {
            swept = co_await service.sweep();
        } while (swept && *swept >= batch);
        if (!swept) {
            log_report(task, swept.error());
        }
    }

    SystemClock clock_;
    std::unique_ptr<storage::Stores> stores_;
    storage::MemoryDashboardCache cache_{dashboard_cache_bytes, clock_};
    storage::MemoryShortLived short_lived_{short_lived_entries, short_lived_bytes, clock_};
    crypto::SecretBox box_;
    net::HttpClient client_;
    net::HttpClient song_client_; ///< for services that want to know who asks
    std::unique_ptr<spotify::SpotifyUpstream> spotify_;
    ChosenEngine chosen_;
    net::BlockingPool page_pool_{"pages", 1, most_pages_waiting};
    archive::ZipMaker zips_;
    std::unique_ptr<SongServices> songs_;
    std::unique_ptr<telegram::Telegram> telegram_; ///< null: nobody is told of requests for access
    bool by_invitation_;
    app::Visibility visibility_;
    api::Addresses addresses_;
    std::unique_ptr<api::Limits> limits_; ///< null: none
    api::AdminGuard admin_guard_;

    app::SessionService sessions_{stores_->sessions(), clock_};
    app::TokenService tokens_{stores_->users(), spotify_->accounts(), box_, clock_};
    app::TitleReader titles_{stores_->title_readings(), *chosen_.engine, clock_};
    app::JobService jobs_{stores_->jobs(), clock_};
    app::EmotionPlaces places_{stores_->library(), stores_->history(), cache_};
    app::TitleEmotions emotions_{titles_, jobs_, places_, log_report};
    app::EmotionWorker emotion_worker_{titles_, jobs_, places_, {}, log_report};
    app::LyricsReader lyrics_{*chosen_.engine};
    app::SyncService sync_{
        stores_->users(), stores_->library(), stores_->history(), cache_, emotions_, spotify_->api(), tokens_,
        clock_,           log_report};
    app::PlayerService player_;
    app::LoginService logins_{stores_->users(),
                              sessions_,
                              short_lived_,
                              spotify_->accounts(),
                              spotify_->api(),
                              tokens_,
                              sync_,
                              clock_,
                              [this](const app::SavedLogin& login) { player_.signed_in(login); },
                              by_invitation_ ? &stores_->invited_users() : nullptr};
    app::DashboardService dashboards_{
        stores_->users(), stores_->library(), cache_, emotions_, sync_, visibility_, clock_};
    app::ProfileService profiles_{stores_->users(), cache_, spotify_->api(), tokens_, visibility_};
    app::ErasureService erasure_{stores_->users(), sessions_, sync_, player_, jobs_};
    app::SongSearch song_search_{songs_->catalogue(), clock_};
    app::LyricsService song_lyrics_{
        {songs_->catalogue(), songs_->lyrics(), stores_->lyrics()}, *chosen_.engine, clock_, log_report};
    app::TrackLyricsService track_lyrics_{song_lyrics_, stores_->library(), spotify_->api(), tokens_, clock_};
    std::optional<app::GenreFiller> genre_filler_; ///< when there is somebody to ask
    app::HistoryService history_{stores_->history()};
    std::optional<app::AccessNotifier> access_notifier_; ///< when there is somebody to tell
    app::AccessService access_{stores_->access_requests(), clock_,
                               telegram_ ? std::function<void()>{[this] { access_notifier_->ring(); }}
                                         : nullptr};
    app::Caches caches_;
    app::ReportService reports_{stores_->reports(), caches_, clock_, version_number()};

    api::Routes routes_{{.identify = api::Identity{sessions_, limits_.get()},
                         .render_error =
                             [](const Error& error) {
                                 log_fault(error);
                                 return api::render(error);
                             },
                         .status_of = api::status_of,
                         .on_error = log_thrown,
                         .gate = limits_ ? limits_->gate() : http::Gate{}}};
    http::Handler handler_;
    http::ReadyHandler ready_handler_;
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
    Result<std::string> token = admin_token(settings.admin_token, settings.data_dir);
    if (!token) {
        return std::unexpected(std::move(token.error()));
    }
    if (settings.admin_token.empty()) {
        const std::filesystem::path file = admin_token_file(settings.data_dir);
        ops::log(ops::Level::info, "admin.token", {{"file", file.native()}});
    }
    return std::make_unique<EmbeddedService>(settings, std::move(*stores),
                                             Secrets{std::move(*key), std::move(*token)});
}

} // namespace personalify

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
#include "main/log_lines.hpp"
#include "main/metrics.hpp"
#include "main/secret_key.hpp"
#include "main/service_options.hpp"
#include "main/song_services.hpp"
#include "main/stored.hpp"
#include "main/workers.hpp"
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
constexpr std::chrono::seconds service_watch_interval{1};
constexpr std::size_t most_pages_waiting = 64; ///< for the thread that reads them

/// Ends a detached task: what it threw is logged.
auto detached(std::string_view task) {
    return [task](std::exception_ptr thrown) {
        try {
            if (thrown) {
                std::rethrow_exception(thrown);
            }
        } catch (const std::exception& failure) {
            log_task_thrown(task, failure.what());
        }
    };
}

/// Whether somebody logged in here before.
bool has_users(storage::Stores& stores, const Clock& clock) {
    const Result<app::StoredCounts> counts = run_now(stores.counts().count(clock.now()));
    return counts && counts->users > 0;
}

struct Secrets {
    std::string key;             ///< seals tokens
    std::string admin_token;     ///< lets administrators in
    bool key_is_foreign = false; ///< made just now, although tokens were sealed with another one
};

/// Members in order of dependence: what is used stands before what uses it.
class EmbeddedService final : public Service {
public:
    EmbeddedService(const config::Settings& settings, std::unique_ptr<storage::Stores> stores,
                    const Secrets& secrets)
        : stores_(std::move(stores))
        , box_(secrets.key)
        , data_dir_(settings.data_dir)
        , key_is_foreign_(secrets.key_is_foreign)
        , song_client_(song_client_options(settings))
        , spotify_(spotify::connect_spotify(spotify_options(settings, upstreams_), client_,
                                            stores_->upstream_state(), clock_))
        , chosen_(choose_engine(settings, {client_, *stores_, clock_, log_report, upstreams_}))
        , songs_(connect_song_services(settings,
                                       {song_client_, page_pool_, *stores_, clock_, log_report, upstreams_}))
        , telegram_(make_telegram(settings, *stores_, clock_, upstreams_.board))
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
        add_metrics();
        const http::CorsOptions cors{.origins = settings.cors_origins};
        handler_ = http::with_cors(cors, routes_.handler());
        ready_handler_ = http::with_cors(cors, routes_.ready_handler());
    }

    http::Handler handler() override { return handler_; }
    http::ReadyHandler ready_handler() override { return ready_handler_; }

    std::shared_ptr<http::Traffic> count_traffic(std::size_t shards) override {
        traffic_ = std::make_shared<http::Traffic>(routes_.router().patterns(), shards);
        return traffic_;
    }
    http::Handler metrics_handler() override { return metrics_.handler(); }

    void start_background(asio::io_context& shard) override {
        const Executor executor = shard.get_executor();
        workers_.start(executor, "storage.sweep", sweep());
        workers_.start(executor, "upstream.watch", watch_services());
        workers_.start(executor, "emotions.work", emotion_worker_.work(executor));
        if (genre_filler_) {
            workers_.start(executor, "genres.fill", genre_filler_->work(executor));
        }
        if (access_notifier_) {
            workers_.start(executor, "access.notify", access_notifier_->work(executor));
        }
    }

private:
    void add_routes(const config::Settings& settings) {
        api::SystemInfo info{
            .version = version_number(),
            .demo = settings.demo,
            .image_origins = image_origins(settings),
            .dependencies = {{"storage", [this] { return stores_->ping(); }}},
            .parts = [this, own_key = settings.app_secret.empty()] { return parts(own_key); },
            .services = [this] { return services(); }};
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
        api::add_metrics_routes(routes_, admin_guard_, [this] { return metrics_.page(); });
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

    std::vector<std::pair<std::string, std::string>> parts(bool own_key) const {
        const std::string problem = chosen_.local->last_problem();
        const bool key_there = !own_key || std::filesystem::exists(data_dir_ / "secret.key");
        return {{"emotion_model", !problem.empty()                     ? "failed: see the log"
                                  : chosen_.local->is_loaded()         ? "loaded"
                                  : chosen_.local->version() != "none" ? "available"
                                                                       : "not installed"},
                {"workers", workers_.state()},
                {"disk", disk_state(data_dir_)},
                {"key", !key_there        ? "secret.key is gone: put it back before the next start"
                        : key_is_foreign_ ? "new: it does not open the tokens of earlier logins"
                                          : "ok"}};
    }

    std::vector<std::pair<std::string, std::optional<api::ClosedService>>> services() const {
        std::vector<std::string> names{"spotify-api", "spotify-accounts"};
        if (telegram_) {
            names.emplace_back("telegram");
        }
        for (const auto& [name, closed_for] : songs_->closed()) {
            names.push_back(name);
        }
        const TimePoint now = clock_.now();
        std::vector<std::pair<std::string, std::optional<api::ClosedService>>> all;
        for (std::string& name : names) {
            const auto closed = upstreams_.board->record(name)->closed(now);
            all.emplace_back(std::move(name), std::nullopt);
            if (closed) {
                all.back().second = api::ClosedService{
                    std::chrono::ceil<std::chrono::seconds>(closed->until - now), closed->until, closed->why};
            }
        }
        return all;
    }

    void add_metrics() {
        metrics_.add([this](metrics::Sink& sink) {
            if (traffic_) {
                traffic_->measure(sink);
            }
        });
        metrics_.add([this](metrics::Sink& sink) { upstreams_.board->measure(sink, clock_.now()); });
        metrics_.add([this](metrics::Sink& sink) { measure_budget(sink); });
        metrics_.add([this](metrics::Sink& sink) { jobs_.measure(sink); });
        metrics_.add([this](metrics::Sink& sink) { player_.measure(sink); });
        metrics_.add([this](metrics::Sink& sink) { chosen_.local->measure(sink); });
        metrics_.add([this](metrics::Sink& sink) { stores_->measure(sink); });
        metrics_.add([this](metrics::Sink& sink) { workers_.measure(sink); });
        metrics_.add([this](metrics::Sink& sink) {
            sink.gauge("personalify_disk_free_bytes", "Room on the disk of the data folder.",
                       disk_free(data_dir_));
        });
        metrics_.add_cache("dashboards", [this] { return cache_.stats(); });
        metrics_.add_cache("sessions", [this] { return sessions_.cache(); });
        metrics_.add_cache("genius_searches", [this] { return song_search_.search_cache(); });
        metrics_.add_cache("genius_songs", [this] { return song_search_.songs_cache(); });
        metrics_.add_cache("tracks", [this] { return track_lyrics_.track_cache(); });
        for (const net::BlockingPool* pool : stores_->pools()) {
            metrics_.add_pool(*pool);
        }
        metrics_.add_pool(page_pool_);
    }

    void measure_budget(metrics::Sink& sink) {
        const spotify::BudgetUse use = spotify_->budget_use();
        sink.family("personalify_spotify_budget_used", metrics::Kind::gauge,
                    "Web API calls in the present window of 30 seconds: all, and those of live players.");
        sink.sample({{"part", "all"}}, use.used);
        sink.sample({{"part", "player"}}, use.player);
        sink.gauge("personalify_spotify_budget_limit", "How many of them there may be.", use.most);
    }

    /// Tells when services are open again, also while nobody calls them.
    Task<void> watch_services() {
        Timer timer(co_await asio::this_coro::executor);
        for (;;) {
            upstreams_.board->look(clock_.now());
            timer.expires_after(service_watch_interval);
            co_await timer.async_wait(asio::as_tuple(use_task));
        }
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
            co_await sweep_all("access.sweep", app::AccessService::sweep_batch, access_);
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
    std::filesystem::path data_dir_;
    bool key_is_foreign_;
    upstream::Report upstreams_{log_upstream_state, std::make_shared<upstream::ServiceBoard>(
                                                        upstream::ServiceEvents{log_closed, log_opened})};
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
    app::ErasureService erasure_{stores_->users(), sessions_, sync_,
                                 player_,          jobs_,     [this] { reports_.erased(); }};
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
                         .render_error = api::render,
                         .status_of = api::status_of,
                         .on_error = log_thrown,
                         .on_failure = log_fault,
                         .gate = limits_ ? limits_->gate() : http::Gate{}}};
    http::Handler handler_;
    http::ReadyHandler ready_handler_;
    Workers workers_;
    std::shared_ptr<http::Traffic> traffic_; ///< null before somebody serves
    Metrics metrics_{stores_->counts(), clock_};
};

} // namespace

Result<std::unique_ptr<Service>> assemble(const config::Settings& settings) {
    static const SystemClock clock;
    Result<std::unique_ptr<storage::Stores>> stores = storage::open_sqlite(settings.data_dir, clock);
    if (!stores) {
        return std::unexpected(std::move(stores.error()));
    }
    const bool key_is_new = needs_new_key(settings.app_secret, settings.data_dir);
    Result<std::string> key = secret_key(settings.app_secret, settings.data_dir);
    if (!key) {
        return std::unexpected(std::move(key.error()));
    }
    const bool key_is_foreign = key_is_new && has_users(**stores, clock);
    if (key_is_foreign) {
        ops::log(ops::Level::warning, "key.new",
                 {{"file", (settings.data_dir / "secret.key").native()},
                  {"message", "there was no key, but there are users: their Spotify tokens are sealed with "
                              "another one. Put that one there, or they have to log in again"}});
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
                                             Secrets{std::move(*key), std::move(*token), key_is_foreign});
}

} // namespace personalify

#include "config/kinds.hpp"
#include "config/network.hpp"
#include "config/settings.hpp"
#include "config/url.hpp"

#include <algorithm>
#include <iterator>

namespace personalify::config {

namespace {

using Kind = Setting::Kind;

Setting app_secret() {
    constexpr std::size_t shortest = 32;
    Setting setting = text("APP_SECRET", &Settings::app_secret, "",
                           "Seals Spotify's tokens at rest: random text of at least 32 characters. Unset: a "
                           "key is generated into the data folder with mode 0600.",
                           Kind::secret);
    setting.set = [](Settings& settings, const std::string& value) -> std::optional<std::string> {
        if (!value.empty() && value.size() < shortest) {
            return "must have at least " + std::to_string(shortest) + " characters";
        }
        settings.app_secret = value;
        return std::nullopt;
    };
    return setting;
}

Setting admin_token() {
    constexpr std::size_t shortest = 16;
    Setting setting =
        text("ADMIN_TOKEN", &Settings::admin_token, "",
             "Opens the admin routes: random text of at least 16 characters. Unset: one is generated "
             "into the file `admin-token` of the data folder with mode 0600.",
             Kind::secret);
    setting.set = [](Settings& settings, const std::string& value) -> std::optional<std::string> {
        if (!value.empty() && value.size() < shortest) {
            return "must have at least " + std::to_string(shortest) + " characters";
        }
        settings.admin_token = value;
        return std::nullopt;
    };
    return setting;
}

Setting data_dir() {
    return {
        "DATA_DIR",
        Kind::text,
        "data",
        "Folder of the database and the generated key; created with mode 0700. The demo keeps its own in the "
        "subfolder `demo`. Also `--data-dir`.",
        [](Settings& settings, const std::string& value) -> std::optional<std::string> {
            if (value.empty()) {
                return "must name a folder";
            }
            settings.data_dir = value;
            return std::nullopt;
        },
        [](const Settings& settings) { return settings.data_dir.string(); }};
}

Setting listen_address() {
    Setting setting =
        text("LISTEN", &Settings::listen_address, "127.0.0.1",
             "Address to listen on. `0.0.0.0` or `::` serves the network: put a TLS proxy in front.");
    setting.set = [](Settings& settings, const std::string& value) -> std::optional<std::string> {
        if (std::optional<std::string> problem = problem_of_address(value)) {
            return problem;
        }
        settings.listen_address = value;
        return std::nullopt;
    };
    return setting;
}

/// Of the demo's own Spotify: anybody who reaches it can steer it.
Setting demo_listen() {
    Setting setting =
        text("DEMO_LISTEN", &Settings::demo_listen, "127.0.0.1",
             "Address that the demo's Spotify listens on. Browsers find it on 127.0.0.1: only a "
             "container, which publishes its port there, needs another.");
    setting.set = [](Settings& settings, const std::string& value) -> std::optional<std::string> {
        if (std::optional<std::string> problem = problem_of_address(value)) {
            return problem;
        }
        settings.demo_listen = value;
        return std::nullopt;
    };
    return setting;
}

Setting redirect_uri() {
    Setting setting =
        text("SPOTIFY_REDIRECT_URI", &Settings::spotify_redirect_uri, "",
             "The callback address registered with the Spotify app. https, or http with 127.0.0.1 "
             "or [::1] (Spotify refuses `localhost`). Unset: derived from the request when that "
             "came over a loopback address, e.g. `http://127.0.0.1:8000/callback`.",
             Kind::url);
    setting.set = [](Settings& settings, const std::string& value) -> std::optional<std::string> {
        if (!value.empty()) {
            if (std::optional<std::string> problem = problem_of_redirect_uri(value)) {
                return problem;
            }
        }
        settings.spotify_redirect_uri = value;
        return std::nullopt;
    };
    return setting;
}

std::vector<Setting> spotify_settings() {
    return {
        text("SPOTIFY_CLIENT_ID", &Settings::spotify_client_id, "",
             "Client ID of your Spotify app. Without it (and the secret) the demo runs."),
        text("SPOTIFY_CLIENT_SECRET", &Settings::spotify_client_secret, "",
             "Client secret of your Spotify app.", Kind::secret),
        redirect_uri(),
        url("SPOTIFY_ACCOUNTS_URL", &Settings::spotify_accounts_url, "https://accounts.spotify.com",
            "Base of Spotify's accounts service; may carry a path. Plain http only to loopback."),
        url("SPOTIFY_API_URL", &Settings::spotify_api_url, "https://api.spotify.com",
            "Base of Spotify's Web API, ending before `/v1`; may carry a path. Plain http only to loopback."),
        integer("SPOTIFY_CALL_BUDGET", &Settings::spotify_call_budget, 1, 1'000'000, "90",
                "Web API calls that this application makes in any 30 seconds, all users together."),
        integer("PLAYER_POLL_SECONDS", &Settings::player_poll, 1, 3600, "3",
                "How often a live player is looked at while somebody watches it. Three times less often "
                "while paused or silent, less often still when all players together would take more than a "
                "third of "
                "the call budget, and once more when a track ends."),
    };
}

/// Services that read texts. None is asked unless somebody chose it.
std::vector<Setting> service_settings() {
    return {
        choice(
            "EMOTION_ENGINE", &Settings::emotion_engine, emotion_engine_words,
            "Who reads the emotions in texts: `local` is the model in this process; `huggingface` sends the "
            "texts to Hugging Face and reads them here when that fails; `hybrid` averages both."),
        text("HUGGING_FACE_API_KEY", &Settings::hugging_face_api_key, "",
             "Token of Hugging Face with the permission to call Inference Providers. Needed by the engines "
             "`huggingface` and `hybrid`.",
             Kind::secret),
        model("HF_MODEL", &Settings::hf_model, "SamLowe/roberta-base-go_emotions",
              "Model at Hugging Face, as owner/name; its labels must be those of GoEmotions."),
        url("HF_INFERENCE_URL", &Settings::hf_inference_url, "https://router.huggingface.co",
            "Base of Hugging Face's inference router, ending before `/hf-inference`. Plain http only to "
            "loopback."),
        choice("TRANSLATOR", &Settings::translator, translator_words,
               "Who translates texts that are not English before they are read: `none`; `google` is Cloud "
               "Translation; `web` is Google's free page, which has no contract and often refuses. Texts "
               "leave this machine unless it is `none`."),
        text("GOOGLE_TRANSLATE_API_KEY", &Settings::google_translate_api_key, "",
             "API key of Google Cloud Translation. Needed by the translator `google`.", Kind::secret),
        url("TRANSLATE_CLOUD_URL", &Settings::translate_cloud_url, "https://translation.googleapis.com",
            "Base of Cloud Translation, ending before `/language`. Plain http only to loopback."),
        url("TRANSLATE_WEB_URL", &Settings::translate_web_url, "https://translate.googleapis.com",
            "Base of the free translation page, ending before `/translate_a`. Plain http only to loopback."),
    };
}

std::optional<std::string> problem_of_lyrics_source(std::string_view source) {
    return source == "lrclib" || source == "genius"
               ? std::nullopt
               : std::optional<std::string>{"is neither lrclib nor genius"};
}

/// Services that know words and genres.
std::vector<Setting> song_settings() {
    return {
        text("GENIUS_ACCESS_TOKEN", &Settings::genius_access_token, "",
             "Client access token of Genius, for searching its catalogue and for lyrics by its songs. Make "
             "one "
             "at https://genius.com/api-clients.",
             Kind::secret),
        list("LYRICS_SOURCES", &Settings::lyrics_sources, problem_of_lyrics_source, "lrclib,genius",
             "Who is asked for the words of a song, in this order: `lrclib` (no account needed) and "
             "`genius`. A "
             "song chosen at Genius is looked for there first. Empty: nobody is asked."),
        choice("GENRE_SOURCE", &Settings::genre_source, genre_source_words,
               "Who is asked for the genres of artists for whom Spotify names none: `auto` is Last.fm when "
               "there is a key, else MusicBrainz; `lastfm`, `musicbrainz`, `none`. Only the artist's name is "
               "sent."),
        text("LASTFM_API_KEY", &Settings::lastfm_api_key, "",
             "API key of Last.fm, for the genres of artists. Needed by the genre source `lastfm`.",
             Kind::secret),
        url("GENIUS_API_URL", &Settings::genius_api_url, "https://api.genius.com",
            "Base of Genius' API, ending before `/search`. Plain http only to loopback."),
        url("GENIUS_WEB_URL", &Settings::genius_web_url, "https://genius.com",
            "Base of Genius' pages. Plain http only to loopback."),
        url("LRCLIB_URL", &Settings::lrclib_url, "https://lrclib.net",
            "Base of LRCLIB, ending before `/api`. Plain http only to loopback."),
        url("LASTFM_URL", &Settings::lastfm_url, "https://ws.audioscrobbler.com",
            "Base of Last.fm's API, ending before `/2.0`. Plain http only to loopback."),
        url("MUSICBRAINZ_URL", &Settings::musicbrainz_url, "https://musicbrainz.org",
            "Base of MusicBrainz, ending before `/ws/2`. Plain http only to loopback."),
    };
}

std::vector<Setting> place_settings() {
    return {
        listen_address(),
        integer("PORT", &Settings::port, 0, 65'535, "8000",
                "Port to listen on; 0 takes a free one. Also `--port`."),
        data_dir(),
        flag("DEMO", &Settings::demo, "false",
             "Run against the built-in simulator with invented listeners. Also `--demo`."),
        demo_listen(),
    };
}

Setting telegram_bot_token() {
    Setting setting = text("TELEGRAM_BOT_TOKEN", &Settings::telegram_bot_token, "",
                           "Token of a Telegram bot, from @BotFather, that tells you of requests for access. "
                           "Needs `TELEGRAM_CHAT_ID`, too.",
                           Kind::secret);
    setting.set = [](Settings& settings, const std::string& value) -> std::optional<std::string> {
        const bool fits = value.find(':') != std::string::npos && std::ranges::all_of(value, [](char c) {
                              return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                                     (c >= 'a' && c <= 'z') || c == ':' || c == '-' || c == '_';
                          });
        if (!value.empty() && !fits) {
            return "must be as @BotFather gives it: a number, a colon, letters and digits";
        }
        settings.telegram_bot_token = value;
        return std::nullopt;
    };
    return setting;
}

Setting telegram_chat_id() {
    Setting setting =
        text("TELEGRAM_CHAT_ID", &Settings::telegram_chat_id, "",
             "The chat that the bot writes to: a number (of a group: negative), or `@name` of a "
             "channel.");
    setting.set = [](Settings& settings, const std::string& value) -> std::optional<std::string> {
        const std::size_t digits = value.starts_with('-') ? 1 : 0;
        const bool is_number = value.size() > digits && value.size() < 18 &&
                               value.find_first_not_of("0123456789", digits) == std::string::npos;
        if (!value.empty() && !is_number && !(value.starts_with('@') && value.size() > 1)) {
            return "must be a number, or @name";
        }
        settings.telegram_chat_id = value;
        return std::nullopt;
    };
    return setting;
}

/// Who is let in, and who is told of those who ask.
std::vector<Setting> invitation_settings() {
    return {
        choice("ACCESS", &Settings::access, access_words,
               "Who may log in: `open` is everybody whom Spotify lets in; `invite` is who has an account "
               "here, or a "
               "one-time link that an administrator made for a request."),
        telegram_bot_token(),
        telegram_chat_id(),
        url("TELEGRAM_URL", &Settings::telegram_url, "https://api.telegram.org",
            "Base of Telegram's Bot API, ending before `/bot`. Plain http only to loopback."),
    };
}

std::vector<Setting> access_settings() {
    return {
        url("APP_URL", &Settings::app_url, "",
            "Public address of this service, when it is not only used on this machine."),
        url("FRONTEND_URL", &Settings::frontend_url, "",
            "Where logins land. Unset: the embedded page; for a redirect URI on port 3000 of 127.0.0.1 or "
            "localhost, "
            "that host's port 3000."),
        app_secret(),
        admin_token(),
        flag("PROFILES_PUBLIC", &Settings::profiles_public, "false",
             "Show dashboards and profiles of users who have not chosen to everybody. A user's own choice "
             "wins."),
        list("CORS_ORIGINS", &Settings::cors_origins, problem_of_origin,
             "http://localhost:3000,http://127.0.0.1:3000",
             "Origins whose pages may call this service with credentials, separated by commas."),
        list("TRUSTED_PROXIES", &Settings::trusted_proxies, problem_of_network, "",
             "Addresses or networks (CIDR) of proxies whose X-Forwarded-For and X-Forwarded-Proto are "
             "believed."),
    };
}

Setting path(std::string_view name, std::filesystem::path Settings::* member, std::string_view doc) {
    return {name,
            Kind::text,
            "",
            doc,
            [member](Settings& settings, const std::string& value) -> std::optional<std::string> {
                settings.*member = value;
                return std::nullopt;
            },
            [member](const Settings& settings) { return (settings.*member).string(); }};
}

std::vector<Setting> emotion_settings() {
    constexpr std::int64_t day = 86'400;
    return {
        path("MODELS_DIR", &Settings::models_dir,
             "Folder of the emotion model and the word lists. Unset: `../share/personalify/models` beside an "
             "installed program, else `models` in the source tree."),
        path("SLANG_FILE", &Settings::slang_file,
             "File with slang of your own, on top of the built-in words: a line is `slang<TAB>formal`, and "
             "`#` "
             "begins a comment."),
        integer("EMOTION_THREADS", &Settings::emotion_threads, 1, 64, "1",
                "Threads that the emotion model uses at once."),
        integer("EMOTION_IDLE_SECONDS", &Settings::emotion_idle, 1, 7 * day, "600",
                "The emotion model leaves memory when nobody has needed it for so long."),
    };
}

Setting metrics_listen() {
    return {
        "METRICS_LISTEN",
        Kind::text,
        "",
        "Address and port (`127.0.0.1:9464`, `[::1]:9464`) that serve `/metrics` and nothing else, without "
        "a token: keep it from the network. Port 0 takes a free one. Unset: no such listener.",
        [](Settings& settings, const std::string& value) -> std::optional<std::string> {
            const auto endpoint = value.empty() ? Endpoint{} : parse_endpoint(value);
            if (!endpoint) {
                return "must be an IP address of this machine and a port: 127.0.0.1:9464 or [::1]:9464";
            }
            settings.metrics_address = endpoint->address;
            settings.metrics_port = endpoint->port;
            return std::nullopt;
        },
        [](const Settings& settings) {
            const bool v6 = settings.metrics_address.contains(':');
            return settings.metrics_address.empty()
                       ? std::string{}
                       : (v6 ? '[' + settings.metrics_address + ']' : settings.metrics_address) + ':' +
                             std::to_string(settings.metrics_port);
        }};
}

std::vector<Setting> operation_settings() {
    constexpr std::int64_t day = 86'400;
    return {
        flag("RATE_LIMIT", &Settings::rate_limit, "on",
             "Limit how often one address and one user may ask, and less for logins: docs/limits.md has the "
             "rates. Behind a proxy set `TRUSTED_PROXIES`, or all clients count as one address."),
        flag("ACCESS_LOG", &Settings::access_log, "on",
             "One line per request on standard error, with the route's template: no ids, no queries."),
        choice(
            "LOG_FORMAT", &Settings::log_format, log_format_words,
            "How lines of the log look: `json`, one object each; `console`, for reading; `auto` is `console` "
            "when standard error is a terminal, else `json`."),
        choice("LOG_LEVEL", &Settings::log_level, log_level_words,
               "The least that is logged: `info`, `warning` or `error`. Requests are `info`."),
        metrics_listen(),
        integer("THREADS", &Settings::threads, 0, 256, "0", "Shards that serve requests; 0 is one per core."),
        integer(
            "ANALYZE_WAIT_SECONDS", &Settings::analyze_wait, 0, 60, "25",
            "How long `/analyze-emotions-background` waits for a result before it answers that the analysis "
            "is getting ready. The reading goes on."),
        integer("HTTP_HEADER_TIMEOUT_SECONDS", &Settings::http_header_timeout, 1, day, "10",
                "Time for a request's head to arrive."),
        integer("HTTP_BODY_TIMEOUT_SECONDS", &Settings::http_body_timeout, 1, day, "20",
                "Time for a request's body to arrive."),
        integer("HTTP_IDLE_TIMEOUT_SECONDS", &Settings::http_idle_timeout, 1, day, "60",
                "Time a connection may stay open between requests."),
        integer("SHUTDOWN_GRACE_SECONDS", &Settings::shutdown_grace, 0, day, "10",
                "Time that requests in flight get when the service is told to stop."),
    };
}

/// In the order of the documentation.
std::vector<Setting> make_table() {
    std::vector<Setting> table;
    for (const auto part : {spotify_settings, emotion_settings, service_settings, song_settings,
                            place_settings, access_settings, invitation_settings, operation_settings}) {
        std::ranges::move(part(), std::back_inserter(table));
    }
    return table;
}

} // namespace

const std::vector<Setting>& settings_table() {
    static const std::vector<Setting> table = make_table();
    return table;
}

const std::vector<std::string_view>& reserved_names() {
    static const std::vector<std::string_view> names{
        "DATABASE_URL", "POSTGRES_HOST", "POSTGRES_PORT", "POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD",
        "MONGO_URI",    "MONGO_HOST",    "MONGO_PORT",    "REDIS_URL",   "REDIS_HOST",    "REDIS_PORT"};
    return names;
}

} // namespace personalify::config

#include "config/network.hpp"
#include "config/settings.hpp"
#include "config/url.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>

namespace personalify::config {

namespace {

using Kind = Setting::Kind;

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return text;
}

Setting text(std::string_view name, std::string Settings::* member, std::string_view fallback,
             std::string_view doc, Kind kind = Kind::text) {
    return {name,
            kind,
            fallback,
            doc,
            [member](Settings& settings, const std::string& value) -> std::optional<std::string> {
                settings.*member = value;
                return std::nullopt;
            },
            [member](const Settings& settings) { return settings.*member; }};
}

Setting url(std::string_view name, std::string Settings::* member, std::string_view fallback,
            std::string_view doc) {
    Setting setting = text(name, member, fallback, doc, Kind::url);
    setting.set = [member](Settings& settings, const std::string& value) -> std::optional<std::string> {
        if (!value.empty()) {
            if (std::optional<std::string> problem = problem_of_base_url(value)) {
                return problem;
            }
        }
        settings.*member = value.ends_with('/') ? value.substr(0, value.size() - 1) : value;
        return std::nullopt;
    };
    return setting;
}

template <class Member>
Setting integer(std::string_view name, Member Settings::* member, std::int64_t low, std::int64_t high,
                std::string_view fallback, std::string_view doc) {
    return {name,
            Kind::integer,
            fallback,
            doc,
            [member, low, high](Settings& settings, const std::string& value) -> std::optional<std::string> {
                std::int64_t number = 0;
                const char* end = value.data() + value.size();
                const auto [at, problem] = std::from_chars(value.data(), end, number);
                if (problem != std::errc{} || at != end || number < low || number > high) {
                    return "must be a whole number between " + std::to_string(low) + " and " +
                           std::to_string(high);
                }
                settings.*member = static_cast<Member>(number);
                return std::nullopt;
            },
            [member](const Settings& settings) {
                if constexpr (requires { (settings.*member).count(); }) {
                    return std::to_string((settings.*member).count());
                } else {
                    return std::to_string(settings.*member);
                }
            }};
}

Setting flag(std::string_view name, bool Settings::* member, std::string_view fallback,
             std::string_view doc) {
    return {name,
            Kind::flag,
            fallback,
            doc,
            [member](Settings& settings, const std::string& value) -> std::optional<std::string> {
                const std::string word = lower(value);
                if (word == "true" || word == "on" || word == "1" || word == "yes") {
                    settings.*member = true;
                } else if (word == "false" || word == "off" || word == "0" || word == "no") {
                    settings.*member = false;
                } else {
                    return "must be true or false (on/off, yes/no, 1/0 are fine too)";
                }
                return std::nullopt;
            },
            [member](const Settings& settings) { return std::string{settings.*member ? "true" : "false"}; }};
}

std::vector<std::string> split_list(const std::string& value) {
    std::vector<std::string> items;
    for (std::size_t from = 0; from <= value.size();) {
        const std::size_t to = std::min(value.find(',', from), value.size());
        std::string item = value.substr(from, to - from);
        std::erase_if(item, [](char c) { return c == ' ' || c == '\t'; });
        if (!item.empty()) {
            items.push_back(std::move(item));
        }
        from = to + 1;
    }
    return items;
}

using ProblemOf = std::optional<std::string> (*)(std::string_view item);

Setting list(std::string_view name, std::vector<std::string> Settings::* member, ProblemOf problem_of,
             std::string_view fallback, std::string_view doc) {
    return {name,
            Kind::list,
            fallback,
            doc,
            [=](Settings& settings, const std::string& value) -> std::optional<std::string> {
                std::vector<std::string> items = split_list(value);
                for (const std::string& item : items) {
                    if (const std::optional<std::string> problem = problem_of(item)) {
                        return "has an entry \"" + item.substr(0, 80) + "\" that " + *problem;
                    }
                }
                settings.*member = std::move(items);
                return std::nullopt;
            },
            [member](const Settings& settings) {
                std::string joined;
                for (const std::string& item : settings.*member) {
                    joined += (joined.empty() ? "" : ",") + item;
                }
                return joined;
            }};
}

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
    };
}

std::vector<Setting> place_settings() {
    return {
        text("LISTEN", &Settings::listen_address, "127.0.0.1",
             "Address to listen on. `0.0.0.0` or `::` serves the network: put a TLS proxy in front."),
        integer("PORT", &Settings::port, 0, 65'535, "8000",
                "Port to listen on; 0 takes a free one. Also `--port`."),
        data_dir(),
        flag("DEMO", &Settings::demo, "false",
             "Run against the built-in simulator with invented listeners. Also `--demo`."),
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

std::vector<Setting> operation_settings() {
    constexpr std::int64_t day = 86'400;
    return {
        flag("RATE_LIMIT", &Settings::rate_limit, "on",
             "Limit how often one address may ask for access (ten at once, then one a minute) and start a "
             "login (sixty "
             "at once, then one a second)."),
        flag("ACCESS_LOG", &Settings::access_log, "on",
             "One JSON line per request on standard error, with the route's template: no ids, no queries."),
        integer("THREADS", &Settings::threads, 0, 256, "0", "Shards that serve requests; 0 is one per core."),
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
    for (const auto part : {spotify_settings, place_settings, access_settings, operation_settings}) {
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
    static const std::vector<std::string_view> names{"DATABASE_URL",
                                                     "POSTGRES_HOST",
                                                     "POSTGRES_PORT",
                                                     "POSTGRES_DB",
                                                     "POSTGRES_USER",
                                                     "POSTGRES_PASSWORD",
                                                     "MONGO_URI",
                                                     "MONGO_HOST",
                                                     "MONGO_PORT",
                                                     "REDIS_URL",
                                                     "REDIS_HOST",
                                                     "REDIS_PORT",
                                                     "GENIUS_ACCESS_TOKEN",
                                                     "HUGGING_FACE_API_KEY",
                                                     "TELEGRAM_BOT_TOKEN",
                                                     "TELEGRAM_CHAT_ID",
                                                     "ADMIN_TOKEN",
                                                     "PLAYER_POLL_SECONDS",
                                                     "METRICS_LISTEN",
                                                     "ACCESS",
                                                     "EMOTION_ENGINE",
                                                     "TRANSLATOR",
                                                     "GOOGLE_TRANSLATE_API_KEY",
                                                     "LASTFM_API_KEY",
                                                     "GENIUS_API_URL",
                                                     "GENIUS_WEB_URL",
                                                     "TRANSLATE_WEB_URL",
                                                     "TRANSLATE_CLOUD_URL",
                                                     "HF_INFERENCE_URL",
                                                     "LRCLIB_URL",
                                                     "TELEGRAM_URL"};
    return names;
}

} // namespace personalify::config

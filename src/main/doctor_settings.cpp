#include "config/url.hpp"
#include "main/findings.hpp"

#include <algorithm>
#include <set>
#include <sys/stat.h>
#include <utility>

namespace personalify {

namespace {

using config::Problem;
using config::Settings;

/// How many single letters apart (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        row[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t before = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, before + (a[i - 1] == b[j - 1] ? 0 : 1)});
            before = above;
        }
    }
    return row[b.size()];
}

std::string nearest_name(std::string_view name) {
    constexpr std::size_t farthest = 4;
    std::string nearest;
    std::size_t least = farthest;
    const auto look = [&](std::string_view known) {
        if (const std::size_t apart = distance(name, known); apart < least) {
            least = apart;
            nearest = known;
        }
    };
    for (const config::Setting& setting : config::settings_table()) {
        look(setting.name);
    }
    std::ranges::for_each(config::reserved_names(), look);
    return nearest;
}

std::string doc_of(std::string_view name) {
    const auto& table = config::settings_table();
    const auto at = std::ranges::find(table, name, &config::Setting::name);
    return at == table.end() ? "docs/configuration.md says what it takes." : std::string{at->doc};
}

std::string remedy_of(const Problem& problem) {
    switch (problem.kind) {
    case Problem::Kind::unknown_name: {
        const std::string near = nearest_name(problem.name);
        return near.empty() ? "Remove the line; docs/configuration.md lists all settings."
                            : "Write " + near + " if that is meant, else remove the line.";
    }
    case Problem::Kind::unreadable_file:
        return "Name an existing file, and let the user that runs Personalify read it: chown, chmod 600.";
    case Problem::Kind::broken_line:
        return "Write NAME=VALUE, or # before a comment.";
    case Problem::Kind::together:
        return problem.name == "SPOTIFY_CLIENT_ID"
                   ? "Set both, as Spotify's developer dashboard shows them, or neither for the demo."
                   : "Set the key, or choose another " + problem.name + ".";
    case Problem::Kind::value:
        break;
    }
    return "Set " + problem.name + " right. " + doc_of(problem.name);
}

bool is_hex_32(std::string_view text) {
    return text.size() == 32 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

void check_app(const Patient& patient, Findings& findings) {
    const Settings& settings = patient.settings;
    if (patient.demo) {
        if (!settings.demo && settings.spotify_client_id.empty() && settings.spotify_client_secret.empty()) {
            findings.problem("spotify_app", "No Spotify app is configured, so that the demo runs.",
                             "Set SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET from "
                             "https://developer.spotify.com/dashboard, or DEMO=true if the demo is wanted.");
        }
        return;
    }
    if (settings.spotify_accounts_url != Settings{}.spotify_accounts_url) {
        return; // another service has ids of its own
    }
    if (!is_hex_32(settings.spotify_client_id)) {
        findings.problem("client_id", "SPOTIFY_CLIENT_ID is not 32 hexadecimal digits, as Spotify's are.",
                         "Copy the Client ID from the app's page in Spotify's developer dashboard.");
    }
    if (!is_hex_32(settings.spotify_client_secret)) {
        findings.problem("client_secret",
                         "SPOTIFY_CLIENT_SECRET is not 32 hexadecimal digits, as Spotify's are.",
                         "Copy the Client secret (View client secret) from Spotify's developer dashboard.");
    }
}

void check_redirect_uri(const Patient& patient, Findings& findings) {
    const Settings& settings = patient.settings;
    const std::string& uri = settings.spotify_redirect_uri;
    const auto parts = config::parse_base_url(uri);
    if (patient.demo || !parts) {
        return;
    }
    constexpr std::string_view check = "redirect_uri";
    if (parts->scheme == "http" && parts->host != "127.0.0.1" && parts->host != "[::1]") {
        findings.problem(
            check, "Spotify accepts http for 127.0.0.1 and [::1] only, not for " + parts->host + ".",
            "Use http://127.0.0.1:PORT/callback, in SPOTIFY_REDIRECT_URI and in Spotify's dashboard.");
    }
    if (!parts->path.ends_with("/callback")) {
        findings.problem(check, "SPOTIFY_REDIRECT_URI does not end in /callback, where logins come back.",
                         "Append /callback, and register the same address in Spotify's developer dashboard.");
    } else if (!settings.app_url.empty() && uri != settings.app_url + "/callback" && parts->port != "3000") {
        findings.problem(check,
                         "SPOTIFY_REDIRECT_URI is not " + settings.app_url +
                             "/callback, as APP_URL has it: the login's cookie would get lost.",
                         "Unset SPOTIFY_REDIRECT_URI, or make both name the same address.");
    }
}

std::string origin_of_url(const config::UrlParts& parts) {
    return parts.scheme + "://" + parts.host + (parts.port.empty() ? "" : ':' + parts.port);
}

void check_addresses(const Settings& settings, Findings& findings) {
    const auto app = config::parse_base_url(settings.app_url);
    const bool https = app && app->scheme == "https";
    const auto frontend = config::parse_base_url(settings.frontend_url);
    if (frontend) {
        const std::string origin = origin_of_url(*frontend);
        const bool same = app && origin == origin_of_url(*app);
        if (!same && std::ranges::find(settings.cors_origins, origin) == settings.cors_origins.end()) {
            findings.problem("cors_origins",
                             "CORS_ORIGINS lacks " + origin +
                                 ", the origin of FRONTEND_URL: its pages may not call this service.",
                             "Add " + origin + " to CORS_ORIGINS.");
        }
    }
    if (!config::is_loopback_host(settings.listen_address) && settings.listen_address != "::1" && !https) {
        findings.problem("listen",
                         "LISTEN=" + settings.listen_address +
                             " serves the network without https: sessions can be read on the way.",
                         "Put a TLS proxy in front and set APP_URL=https://..., or LISTEN=127.0.0.1.");
    }
    if (https && settings.trusted_proxies.empty()) {
        findings.problem("trusted_proxies",
                         "APP_URL is https, but no proxy is trusted: all clients count as one address.",
                         "Set TRUSTED_PROXIES to the address of the TLS proxy, such as 127.0.0.1.");
    }
    for (const std::string& network : settings.trusted_proxies) {
        if (network.ends_with("/0")) {
            findings.problem("trusted_proxies",
                             "TRUSTED_PROXIES=" + network + " believes everybody's X-Forwarded-For.",
                             "Name the proxy's own address or network.");
        }
    }
}

/// Of those that are long enough.
bool is_weak(std::string_view secret) {
    constexpr std::size_t fewest = 8; ///< different characters
    return !secret.empty() && std::set<char>(secret.begin(), secret.end()).size() < fewest;
}

void check_secret(const std::string& name, std::string_view secret, Findings& findings) {
    if (is_weak(secret)) {
        findings.problem("secrets", name + " is monotonous: it can be guessed.",
                         "Set " + name +
                             " to random text (openssl rand -base64 32), or unset it to have one made.");
    }
}

void check_services_of(const Patient& patient, Findings& findings) {
    const Settings& settings = patient.settings;
    if (settings.telegram_bot_token.empty() != settings.telegram_chat_id.empty()) {
        const bool has_token = !settings.telegram_bot_token.empty();
        findings.problem("telegram",
                         std::string{has_token ? "TELEGRAM_CHAT_ID" : "TELEGRAM_BOT_TOKEN"} +
                             " is missing: nobody is told of requests for access.",
                         "Set both TELEGRAM_BOT_TOKEN and TELEGRAM_CHAT_ID, or neither.");
    }
    const auto& sources = settings.lyrics_sources;
    const bool wants_genius = std::ranges::find(sources, "genius") != sources.end();
    if (!patient.demo && wants_genius && settings.genius_access_token.empty()) {
        findings.note("genius",
                      "GENIUS_ACCESS_TOKEN is not set: Genius is not asked, and its search is away.",
                      "Make a token at https://genius.com/api-clients, or set LYRICS_SOURCES=lrclib.");
    }
    if (settings.profiles_public) {
        findings.note("profiles_public",
                      "PROFILES_PUBLIC shows dashboards of everybody who has not chosen otherwise.",
                      "Set PROFILES_PUBLIC=false unless all listeners know.");
    }
}

void check_env_file(const Patient& patient, const std::filesystem::path& file, Findings& findings) {
    struct stat status{};
    const bool has_secrets =
        std::ranges::any_of(config::settings_table(), [&](const config::Setting& setting) {
            return setting.kind == config::Setting::Kind::secret && !setting.get(patient.settings).empty();
        });
    if (has_secrets && !file.empty() && ::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
        (status.st_mode & 0007) != 0) {
        findings.problem("env_file", file.string() + " can be read by every user of this machine.",
                         "chmod 600 " + file.string());
    }
}

} // namespace

void check_settings(const Patient& patient, const std::filesystem::path& env_file, Findings& findings) {
    for (const Problem& problem : patient.inspection.problems) {
        findings.problem("configuration", problem.text, remedy_of(problem));
    }
    check_env_file(patient, env_file, findings);
    check_app(patient, findings);
    check_redirect_uri(patient, findings);
    check_addresses(patient.settings, findings);
    check_secret("APP_SECRET", patient.settings.app_secret, findings);
    check_secret("ADMIN_TOKEN", patient.settings.admin_token, findings);
    check_services_of(patient, findings);
}

} // namespace personalify

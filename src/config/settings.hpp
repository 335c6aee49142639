#pragma once

#include "core/error.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::config {

enum class EmotionEngineChoice : std::uint8_t { local, huggingface, hybrid };
inline constexpr std::array<std::string_view, 3> emotion_engine_words{"local", "huggingface", "hybrid"};

enum class TranslatorChoice : std::uint8_t { none, google, web };
inline constexpr std::array<std::string_view, 3> translator_words{"none", "google", "web"};

/// Who names genres where Spotify does not; `automatic` is Last.fm with a key, else MusicBrainz.
enum class GenreSourceChoice : std::uint8_t { automatic, lastfm, musicbrainz, none };
inline constexpr std::array<std::string_view, 4> genre_source_words{"auto", "lastfm", "musicbrainz", "none"};

/// Who may sign in: everybody, or who has an account or an invitation.
enum class AccessChoice : std::uint8_t { open, invite };
inline constexpr std::array<std::string_view, 2> access_words{"open", "invite"};

/// How lines of the log are written; `automatic` is console on a terminal, else JSON.
enum class LogFormatChoice : std::uint8_t { automatic, json, console };
inline constexpr std::array<std::string_view, 3> log_format_words{"auto", "json", "console"};

enum class LogLevelChoice : std::uint8_t { info, warning, error };
inline constexpr std::array<std::string_view, 3> log_level_words{"info", "warning", "error"};

/// The effective configuration of `personalify serve`.
struct Settings {
    std::string listen_address = "127.0.0.1";
    std::uint16_t port = 8000;
    std::filesystem::path data_dir = "data";
    bool demo = false;                     ///< run against the built-in simulator
    std::string demo_listen = "127.0.0.1"; ///< of the demo's simulator

    std::string spotify_client_id;
    std::string spotify_client_secret;
    std::string spotify_redirect_uri; ///< "" derives it from a loopback request
    std::string spotify_accounts_url = "https://accounts.spotify.com";
    std::string spotify_api_url = "https://api.spotify.com";
    std::int64_t spotify_call_budget = 90; ///< Web API calls in any 30 s
    std::chrono::seconds player_poll{3};   ///< between two looks at a player that is watched

    std::chrono::seconds analyze_wait{25}; ///< that a request waits for emotions to be read

    std::string app_url;      ///< public address of this service, "" when only local
    std::string frontend_url; ///< where logins land, "" for the embedded page
    std::string app_secret;   ///< seals the tokens; "" for a generated key file
    std::string admin_token;  ///< lets administrators in; "" for a generated file
    bool profiles_public = false;
    std::vector<std::string> cors_origins{"http://localhost:3000", "http://127.0.0.1:3000"};
    std::vector<std::string> trusted_proxies;

    std::filesystem::path models_dir;       ///< of the models and word lists, "" for the usual place
    std::filesystem::path slang_file;       ///< the operator's own slang, "" for none
    std::int64_t emotion_threads = 1;       ///< that the emotion model uses at once
    std::chrono::seconds emotion_idle{600}; ///< unused for so long, the model leaves memory

    bool rate_limit = true;
    bool access_log = true;
    LogFormatChoice log_format = LogFormatChoice::automatic;
    LogLevelChoice log_level = LogLevelChoice::info;
    std::string metrics_address;    ///< where /metrics is served to everybody, "" for nowhere
    std::uint16_t metrics_port = 0; ///< 0: any free one
    std::int64_t threads = 0;       ///< shards; 0: one per core
    std::chrono::seconds http_header_timeout{10};
    std::chrono::seconds http_body_timeout{20};
    std::chrono::seconds http_idle_timeout{60};
    std::chrono::seconds shutdown_grace{10};

    EmotionEngineChoice emotion_engine = EmotionEngineChoice::local;
    std::string hugging_face_api_key;
    std::string hf_model = "SamLowe/roberta-base-go_emotions";
    std::string hf_inference_url = "https://router.huggingface.co"; ///< before /hf-inference
    TranslatorChoice translator = TranslatorChoice::none;
    std::string google_translate_api_key;
    std::string translate_cloud_url = "https://translation.googleapis.com"; ///< before /language
    std::string translate_web_url = "https://translate.googleapis.com";     ///< before /translate_a

    std::string genius_access_token;
    std::string genius_api_url = "https://api.genius.com";
    std::string genius_web_url = "https://genius.com";           ///< of its pages
    std::string lrclib_url = "https://lrclib.net";               ///< before /api
    std::vector<std::string> lyrics_sources{"lrclib", "genius"}; ///< in the order in which they are asked
    GenreSourceChoice genre_source = GenreSourceChoice::automatic;
    std::string lastfm_api_key;
    std::string lastfm_url = "https://ws.audioscrobbler.com"; ///< before /2.0
    std::string musicbrainz_url = "https://musicbrainz.org";  ///< before /ws/2

    AccessChoice access = AccessChoice::open;
    std::string telegram_bot_token; ///< "" tells nobody of requests for access
    std::string telegram_chat_id;
    std::string telegram_url = "https://api.telegram.org"; ///< before /bot

    bool has_telegram() const { return !telegram_bot_token.empty() && !telegram_chat_id.empty(); }
    bool has_spotify_app() const { return !spotify_client_id.empty() && !spotify_client_secret.empty(); }
};

/// One row of the configuration table: documentation, parsing and printing come from here alone.
struct Setting {
    enum class Kind { text, integer, flag, list, url, secret };

    std::string_view name; ///< of the environment variable and of the .env line
    Kind kind;
    std::string_view fallback; ///< as documented
    std::string_view doc;
    /// Puts the text into the settings; an error text when it does not fit.
    std::function<std::optional<std::string>(Settings&, const std::string&)> set;
    std::function<std::string(const Settings&)> get;
};

/// All settings, in the order of the documentation.
const std::vector<Setting>& settings_table();

/// Variables of the Python service and of coming features: accepted in a .env file, without effect today.
const std::vector<std::string_view>& reserved_names();

/// Where values may come from, strongest first: flags, environment, .env file.
struct Sources {
    std::map<std::string, std::string> flags; ///< by setting name
    std::function<std::optional<std::string>(const std::string&)> environment;
    std::filesystem::path env_file; ///< "" for none
    bool env_file_required = false; ///< a missing file is an error (it was named by the user)
};

/// What is wrong with the configuration, and where.
struct Problem {
    enum class Kind { value, unknown_name, unreadable_file, broken_line, together };
    Kind kind = Kind::value;
    std::string name; ///< of the setting, or "" when it is about none or several
    std::string text; ///< names the setting and where it stood; no secrets
};

/// A configuration with all its problems: settings that have one keep their default.
struct Inspection {
    Settings settings;
    std::vector<Problem> problems;
};
Inspection inspect(const Sources& sources);

/// Reads the configuration. All problems (unknown names in the file, values that do not fit) come in one
/// invalid_argument, one line each, naming the setting and where it stood.
Result<Settings> load(const Sources& sources);

/// "NAME=value" per line; secrets as "********", unset ones empty.
std::string describe(const Settings& settings);

/// docs/configuration.md, from the table.
std::string documentation();

/// The lines of a .env file: NAME=VALUE, `export ` allowed, # comments, single or double quotes.
/// Lines that are none of these come back in `problems`.
std::vector<std::pair<std::string, std::string>> parse_env(std::string_view text,
                                                           std::vector<std::string>& problems);

} // namespace personalify::config

#include "main/service_options.hpp"

#include "config/url.hpp"
#include "main/build_info.hpp"
#include "main/log_lines.hpp"

namespace personalify {

spotify::SpotifyOptions spotify_options(const config::Settings& settings, upstream::Report report) {
    spotify::SpotifyOptions options;
    options.report = std::move(report);
    options.client_id = settings.spotify_client_id;
    options.client_secret = settings.spotify_client_secret;
    options.accounts_url = settings.spotify_accounts_url;
    options.api_url = settings.spotify_api_url;
    options.calls_per_window = static_cast<int>(settings.spotify_call_budget);
    return options;
}

app::PlayerOptions player_options(const config::Settings& settings) {
    app::PlayerOptions options;
    options.poll = settings.player_poll;
    const spotify::SpotifyOptions upstream = spotify_options(settings);
    options.looks_per_second = upstream.player_looks_per_second();
    return options;
}

net::HttpClientOptions song_client_options(const config::Settings& settings) {
    net::HttpClientOptions options;
    options.user_agent = "Personalify/" + std::string{version_number()};
    if (!settings.app_url.empty()) {
        options.user_agent += " ( " + settings.app_url + " )";
    }
    return options;
}

std::vector<std::string> image_origins(const config::Settings& settings) {
    const auto own = config::parse_base_url(settings.spotify_api_url);
    if (!own || settings.spotify_api_url == config::Settings{}.spotify_api_url) {
        return {};
    }
    return {own->scheme + "://" + own->host + (own->port.empty() ? "" : ':' + own->port)};
}

std::unique_ptr<telegram::Telegram> make_telegram(const config::Settings& settings, storage::Stores& stores,
                                                  const Clock& clock,
                                                  std::shared_ptr<upstream::ServiceBoard> board) {
    if (!settings.has_telegram()) {
        return nullptr;
    }
    return telegram::connect_telegram({.url = settings.telegram_url,
                                       .bot_token = settings.telegram_bot_token,
                                       .chat_id = settings.telegram_chat_id,
                                       .report = {log_report, std::move(board)}},
                                      stores.upstream_state(), clock);
}

} // namespace personalify

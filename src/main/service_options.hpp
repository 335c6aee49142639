#pragma once

#include "app/player.hpp"
#include "config/settings.hpp"
#include "net/http_client.hpp"
#include "storage/stores.hpp"
#include "upstream/spotify/spotify.hpp"
#include "upstream/telegram/telegram.hpp"

#include <memory>
#include <string>
#include <vector>

/// What the settings mean for the parts of the service.
namespace personalify {

spotify::SpotifyOptions spotify_options(const config::Settings& settings, upstream::Report report = {});

app::PlayerOptions player_options(const config::Settings& settings);

/// Says who asks, and where to complain: some services let in nobody else.
net::HttpClientOptions song_client_options(const config::Settings& settings);

/// Another Spotify (the demo's, a mirror) has pictures of its own.
std::vector<std::string> image_origins(const config::Settings& settings);

/// Null when nobody is to be told of requests for access. Its calls count on `board`.
std::unique_ptr<telegram::Telegram> make_telegram(const config::Settings& settings, storage::Stores& stores,
                                                  const Clock& clock,
                                                  std::shared_ptr<upstream::ServiceBoard> board);

} // namespace personalify

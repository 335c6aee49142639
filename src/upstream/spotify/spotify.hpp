#pragma once

#include "app/ports/spotify.hpp"
#include "app/ports/upstream_state.hpp"
#include "core/clock.hpp"
#include "net/http_client.hpp"
#include "upstream/common/report.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace personalify::spotify {

/// How Spotify is reached, and how patient we are. Times are generous upper bounds.
struct SpotifyOptions {
    std::string client_id;
    std::string client_secret;
    std::string accounts_url = "https://accounts.spotify.com";
    std::string api_url = "https://api.spotify.com"; ///< before /v1; may carry a path prefix
    std::chrono::milliseconds try_deadline{5000};    ///< of one request
    std::chrono::milliseconds connect_timeout{3000}; ///< within try_deadline
    std::chrono::milliseconds user_deadline{8000};   ///< of a call with all waits and retries
    std::chrono::milliseconds background_deadline{90'000};
    std::chrono::milliseconds player_deadline{4000}; ///< of a look at the player, which is never repeated
    int calls_per_window = 90;       ///< of the whole application; Spotify publishes no number
    std::chrono::seconds window{30}; ///< rolling
    /// How often all live players together may be looked at, by whomever: the half of the budget.
    double player_looks_per_second() const {
        return static_cast<double>(calls_per_window) / 2 / static_cast<double>(window.count());
    }
    /// Told of what fails behind the callers' backs ("closed until" that can't be stored). Any thread.
    upstream::Report report = nullptr;
};

/// How much of the budget of Web API calls is spent in the present window.
struct BudgetUse {
    int used = 0;   ///< by whomever
    int player = 0; ///< of these, by looks at live players
    int most = 0;
};

/// Both of Spotify's services, sharing one view of its rate limits. Safe to use from every shard.
class SpotifyUpstream {
public:
    virtual ~SpotifyUpstream() = default;
    virtual app::SpotifyAccounts& accounts() = 0;
    virtual app::SpotifyApi& api() = 0;
    /// Reads "closed until" from before the restart. Await it before the first call; never fails.
    virtual Task<void> restore() = 0;
    virtual BudgetUse budget_use() = 0;
};

/// `client`, `states` and `clock` must outlive the result, and the result every call it was asked for.
/// Throws std::invalid_argument for an address that can't be called (plain http beyond loopback, no URL).
std::unique_ptr<SpotifyUpstream> connect_spotify(SpotifyOptions options, net::HttpClient& client,
                                                 app::UpstreamStateStore& states, const Clock& clock);

} // namespace personalify::spotify

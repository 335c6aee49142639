#include "upstream/spotify/spotify.hpp"

#include "upstream/spotify/accounts.hpp"
#include "upstream/spotify/api.hpp"
#include "upstream/spotify/governor.hpp"

#include <stdexcept>

namespace personalify::spotify {

namespace {

/// The address as the paths are appended to it.
std::string base_of(std::string url, const char* name) {
    if (const Result<> usable = net::check_address(url); !usable) {
        throw std::invalid_argument(std::string{name} + ": " + usable.error().detail);
    }
    while (url.ends_with('/')) {
        url.pop_back();
    }
    return url;
}

Patience patience_of(const SpotifyOptions& options) {
    return {.one_try = options.try_deadline,
            .connect = options.connect_timeout,
            .user_call = options.user_deadline,
            .background_call = options.background_deadline,
            .player_call = options.player_deadline};
}

class Connected final : public SpotifyUpstream {
public:
    Connected(const SpotifyOptions& options, const Send& send, app::UpstreamStateStore& states,
              const Timing& timing)
        : api_governor_("spotify-api", {options.calls_per_window, options.window}, states, timing,
                        options.report)
        , accounts_governor_("spotify-accounts", {}, states, timing, options.report)
        , accounts_(base_of(options.accounts_url, "Spotify's accounts address"),
                    {options.client_id, options.client_secret},
                    Caller{send, accounts_governor_, patience_of(options), timing})
        , api_(base_of(options.api_url, "Spotify's API address"),
               Caller{send, api_governor_, patience_of(options), timing}) {}

    app::SpotifyAccounts& accounts() override { return accounts_; }
    app::SpotifyApi& api() override { return api_; }
    Task<void> restore() override {
        co_await api_governor_.restore();
        co_await accounts_governor_.restore();
    }

    BudgetUse budget_use() override { return api_governor_.use(); }

private:
    Governor api_governor_;
    Governor accounts_governor_;
    Accounts accounts_;
    Api api_;
};

} // namespace

std::unique_ptr<SpotifyUpstream> connect_spotify(SpotifyOptions options, net::HttpClient& client,
                                                 app::UpstreamStateStore& states, const Clock& clock) {
    const Send send = [&client](net::HttpCall call) { return client.send(std::move(call)); };
    return std::make_unique<Connected>(options, send, states, upstream::real_timing(clock));
}

} // namespace personalify::spotify

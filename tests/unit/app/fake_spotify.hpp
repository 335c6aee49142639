#pragma once

#include "app/ports/spotify.hpp"
#include "support/samples.hpp"
#include "unit/app/turns.hpp"

#include <algorithm>
#include <functional>
#include <utility>

/// Spotify's two sides as scripts: what they answer is a function that a test may replace.
namespace personalify::test {

inline app::TokenGrant grant(std::string access, std::optional<std::string> refresh = std::nullopt) {
    return {.access_token = std::move(access), .refresh_token = std::move(refresh)};
}

class FakeAccounts final : public app::SpotifyAccounts {
public:
    explicit FakeAccounts(Journal& journal)
        : journal_(journal) {}

    std::string authorize_url(const std::string& redirect_uri, const std::string& state,
                              const std::string& code_challenge) const override {
        return "https://accounts.example/authorize?redirect_uri=" + redirect_uri + "&state=" + state +
               "&code_challenge=" + code_challenge;
    }
    Task<Result<app::TokenGrant>> exchange_code(app::CodeExchange exchange) override {
        exchanges.push_back(std::move(exchange));
        co_await pass_turns(turns);
        co_return on_exchange();
    }
    Task<Result<app::TokenGrant>> refresh(std::string refresh_token) override {
        journal_.note("refresh with " + refresh_token);
        refreshes.push_back(std::move(refresh_token));
        co_await pass_turns(turns);
        co_return on_refresh();
    }

    std::function<Result<app::TokenGrant>()> on_exchange = [] { return grant("access-1", "refresh-1"); };
    std::function<Result<app::TokenGrant>()> on_refresh = [] { return grant("access-2", "refresh-2"); };
    std::vector<app::CodeExchange> exchanges;
    std::vector<std::string> refreshes;
    int turns = 0; ///< how long it takes

private:
    Journal& journal_;
};

class FakeSpotify final : public app::SpotifyApi {
public:
    explicit FakeSpotify(Journal& journal)
        : journal_(journal) {}

    Task<Result<SpotifyProfile>> me(std::string access_token, app::Urgency) override {
        co_await take_time(std::move(access_token));
        co_return on_me();
    }
    Task<Result<std::vector<Artist>>> top_artists(std::string access_token, TimeRange range, int limit,
                                                  app::Urgency urgency) override {
        limits.push_back(limit);
        urgencies.push_back(urgency);
        co_await take_time(access_token);
        if (std::optional<Error> refused = on_tops(access_token, range)) {
            co_return std::unexpected(std::move(*refused));
        }
        co_return artists;
    }
    Task<Result<std::vector<Track>>> top_tracks(std::string access_token, TimeRange range, int limit,
                                                app::Urgency) override {
        limits.push_back(limit);
        co_await take_time(access_token);
        if (std::optional<Error> refused = on_tops(access_token, range)) {
            co_return std::unexpected(std::move(*refused));
        }
        co_return tracks;
    }

    Task<Result<Playing>> currently_playing(std::string access_token) override {
        ++player_calls;
        co_await take_time(std::move(access_token));
        co_return on_player();
    }
    Task<Result<std::vector<RecentPlay>>> recently_played(std::string access_token, int limit,
                                                          app::Urgency) override {
        limits.push_back(limit);
        co_await take_time(std::move(access_token));
        co_return on_recent();
    }

    Task<Result<Track>> track(std::string access_token, std::string id, app::Urgency) override {
        co_await take_time(std::move(access_token));
        co_return on_track(id);
    }

    std::function<Result<Track>(const std::string& id)> on_track = [](const std::string& id) {
        return personalify::test::track(id);
    };
    std::function<Result<Playing>()> on_player = [] { return Playing{}; };
    std::function<Result<std::vector<RecentPlay>>()> on_recent = [] { return std::vector<RecentPlay>{}; };
    std::function<Result<SpotifyProfile>()> on_me = [] { return profile("ada"); };
    /// What goes wrong with a call for tops; nothing by default.
    std::function<std::optional<Error>(const std::string& access_token, TimeRange)> on_tops =
        [](const std::string&, TimeRange) { return std::nullopt; };
    std::vector<Artist> artists{artist("a1", {"indie", "dream pop"}), artist("a2", {"indie"})};
    std::vector<Track> tracks{test::track("t1"), test::track("t2"), test::track("t3")};

    int turns = 0; ///< how long a call takes
    int calls = 0;
    int player_calls = 0;
    int most_under_way = 0;
    std::vector<int> limits;
    std::vector<app::Urgency> urgencies;

private:
    Task<void> take_time(std::string access_token) {
        journal_.note("call with " + std::move(access_token));
        ++calls;
        most_under_way = std::max(most_under_way, ++under_way_);
        co_await pass_turns(turns);
        --under_way_;
    }

    Journal& journal_;
    int under_way_ = 0;
};

/// For on_tops: every call fails so.
inline auto tops_fail(Errc code, std::optional<std::chrono::seconds> retry_after = std::nullopt) {
    return [=](const std::string&, TimeRange) {
        return std::optional<Error>{{code, "Spotify says no.", "scripted", retry_after}};
    };
}

} // namespace personalify::test

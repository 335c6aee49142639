#pragma once

#include "app/ports/spotify.hpp"
#include "upstream/spotify/caller.hpp"

#include <boost/json/value.hpp>

namespace personalify::spotify {

/// Spotify's Web API.
class Api final : public app::SpotifyApi {
public:
    /// `base` ends before /v1, without a slash.
    Api(std::string base, Caller caller)
        : base_(std::move(base))
        , caller_(std::move(caller)) {}

    Task<Result<SpotifyProfile>> me(std::string access_token, app::Urgency urgency) override;
    Task<Result<std::vector<Artist>>> top_artists(std::string access_token, TimeRange range, int limit,
                                                  app::Urgency urgency) override;
    Task<Result<std::vector<Track>>> top_tracks(std::string access_token, TimeRange range, int limit,
                                                app::Urgency urgency) override;
    Task<Result<Track>> track(std::string access_token, std::string id, app::Urgency urgency) override;
    Task<Result<Playing>> currently_playing(std::string access_token) override;
    Task<Result<std::vector<RecentPlay>>> recently_played(std::string access_token, int limit,
                                                          app::Urgency urgency) override;

private:
    Task<Result<net::HttpReply>> ask(std::string path, std::string access_token, app::Urgency urgency);
    /// The JSON of a path below /v1, or the error that its status stands for.
    Task<Result<boost::json::value>> get(std::string path, std::string access_token, app::Urgency urgency);
    template <class T>
    Task<Result<std::vector<T>>> top(std::string kind, std::string access_token, TimeRange range, int limit,
                                     app::Urgency urgency,
                                     std::optional<T> (*parse)(const boost::json::value&));

    std::string base_;
    Caller caller_;
};

} // namespace personalify::spotify

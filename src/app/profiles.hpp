#pragma once

#include "app/caller.hpp"
#include "app/ports/dashboards.hpp"
#include "app/ports/spotify.hpp"
#include "app/ports/users.hpp"
#include "app/tokens.hpp"
#include "app/visibility.hpp"

#include <optional>

namespace personalify::app {

/// The session's own user, as /api/me shows it.
struct Self {
    User user;
    TimePoint reauthorize_by{}; ///< when Spotify's consent ends
};

/// Who a user is: to others, to themselves, and at Spotify.
class ProfileService {
public:
    ProfileService(UserStore& users, DashboardCache& dashboards, SpotifyApi& spotify, TokenService& tokens,
                   Visibility visibility)
        : users_(users)
        , dashboards_(dashboards)
        , spotify_(spotify)
        , tokens_(tokens)
        , visibility_(visibility) {}

    /// nullopt when the user does not exist or may not be seen.
    Task<Result<std::optional<User>>> show(Caller caller, UserId user);

    /// unauthenticated without a session.
    Task<Result<Self>> self(Caller caller);

    /// The own user's profile as Spotify has it now; what is stored (without e-mail) while Spotify is away.
    /// unauthenticated without a session or without Spotify's consent, not_found for another's id.
    Task<Result<SpotifyProfile>> at_spotify(Caller caller, UserId user);

    /// The session's user shares dashboard, profile and player with everybody, or with nobody.
    Task<Result<>> share(Caller caller, bool with_everybody);

private:
    UserStore& users_;
    DashboardCache& dashboards_;
    SpotifyApi& spotify_;
    TokenService& tokens_;
    Visibility visibility_;
};

} // namespace personalify::app

#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/task.hpp"
#include "domain/playing.hpp"
#include "domain/tops.hpp"
#include "domain/user.hpp"

#include <optional>
#include <string>

namespace personalify::app {

/// Who waits for a call: decides how long a rate limit may be waited out (5 s or 30 s). What the live player
/// asks is worth nothing later: it is neither waited for nor repeated, and has at most half of the budget.
enum class Urgency { user_request, background, player };

/// What the token endpoint granted.
struct TokenGrant {
    std::string access_token;
    std::optional<std::string> refresh_token; ///< absent: the old one stays good
    std::chrono::seconds expires_in{3600};
};

/// The request of an authorization-code exchange (RFC 6749, section 4.1.3; RFC 7636).
struct CodeExchange {
    std::string code;
    std::string redirect_uri;
    std::string code_verifier;
};

/// Spotify's accounts service. Error codes: unauthenticated = invalid_grant (terminal: the code or refresh
/// token is dead), forbidden = invalid_client and other configuration faults (user tokens stay), and
/// rate_limited / upstream_unavailable for what may pass.
class SpotifyAccounts {
public:
    virtual ~SpotifyAccounts() = default;
    /// The address that the browser is sent to.
    virtual std::string authorize_url(const std::string& redirect_uri, const std::string& state,
                                      const std::string& code_challenge) const = 0;
    virtual Task<Result<TokenGrant>> exchange_code(CodeExchange exchange) = 0;
    virtual Task<Result<TokenGrant>> refresh(std::string refresh_token) = 0;
};

/// Spotify's Web API on behalf of one user. Error codes: unauthenticated = 401 (refresh once, repeat once),
/// forbidden = 403 (detail is Spotify's message, may be shown), not_found = 404, rate_limited = 429 or our
/// own budget (retry_after set), upstream_unavailable = everything that may pass: 5xx, timeouts, broken
/// answers, overloaded = too much of ours at once.
class SpotifyApi {
public:
    virtual ~SpotifyApi() = default;
    virtual Task<Result<SpotifyProfile>> me(std::string access_token, Urgency urgency) = 0;
    /// Best first, at most `limit` (1 to 50); follows paging. Records without a required key are skipped.
    virtual Task<Result<std::vector<Artist>>> top_artists(std::string access_token, TimeRange range,
                                                          int limit, Urgency urgency) = 0;
    virtual Task<Result<std::vector<Track>>> top_tracks(std::string access_token, TimeRange range, int limit,
                                                        Urgency urgency) = 0;
    /// Errors also: not_found.
    virtual Task<Result<Track>> track(std::string access_token, std::string id, Urgency urgency) = 0;
    /// What the user's player does now, within some 4 s and without retries. Here alone, too_many_requests
    /// says that the player's share of the call budget is spent (retry_after set); nothing is wrong then.
    virtual Task<Result<Playing>> currently_playing(std::string access_token) = 0;
    /// What was played last, in Spotify's order (newest first, late entries anywhere), at most `limit` (1 to
    /// 50). Entries without track or time are skipped, and so are repeated ones.
    virtual Task<Result<std::vector<RecentPlay>>> recently_played(std::string access_token, int limit,
                                                                  Urgency urgency) = 0;
};

} // namespace personalify::app

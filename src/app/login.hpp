#pragma once

#include "app/ports/invited_users.hpp"
#include "app/ports/short_lived.hpp"
#include "app/ports/spotify.hpp"
#include "app/ports/users.hpp"
#include "app/sessions.hpp"
#include "app/sync.hpp"
#include "app/tokens.hpp"
#include "core/concurrent.hpp"

#include <array>
#include <functional>
#include <optional>
#include <string>

namespace personalify::app {

/// What a client asks for at the start of a login.
struct LoginRequest {
    bool mobile = false;
    std::string redirect = {};     ///< path of the frontend to land on; "" for the dashboard
    std::string redirect_uri = {}; ///< where Spotify sends the browser back to
    std::string app_code_challenge =
        {};                      ///< mobile with PKCE: the deep link carries a one-time code; "" without
    std::string invitation = {}; ///< code of an invitation, for somebody without an account; "" for none
};

/// Where to send the browser, and what its short-lived cookie has to hold until it is back.
struct LoginStart {
    std::string authorize_url;
    std::string state;
    std::string binder; ///< random, for the cookie that binds the state to this browser
};

/// Why a login ended without a session, in the words of the `error` parameter that clients know.
enum class LoginFailure {
    state_error,
    access_denied,
    access_required, ///< a newcomer without a good invitation, where one is needed
    token_error,
    no_access_token,
    server_error,
};

/// How a login ended. `mobile` decides where the browser goes; unknown (false) when the state was not ours.
struct LoginEnd {
    bool mobile = false;
    std::string redirect;
    std::optional<LoginFailure> failure;
    std::string cause; ///< of the failure, for the log; no secrets
    UserId user;
    std::string session_token; ///< "" for a mobile login with PKCE
    std::string one_time_code; ///< only for a mobile login with PKCE
};

struct MobileSession {
    std::string token;
    UserId user;
    std::chrono::seconds lifetime{};
};

/// The walk from /login over Spotify's consent to a session (RFC 6749 authorization code with RFC 7636 PKCE).
/// A state is random, lives ten minutes, is taken once, and only by the browser that started.
class LoginService {
public:
    static constexpr std::chrono::minutes state_lifetime{10};
    static constexpr std::chrono::minutes code_lifetime{1};

    /// Told of every login once it is stored: what was learned of the user with older tokens, or of who had
    /// the id before, no longer counts. On the login's shard.
    using OnLogin = std::function<void(const SavedLogin&)>;

    /// With `invited`, newcomers need an invitation.
    LoginService(UserStore& users, SessionService& sessions, ShortLivedStore& states,
                 SpotifyAccounts& accounts, SpotifyApi& spotify, TokenService& tokens, SyncService& sync,
                 const Clock& clock, OnLogin on_login = nullptr, InvitedUserStore* invited = nullptr)
        : users_(users)
        , sessions_(sessions)
        , states_(states)
        , accounts_(accounts)
        , spotify_(spotify)
        , tokens_(tokens)
        , sync_(sync)
        , clock_(clock)
        , on_login_(std::move(on_login))
        , invited_(invited) {}

    /// invalid_argument when `redirect` is not a plain path.
    Task<Result<LoginStart>> begin(LoginRequest request);

    /// The browser is back with a code. Two round trips to Spotify: the exchange, then the profile and the
    /// tops of all ranges at once. A failing sync does not fail the login.
    Task<LoginEnd> finish(std::string state, std::string binder, std::string code);

    /// The browser is back with `error` instead of a code.
    Task<LoginEnd> refuse(std::string state, std::string binder, std::string error);

    /// Swaps a one-time code for a session; invalid_argument when it is unknown, used or the verifier is
    /// wrong.
    Task<Result<MobileSession>> exchange(std::string one_time_code, std::string code_verifier);

private:
    struct Pending;
    using Ranges = std::array<std::optional<Started<Result<Tops>>>, 3>;

    Task<std::optional<Pending>> take(std::string state, std::string binder);
    Task<Result<User>> admit(std::string access_token, TokenGrant grant, std::string invitation_hash,
                             LoginFailure& failure);
    Task<void> keep_tops(User user, Ranges reading);
    Task<void> open_session(User user, Pending pending, LoginEnd& end);

    UserStore& users_;
    SessionService& sessions_;
    ShortLivedStore& states_;
    SpotifyAccounts& accounts_;
    SpotifyApi& spotify_;
    TokenService& tokens_;
    SyncService& sync_;
    const Clock& clock_;
    OnLogin on_login_;
    InvitedUserStore* invited_;
};

/// True for a path of the frontend ("/dashboard?x=1"): starts with one slash, no backslash, no control
/// characters, at most 512 bytes. "https://…", "//host" and "/\host" lead elsewhere and are refused.
bool is_frontend_path(std::string_view redirect);

} // namespace personalify::app

#pragma once

#include "app/ports/spotify.hpp"
#include "upstream/spotify/caller.hpp"

namespace personalify::spotify {

/// The registered application.
struct Credentials {
    std::string client_id;
    std::string client_secret;
};

/// Spotify's accounts service (RFC 6749 with PKCE, RFC 7636).
class Accounts final : public app::SpotifyAccounts {
public:
    /// `base` is the service's address without a slash at its end.
    Accounts(std::string base, Credentials credentials, Caller caller);

    std::string authorize_url(const std::string& redirect_uri, const std::string& state,
                              const std::string& code_challenge) const override;
    Task<Result<app::TokenGrant>> exchange_code(app::CodeExchange exchange) override;
    Task<Result<app::TokenGrant>> refresh(std::string refresh_token) override;

private:
    Task<Result<app::TokenGrant>> ask(std::string form, Repeat repeat);

    std::string base_;
    Credentials credentials_;
    Caller caller_;
};

} // namespace personalify::spotify

#pragma once

#include "app/ports/spotify.hpp"
#include "app/ports/users.hpp"
#include "core/single_flight.hpp"
#include "crypto/crypto.hpp"

#include <functional>
#include <string>

namespace personalify::app {

/// Keeps users' Spotify tokens: sealed in storage, refreshed when due, one refresh in flight per user.
/// The rule of rotation: a new refresh token is stored before the access token that came with it is used.
class TokenService {
public:
    TokenService(UserStore& users, SpotifyAccounts& accounts, const crypto::SecretBox& box,
                 const Clock& clock)
        : users_(users)
        , accounts_(accounts)
        , box_(box)
        , clock_(clock) {}

    /// The tokens of a fresh grant as a store keeps them. `old_refresh_token` stands in when the grant has
    /// none.
    SealedTokens seal(const UserId& user, const TokenGrant& grant,
                      const std::string& old_refresh_token) const;

    /// Calls Spotify with a valid access token. Answers 401 by one refresh and one repetition; a second 401,
    /// or a dead refresh token, is unauthenticated (the user has to sign in at Spotify again).
    template <class T>
    Task<Result<T>> call(UserId user, std::function<Task<Result<T>>(std::string access_token)> request) {
        Result<std::string> token = co_await access_token(user, "");
        if (!token) {
            co_return std::unexpected(std::move(token.error()));
        }
        Result<T> answer = co_await request(*token);
        if (answer || answer.error().code != Errc::unauthenticated) {
            co_return answer;
        }
        token = co_await access_token(user, *token);
        if (!token) {
            co_return std::unexpected(std::move(token.error()));
        }
        answer = co_await request(*token);
        if (!answer && answer.error().code == Errc::unauthenticated) {
            co_await give_up(user, *token);
        }
        co_return answer;
    }

    /// A valid access token other than `refused` ("" refuses none), refreshed when needed.
    Task<Result<std::string>> access_token(UserId user, std::string refused);

private:
    struct Stored {
        SealedTokens sealed;
        SpotifyTokens tokens;
    };
    Task<Result<Stored>> load(UserId user);
    Task<Result<std::string>> refresh(UserId user, std::string refused);
    /// What is stored now: a login, or another process's refresh, came between.
    Task<Result<std::string>> newer_access_token(UserId user);
    Task<Result<std::string>> give_up_refresh(UserId user, SealedTokens dead, std::string cause);
    Task<void> give_up(UserId user, std::string refused);
    Result<SpotifyTokens> open(const UserId& user, const SealedTokens& sealed) const;
    bool usable(const SpotifyTokens& tokens, const std::string& refused) const;

    UserStore& users_;
    SpotifyAccounts& accounts_;
    const crypto::SecretBox& box_;
    const Clock& clock_;
    SingleFlight<std::string> refreshes_;
};

} // namespace personalify::app

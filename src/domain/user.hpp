#pragma once

#include "core/clock.hpp"
#include "core/ids.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace personalify {

/// Spotify's /v1/me, as far as we use it. Members that development mode removed are optional.
struct SpotifyProfile {
    UserId id;
    std::optional<std::string> account_id; ///< immutable; links a user across a changed id
    std::string display_name;              ///< falls back to the id
    std::string image;                     ///< URL, or ""
    std::optional<std::string> email;      ///< never stored
    std::optional<std::string> country;    ///< ISO 3166-1 alpha-2
    std::optional<std::string> product;    ///< premium, free, open
    std::optional<std::int64_t> followers;
};

/// A user as stored.
struct User {
    UserId id;
    std::optional<std::string> account_id;
    std::string display_name;
    std::string image;
    std::optional<std::string> country;
    std::optional<std::string> product;
    std::optional<std::int64_t> followers;
    std::optional<bool> sharing;   ///< the user's own choice; nullopt: not chosen
    bool reconnect_needed = false; ///< Spotify refused the refresh token: the user has to sign in again
    TimePoint authorized_at{};     ///< when the user last consented at Spotify
    TimePoint created_at{};        ///< of the first login
};

/// Spotify's refresh tokens die this long after the user's consent, refreshed or not.
inline constexpr std::chrono::months refresh_token_lifetime{6};

/// The date by which the user has to consent again: six calendar months after the consent.
TimePoint reauthorize_by(TimePoint authorized_at);

/// Spotify's tokens of a user, in the clear. Only app/tokens handles these; stores see them sealed.
struct SpotifyTokens {
    std::string access_token;
    std::string refresh_token;
    TimePoint expires_at{}; ///< of the access token, margin already taken off
};

} // namespace personalify

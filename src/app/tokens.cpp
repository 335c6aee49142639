#include "app/tokens.hpp"

#include "app/caller.hpp"

#include <algorithm>
#include <charconv>

namespace personalify::app {

namespace {

// Taken off an access token's life, so that it doesn't expire on its way.
constexpr std::chrono::seconds expiry_margin{60};
constexpr std::chrono::seconds refresh_patience{15};

} // namespace

SealedTokens TokenService::seal(const UserId& user, const TokenGrant& grant,
                                const std::string& old_refresh_token) const {
    const TimePoint expires =
        clock_.now() + std::max(grant.expires_in - expiry_margin, std::chrono::seconds{0});
    const std::string plain = std::to_string(to_millis(expires)) + '\n' + grant.access_token + '\n' +
                              grant.refresh_token.value_or(old_refresh_token);
    return {box_.seal(plain, user.str())};
}

Result<SpotifyTokens> TokenService::open(const UserId& user, const SealedTokens& sealed) const {
    Result<std::string> plain = box_.open(sealed.sealed, user.str());
    if (!plain) {
        return std::unexpected(std::move(plain.error()));
    }
    const std::size_t first = plain->find('\n');
    const std::size_t second = first == std::string::npos ? first : plain->find('\n', first + 1);
    std::int64_t expires = 0;
    if (second == std::string::npos ||
        std::from_chars(plain->data(), plain->data() + first, expires).ec != std::errc{}) {
        return fail(Errc::internal, "Internal Server Error", "sealed tokens have an unknown form");
    }
    return SpotifyTokens{.access_token = plain->substr(first + 1, second - first - 1),
                         .refresh_token = plain->substr(second + 1),
                         .expires_at = from_millis(expires)};
}

bool TokenService::usable(const SpotifyTokens& tokens, const std::string& refused) const {
    return tokens.access_token != refused && tokens.expires_at > clock_.now();
}

Task<Result<TokenService::Stored>> TokenService::load(UserId user) {
    Result<std::optional<SealedTokens>> found = co_await users_.tokens(user);
    if (!found) {
        co_return std::unexpected(std::move(found.error()));
    }
    if (!found->has_value()) {
        co_return fail(Errc::unauthenticated, login_again);
    }
    Result<SpotifyTokens> tokens = open(user, **found);
    if (!tokens) {
        // Sealed under another key. Kept as they are: with the right APP_SECRET back they open again, and a
        // new login replaces them.
        co_return fail(Errc::unauthenticated, login_again, tokens.error().cause);
    }
    co_return Stored{std::move(**found), std::move(*tokens)};
}

Task<Result<std::string>> TokenService::access_token(UserId user, std::string refused) {
    Result<Stored> stored = co_await load(user);
    if (!stored) {
        co_return std::unexpected(std::move(stored.error()));
    }
    if (usable(stored->tokens, refused)) {
        co_return std::move(stored->tokens.access_token);
    }
    const std::string key = user.str();
    std::function<Task<Result<std::string>>()> work = [this, user, refused] {
        return refresh(user, refused);
    };
    co_return co_await refreshes_.run(key, refresh_patience, std::move(work));
}

Task<Result<std::string>> TokenService::refresh(UserId user, std::string refused) {
    Result<Stored> stored = co_await load(user);
    if (!stored) {
        co_return std::unexpected(std::move(stored.error()));
    }
    if (usable(stored->tokens, refused)) { // refreshed, or logged in anew, since the caller looked
        co_return std::move(stored->tokens.access_token);
    }
    if (stored->tokens.refresh_token.empty()) { // Spotify never granted one
        co_return co_await give_up_refresh(user, std::move(stored->sealed), "there is no refresh token");
    }
    Result<TokenGrant> grant = co_await accounts_.refresh(stored->tokens.refresh_token);
    if (!grant) {
        if (grant.error().code == Errc::unauthenticated) {
            co_return co_await give_up_refresh(user, std::move(stored->sealed), grant.error().cause);
        }
        if (grant.error().code == Errc::forbidden) { // our credentials, not the user's
            co_return fail(Errc::upstream_unavailable, "Spotify refuses this application's credentials.",
                           grant.error().cause);
        }
        co_return std::unexpected(std::move(grant.error()));
    }
    SealedTokens renewed = seal(user, *grant, stored->tokens.refresh_token);
    Result<bool> replaced = co_await users_.replace_tokens(user, stored->sealed, std::move(renewed));
    if (!replaced) {
        co_return std::unexpected(std::move(replaced.error()));
    }
    if (*replaced) {
        co_return std::move(grant->access_token);
    }
    co_return co_await newer_access_token(user);
}

Task<Result<std::string>> TokenService::newer_access_token(UserId user) {
    Result<Stored> stored = co_await load(user);
    if (!stored) {
        co_return std::unexpected(std::move(stored.error()));
    }
    co_return std::move(stored->tokens.access_token);
}

Task<Result<std::string>> TokenService::give_up_refresh(UserId user, SealedTokens dead, std::string cause) {
    Result<bool> marked = co_await users_.require_reconnect(user, std::move(dead));
    if (marked && !*marked) {
        co_return co_await newer_access_token(user);
    }
    co_return fail(Errc::unauthenticated, login_again, std::move(cause));
}

Task<void> TokenService::give_up(UserId user, std::string refused) {
    Result<Stored> stored = co_await load(user);
    if (stored && stored->tokens.access_token == refused) {
        co_await users_.require_reconnect(user, stored->sealed);
    }
}

} // namespace personalify::app

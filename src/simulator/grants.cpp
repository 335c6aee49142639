#include "simulator/grants.hpp"

#include "json/read.hpp"
#include "json/write.hpp"

#include <algorithm>

namespace personalify::simulator {
namespace {

// As long as the real ones, so that columns and headers are tried with them.
constexpr std::size_t access_bytes = 160;
constexpr std::size_t refresh_bytes = 96;
constexpr std::size_t code_bytes = 144;

constexpr std::string_view access_prefix = "BQ";
constexpr std::string_view refresh_prefix = "AQ";

/// What a sealed token carries.
struct Sealed {
    std::string account_id;
    std::vector<std::string> scopes;
    bool with_pkce = false;
    TimePoint authorized_at{};
    TimePoint expires_at{}; ///< of an access token
};
BOOST_DESCRIBE_STRUCT(Sealed, (), (account_id, scopes, with_pkce, authorized_at, expires_at))

std::string written(const Grant& grant, TimePoint expires_at) {
    return json::write(Sealed{.account_id = grant.account_id,
                              .scopes = grant.scopes,
                              .with_pkce = grant.with_pkce,
                              .authorized_at = grant.authorized_at,
                              .expires_at = expires_at});
}

/// The inverse of crypto::base64url.
Result<std::string> base64url_decode(std::string_view text) {
    std::string standard{text};
    std::ranges::replace(standard, '-', '+');
    std::ranges::replace(standard, '_', '/');
    standard.append((4 - standard.size() % 4) % 4, '=');
    return crypto::base64_decode(standard);
}

/// nullopt if the token was not sealed with this box under that prefix.
std::optional<Sealed> opened(const crypto::SecretBox& box, std::string_view prefix, std::string_view token) {
    if (!token.starts_with(prefix)) {
        return std::nullopt;
    }
    const auto sealed = base64url_decode(token.substr(prefix.size()));
    if (!sealed) {
        return std::nullopt;
    }
    const auto plain = box.open(*sealed, prefix);
    if (!plain) {
        return std::nullopt;
    }
    auto read = json::read<Sealed>(*plain);
    return read ? std::optional{std::move(*read)} : std::nullopt;
}

Grant grant_of(Sealed sealed) {
    return {.account_id = std::move(sealed.account_id),
            .scopes = std::move(sealed.scopes),
            .with_pkce = sealed.with_pkce,
            .authorized_at = sealed.authorized_at};
}

} // namespace

bool Grant::covers(std::string_view scope) const {
    return std::ranges::binary_search(scopes, scope);
}

Grants::Grants(const std::string& key) {
    if (!key.empty()) {
        box_.emplace(key);
    }
}

std::string Grants::new_text(std::string_view prefix, std::size_t bytes, const Grant& grant,
                             TimePoint expires_at) const {
    return std::string{prefix} + crypto::base64url(box_ ? box_->seal(written(grant, expires_at), prefix)
                                                        : crypto::random_bytes(bytes));
}

std::string Grants::add_code(Code code) {
    std::string text = std::string{refresh_prefix} + crypto::base64url(crypto::random_bytes(code_bytes));
    codes_.insert(text, std::move(code));
    return text;
}

std::string Grants::add_access(AccessToken token) {
    std::string text = new_text(access_prefix, access_bytes, token.grant, token.expires_at);
    access_.insert(text, std::move(token));
    return text;
}

std::string Grants::add_refresh(Grant grant) {
    std::string text = new_text(refresh_prefix, refresh_bytes, grant, {});
    refresh_.insert(text, {.grant = std::move(grant)});
    return text;
}

AccessToken* Grants::find_access(std::string_view token) {
    AccessToken* known = access_.find(token);
    if (known != nullptr || !box_) {
        return known;
    }
    auto sealed = opened(*box_, access_prefix, token);
    if (!sealed) {
        return nullptr;
    }
    const TimePoint expires_at = sealed->expires_at;
    access_.insert(std::string{token}, {.grant = grant_of(std::move(*sealed)), .expires_at = expires_at});
    return access_.find(token);
}

RefreshToken* Grants::find_refresh(std::string_view token) {
    RefreshToken* known = refresh_.find(token);
    if (known != nullptr || !box_) {
        return known;
    }
    auto sealed = opened(*box_, refresh_prefix, token);
    if (!sealed) {
        return nullptr;
    }
    refresh_.insert(std::string{token}, {.grant = grant_of(std::move(*sealed))});
    return refresh_.find(token);
}

void Grants::revoke(std::string_view account_id) {
    refresh_.for_each(
        [&](RefreshToken& token) { token.revoked = token.revoked || token.grant.account_id == account_id; });
    codes_.for_each([&](Code& code) {
        if (code.grant.account_id == account_id) {
            code.expires_at = {};
        }
    });
}

void Grants::expire(std::string_view account_id, TimePoint now) {
    access_.for_each([&](AccessToken& token) {
        if (token.grant.account_id == account_id) {
            token.expires_at = std::min(token.expires_at, now);
        }
    });
}

void Grants::clear() {
    codes_.clear();
    access_.clear();
    refresh_.clear();
}

} // namespace personalify::simulator

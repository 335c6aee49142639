#include "simulator/grants.hpp"

#include "crypto/crypto.hpp"

#include <algorithm>

namespace personalify::simulator {
namespace {

// As long as the real ones, so that columns and headers are tried with them.
constexpr std::size_t access_bytes = 160;
constexpr std::size_t refresh_bytes = 96;
constexpr std::size_t code_bytes = 144;

std::string new_text(std::string_view prefix, std::size_t bytes) {
    return std::string{prefix} + crypto::base64url(crypto::random_bytes(bytes));
}

} // namespace

bool Grant::covers(std::string_view scope) const {
    return std::ranges::binary_search(scopes, scope);
}

std::string Grants::add_code(Code code) {
    std::string text = new_text("AQ", code_bytes);
    codes_.insert(text, std::move(code));
    return text;
}

std::string Grants::add_access(AccessToken token) {
    std::string text = new_text("BQ", access_bytes);
    access_.insert(text, std::move(token));
    return text;
}

std::string Grants::add_refresh(Grant grant) {
    std::string text = new_text("AQ", refresh_bytes);
    refresh_.insert(text, {.grant = std::move(grant)});
    return text;
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

#pragma once

#include "core/clock.hpp"
#include "crypto/crypto.hpp"
#include "simulator/bounded_map.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::simulator {

/// What a listener has agreed to.
struct Grant {
    std::string account_id = {};          ///< empty: the app itself (client_credentials)
    std::vector<std::string> scopes = {}; ///< sorted
    bool with_pkce = false;               ///< an app without a secret may use it
    TimePoint authorized_at{};

    bool covers(std::string_view scope) const;
};

/// An authorization code that has not been spent.
struct Code {
    Grant grant;
    std::string redirect_uri;
    std::string challenge; ///< PKCE S256; empty: none was sent
    TimePoint expires_at{};
};

struct AccessToken {
    Grant grant;
    TimePoint expires_at{};
};

struct RefreshToken {
    Grant grant;
    bool revoked = false;
};

/// Codes and tokens that have been handed out, in memory, bounded. Not synchronized.
///
/// With a key the tokens carry what they stand for, sealed, so that another simulator with the key knows
/// them, too. What was revoked, replaced or expired by hand is only known to the one in which it happened.
class Grants {
public:
    /// An empty key: the tokens are random and only stand in memory.
    explicit Grants(const std::string& key = {});

    static constexpr std::chrono::minutes code_life{10};
    static constexpr std::chrono::days refresh_life{182}; ///< from the authorization on

    /// Each answers with the new code or token.
    std::string add_code(Code code);
    std::string add_access(AccessToken token);
    std::string add_refresh(Grant grant);

    /// Null if it was never issued, or forgotten.
    Code* find_code(std::string_view code) { return codes_.find(code); }
    AccessToken* find_access(std::string_view token);
    RefreshToken* find_refresh(std::string_view token);

    void spend_code(std::string_view code) { codes_.erase(code); }
    /// The account's refresh tokens stop working, its codes too.
    void revoke(std::string_view account_id);
    /// The account's access tokens are expired from now on.
    void expire(std::string_view account_id, TimePoint now);
    void clear();

private:
    std::string new_text(std::string_view prefix, std::size_t bytes, const Grant& grant,
                         TimePoint expires_at) const;

    std::optional<crypto::SecretBox> box_;
    BoundedMap<Code> codes_{1'000};
    BoundedMap<AccessToken> access_{20'000};
    BoundedMap<RefreshToken> refresh_{20'000};
};

} // namespace personalify::simulator

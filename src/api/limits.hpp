#pragma once

#include "api/rate_limit.hpp"
#include "core/ids.hpp"
#include "http/router.hpp"

namespace personalify::api {

/// The limit that a route's requests count against, besides the general one; for RouteBuilder::limit().
enum class Limit : std::uint8_t { general, login, refresh, access, lyrics, genius };

/// All limits on how often one may ask, by the client's address and by user. docs/limits.md lists them.
///
/// Refusals are 429 with Retry-After and the fields of draft-ietf-httpapi-ratelimit-headers; answers of
/// routes with a limit of their own carry these fields always. Any thread may use it.
class Limits {
public:
    explicit Limits(const Clock& clock);

    /// Counts a request by its address; a refusal when it is over the limit. Allocates only then.
    std::optional<http::Response> admit(const http::Request& request, const http::Route& route);
    /// Tells what is left of the route's own limit.
    void annotate(const http::Request& request, const http::Route& route, http::Response& response) const;
    /// Both, for the routes. Lives no longer than this.
    http::Gate gate();

    /// Counts a request by its user; how long to wait when it is over the limit. Allocates nothing.
    std::optional<std::chrono::seconds> take(std::string_view user);

    /// A refusal when the address has presented too many wrong admin tokens. Allocates only then.
    std::optional<http::Response> refuse_admin(const http::Request& request) const;
    /// Counts a wrong admin token by its address.
    void count_wrong_admin(const http::Request& request);

private:
    /// nullptr when only the general one counts.
    auto* own_limit(this auto& self, const http::Route& route) {
        const auto index = std::size_t{route.limit} - 1;
        return index < self.own_.size() ? &self.own_[index] : nullptr;
    }

    RateLimit addresses_;
    RateLimit users_;
    RateLimit wrong_admin_tokens_;
    std::array<RateLimit, 5> own_; ///< in the order of Limit
};

/// For a request that Limits::take() refused.
Error too_many_of_user(std::chrono::seconds wait);
/// The fields that belong to that refusal.
void add_user_limit(http::Response& response, std::chrono::seconds wait);

} // namespace personalify::api

#include "api/limits.hpp"

#include <functional>
#include <string>

namespace personalify::api {

namespace {

using namespace std::chrono_literals;

// Generous: many people behind one address must not feel the first.
constexpr RatePolicy per_address{"address", 300, 20ms};
constexpr RatePolicy per_user{"user", 200, 50ms};
// A login asks twice: /login and /callback.
constexpr RatePolicy per_login{"login", 120, 500ms};
constexpr RatePolicy per_refresh{"refresh", 120, 500ms};
constexpr RatePolicy per_access{"access-request", 10, 60s};
// Each keeps the model busy for a moment.
constexpr RatePolicy per_lyrics{"lyrics", 20, 3s};
// Each may ask services that want to be asked rarely; somebody who types asks often.
constexpr RatePolicy per_genius{"genius", 60, 1s};
// Counts wrong tokens only.
constexpr RatePolicy per_wrong_admin_token{"admin", 10, 30s};

constexpr std::size_t many_keys = 16'384;
constexpr std::size_t some_keys = 4'096;

constexpr const char* words = "Too many requests. Please try again later.";

void add_fields(http::Response& response, const RatePolicy& policy, RateLimit::State state) {
    const std::string name = '"' + std::string{policy.name} + '"';
    const auto window = std::chrono::ceil<std::chrono::seconds>(policy.window());
    response.headers.push_back({"RateLimit-Policy", name + ";q=" + std::to_string(policy.burst) +
                                                        ";w=" + std::to_string(window.count())});
    response.headers.push_back({"RateLimit", name + ";r=" + std::to_string(state.left) +
                                                 ";t=" + std::to_string(state.resets.count())});
}

http::Response refusal(const RatePolicy& policy, std::chrono::seconds wait) {
    http::Response response = http::error_response(429, words);
    response.headers.push_back({"Retry-After", std::to_string(wait.count())});
    add_fields(response, policy, {.left = 0, .resets = wait});
    return response;
}

} // namespace

Limits::Limits(const Clock& clock)
    : addresses_(per_address, many_keys, clock)
    , users_(per_user, many_keys, clock)
    , wrong_admin_tokens_(per_wrong_admin_token, some_keys, clock)
    , own_{RateLimit{per_login, some_keys, clock}, RateLimit{per_refresh, some_keys, clock},
           RateLimit{per_access, some_keys, clock}, RateLimit{per_lyrics, some_keys, clock},
           RateLimit{per_genius, some_keys, clock}} {}

std::optional<http::Response> Limits::admit(const http::Request& request, const http::Route& route) {
    const std::uint64_t key = address_key(request.remote_address);
    if (const auto wait = addresses_.take(key)) {
        return refusal(per_address, *wait);
    }
    RateLimit* own = own_limit(route);
    if (const auto wait = own != nullptr ? own->take(key) : std::nullopt) {
        return refusal(own->policy(), *wait);
    }
    return std::nullopt;
}

void Limits::annotate(const http::Request& request, const http::Route& route,
                      http::Response& response) const {
    if (const RateLimit* own = own_limit(route)) {
        add_fields(response, own->policy(), own->look(address_key(request.remote_address)));
    }
}

http::Gate Limits::gate() {
    return {.admit = [this](const http::Request& request,
                            const http::Route& route) { return admit(request, route); },
            .annotate = [this](const http::Request& request, const http::Route& route,
                               http::Response& response) { annotate(request, route, response); }};
}

std::optional<std::chrono::seconds> Limits::take(std::string_view user) {
    return users_.take(std::hash<std::string_view>{}(user));
}

std::optional<http::Response> Limits::refuse_admin(const http::Request& request) const {
    const RateLimit::State state = wrong_admin_tokens_.look(address_key(request.remote_address));
    if (state.left > 0) {
        return std::nullopt;
    }
    return refusal(per_wrong_admin_token,
                   std::chrono::ceil<std::chrono::seconds>(per_wrong_admin_token.interval));
}

void Limits::count_wrong_admin(const http::Request& request) {
    wrong_admin_tokens_.take(address_key(request.remote_address));
}

Error too_many_of_user(std::chrono::seconds wait) {
    return {.code = Errc::too_many_requests, .detail = words, .retry_after = wait};
}

void add_user_limit(http::Response& response, std::chrono::seconds wait) {
    add_fields(response, per_user, {.left = 0, .resets = wait});
}

} // namespace personalify::api

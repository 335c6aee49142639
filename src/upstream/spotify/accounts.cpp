#include "upstream/spotify/accounts.hpp"

#include "crypto/crypto.hpp"
#include "net/form.hpp"
#include "upstream/spotify/answer.hpp"

#include <algorithm>
#include <charconv>

namespace personalify::spotify {

namespace json = boost::json;

namespace {

constexpr std::string_view scopes =
    "user-top-read user-read-recently-played user-read-private user-read-email "
    "user-read-currently-playing user-read-playback-state";
constexpr std::chrono::seconds usual_lifetime{3600};
constexpr std::chrono::seconds longest_lifetime{24 * 3600};
constexpr std::size_t max_answer = 256 * 1024;

/// A token that may stand in a header.
bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

/// Missing, 0 and nonsense mean the usual hour: a token that died earlier shows by a 401.
std::chrono::seconds lifetime_of(const json::object& object) {
    std::int64_t seconds = 0;
    if (const json::value* value = object.if_contains("expires_in")) {
        if (const std::int64_t* whole = value->if_int64()) {
            seconds = *whole;
        } else if (const double* real = value->if_double(); real != nullptr && *real > 0 && *real < 1e9) {
            seconds = static_cast<std::int64_t>(*real);
        } else if (const json::string* text = value->if_string()) {
            std::from_chars(text->data(), text->data() + text->size(), seconds);
        }
    }
    return seconds > 0 ? std::chrono::seconds{std::min<std::int64_t>(seconds, longest_lifetime.count())}
                       : usual_lifetime;
}

bool is_bearer(std::string_view type) {
    constexpr std::string_view bearer = "bearer";
    return type.empty() || std::ranges::equal(type, bearer, {}, [](char c) {
               return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
           });
}

Result<app::TokenGrant> read_grant(const net::HttpReply& reply) {
    Result<json::value> body = json_body(reply);
    if (!body) {
        return std::unexpected(std::move(body.error()));
    }
    const json::object* object = body->if_object();
    std::string access_token = object == nullptr ? std::string{} : text_at(*object, "access_token");
    if (!is_token(access_token) || !is_bearer(text_at(*object, "token_type"))) {
        return fail(Errc::upstream_unavailable, "Spotify gave an answer we can't read. Please try again.",
                    "the answer holds no usable access token");
    }
    app::TokenGrant grant{.access_token = std::move(access_token),
                          .refresh_token = std::nullopt,
                          .expires_in = lifetime_of(*object)};
    if (std::string token = text_at(*object, "refresh_token"); is_token(token)) {
        grant.refresh_token = std::move(token);
    }
    return grant;
}

/// The key decides, never the description: only invalid_grant says that the code or the token is dead.
std::unexpected<Error> refusal(const net::HttpReply& reply) {
    constexpr std::string_view our_faults[] = {"invalid_client", "unauthorized_client",    "invalid_request",
                                               "invalid_scope",  "unsupported_grant_type", "access_denied"};
    const ErrorAnswer answer = error_answer(reply);
    if (reply.status >= 400 && answer.key == "invalid_grant") {
        return fail(Errc::unauthenticated, "Please login again.", "invalid_grant");
    }
    if (reply.status >= 400 && std::ranges::find(our_faults, answer.key) != std::ranges::end(our_faults)) {
        return fail(Errc::forbidden, "Spotify does not accept this application's settings.", answer.key);
    }
    return fail(Errc::upstream_unavailable, "Spotify is not available right now. Please try again.",
                "the token endpoint answered " + std::to_string(reply.status));
}

} // namespace

Accounts::Accounts(std::string base, Credentials credentials, Caller caller)
    : base_(std::move(base))
    , credentials_(std::move(credentials))
    , caller_(std::move(caller)) {}

std::string Accounts::authorize_url(const std::string& redirect_uri, const std::string& state,
                                    const std::string& code_challenge) const {
    return base_ + "/authorize?" +
           net::form_encode({{"response_type", "code"},
                             {"client_id", credentials_.client_id},
                             {"scope", scopes},
                             {"redirect_uri", redirect_uri},
                             {"state", state},
                             {"code_challenge_method", "S256"},
                             {"code_challenge", code_challenge}});
}

Task<Result<app::TokenGrant>> Accounts::exchange_code(app::CodeExchange exchange) {
    std::string form = net::form_encode({{"grant_type", "authorization_code"},
                                         {"code", exchange.code},
                                         {"redirect_uri", exchange.redirect_uri},
                                         {"client_id", credentials_.client_id},
                                         {"code_verifier", exchange.code_verifier}});
    return ask(std::move(form), Repeat::until_sent);
}

Task<Result<app::TokenGrant>> Accounts::refresh(std::string refresh_token) {
    std::string form = net::form_encode({{"grant_type", "refresh_token"}, {"refresh_token", refresh_token}});
    return ask(std::move(form), Repeat::until_answered);
}

Task<Result<app::TokenGrant>> Accounts::ask(std::string form, Repeat repeat) {
    net::HttpCall call;
    call.method = "POST";
    call.url = base_ + "/api/token";
    call.headers = {{"Accept", "application/json"},
                    {"Content-Type", "application/x-www-form-urlencoded"},
                    {"Authorization",
                     "Basic " + crypto::base64(credentials_.client_id + ":" + credentials_.client_secret)}};
    call.body = std::move(form);
    call.max_body_bytes = max_answer;
    Result<net::HttpReply> reply = co_await caller_.call(std::move(call), repeat, app::Urgency::user_request);
    if (!reply) {
        co_return std::unexpected(std::move(reply.error()));
    }
    if (reply->status != 200) {
        co_return refusal(*reply);
    }
    co_return read_grant(*reply);
}

} // namespace personalify::spotify

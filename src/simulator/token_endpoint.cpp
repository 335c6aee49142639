#include "crypto/crypto.hpp"
#include "http/text.hpp"
#include "simulator/accounts.hpp"
#include "simulator/answers.hpp"
#include "simulator/form.hpp"
#include "simulator/state.hpp"

#include <boost/json/object.hpp>

#include <expected>

namespace personalify::simulator {
namespace {

namespace bj = boost::json;

struct Client {
    bool is_confidential = false; ///< knows the secret; else it has to have used PKCE
};

/// The user name and password of an Authorization header.
std::optional<std::pair<std::string, std::string>> basic_credentials(const http::Request& request) {
    constexpr std::string_view scheme = "basic ";
    const auto header = request.header("Authorization");
    if (!header || !http::same_ignoring_case(header->substr(0, scheme.size()), scheme)) {
        return std::nullopt;
    }
    const auto text = crypto::base64_decode(http::trim(header->substr(scheme.size())));
    const auto colon = text ? text->find(':') : std::string::npos;
    if (colon == std::string::npos) {
        return std::pair{std::string{}, std::string{}};
    }
    return std::pair{text->substr(0, colon), text->substr(colon + 1)};
}

std::expected<Client, http::Response> identify(const State& state, const http::Request& request,
                                               const Form& form) {
    const auto basic = basic_credentials(request);
    const std::optional<std::string> id = basic ? basic->first : form.find("client_id");
    const std::optional<std::string> secret = basic ? basic->second : form.find("client_secret");
    if (!id || *id != state.options.client_id) {
        return std::unexpected(oauth_error("invalid_client", "Invalid client"));
    }
    if (secret && !crypto::equal_constant_time(*secret, state.options.client_secret)) {
        return std::unexpected(oauth_error("invalid_client", "Invalid client secret"));
    }
    return Client{.is_confidential = secret.has_value()};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text.append(text.empty() ? "" : " ").append(word);
    }
    return text;
}

/// The caller holds the mutex.
http::Response tokens(State& state, const Grant& grant, const std::optional<std::string>& refresh_token) {
    const auto life = std::chrono::seconds{*state.settings.expires_in};
    bj::object body;
    body["access_token"] = state.grants.add_access({.grant = grant, .expires_at = state.clock.now() + life});
    body["token_type"] = "Bearer";
    body["expires_in"] = life.count();
    if (refresh_token) {
        body["refresh_token"] = *refresh_token;
    }
    if (!grant.scopes.empty()) {
        body["scope"] = joined(grant.scopes);
    }
    http::Response answer = json_answer(200, body);
    set_header(answer, "Cache-Control", "no-store");
    return answer;
}

http::Response invalid_grant(std::string_view description) {
    return oauth_error("invalid_grant", description);
}

http::Response exchange_code(State& state, const Client& client, const Form& form) {
    const auto text = form.find("code");
    const auto redirect_uri = form.find("redirect_uri");
    if (!text || !redirect_uri) {
        return oauth_error("invalid_request",
                           text ? "redirect_uri must be supplied" : "code must be supplied");
    }
    const std::lock_guard lock(state.mutex);
    const Code* found = state.grants.find_code(*text);
    if (found == nullptr) {
        return invalid_grant("Invalid authorization code");
    }
    const Code code = *found;
    state.grants.spend_code(*text); // a failed try spends it, too
    if (code.expires_at <= state.clock.now()) {
        return invalid_grant("Authorization code expired");
    }
    if (code.redirect_uri != *redirect_uri) {
        return invalid_grant("Invalid redirect URI");
    }
    if (!code.challenge.empty() &&
        crypto::pkce_challenge(form.find("code_verifier").value_or("")) != code.challenge) {
        return invalid_grant("code_verifier was incorrect");
    }
    if (!client.is_confidential && !code.grant.with_pkce) {
        return oauth_error("invalid_client", "Invalid client secret");
    }
    return tokens(state, code.grant, state.grants.add_refresh(code.grant));
}

/// The refresh token that the answer names, if any. The caller holds the mutex.
std::optional<std::string> renewed(State& state, RefreshToken& old, const std::string& text) {
    if (!state.settings.refresh_token_in_answer) {
        return std::nullopt;
    }
    if (!state.settings.rotate_refresh) {
        return text;
    }
    const Grant grant = old.grant;
    old.revoked = true;
    return state.grants.add_refresh(grant);
}

http::Response refresh(State& state, const Client& client, const Form& form) {
    const auto text = form.find("refresh_token");
    if (!text) {
        return oauth_error("invalid_request", "refresh_token must be supplied");
    }
    const std::lock_guard lock(state.mutex);
    RefreshToken* found = state.grants.find_refresh(*text);
    if (found == nullptr) {
        return invalid_grant("Invalid refresh token");
    }
    if (found->revoked) {
        return invalid_grant("Refresh token revoked");
    }
    if (found->grant.authorized_at + Grants::refresh_life <= state.clock.now()) {
        return invalid_grant("Refresh token expired");
    }
    if (!client.is_confidential && !found->grant.with_pkce) {
        return oauth_error("invalid_client", "Invalid client secret");
    }
    const Grant grant = found->grant;
    return tokens(state, grant, renewed(state, *found, *text));
}

http::Response app_token(State& state, const Client& client) {
    if (!client.is_confidential) {
        return oauth_error("invalid_client", "Invalid client secret");
    }
    const std::lock_guard lock(state.mutex);
    return tokens(state, Grant{.authorized_at = state.clock.now()}, std::nullopt);
}

http::Response answer(State& state, const http::Request& request) {
    if (request.method != "POST") {
        return api_error(405, "Method not allowed");
    }
    const auto type = request.header("Content-Type").value_or("");
    if (!http::same_ignoring_case(http::trim(type.substr(0, type.find(';'))),
                                  "application/x-www-form-urlencoded")) {
        http::Response refusal = oauth_error("invalid_request", "Content-Type must be a form");
        refusal.status = 415;
        return refusal;
    }
    const auto form = Form::parse(request.body);
    if (!form) {
        return oauth_error("invalid_request", "The form can't be read");
    }
    const auto client = identify(state, request, *form);
    if (!client) {
        return client.error();
    }
    const auto grant_type = form->find("grant_type");
    if (grant_type == "authorization_code") {
        return exchange_code(state, *client, *form);
    }
    if (grant_type == "refresh_token") {
        return refresh(state, *client, *form);
    }
    if (grant_type == "client_credentials") {
        return app_token(state, *client);
    }
    return oauth_error("unsupported_grant_type",
                       "grant_type must be client_credentials, authorization_code or refresh_token");
}

} // namespace

http::Response answer_token(State& state, const http::Request& request) {
    http::Response response = answer(state, request);
    response.route = "/api/token";
    return response;
}

} // namespace personalify::simulator

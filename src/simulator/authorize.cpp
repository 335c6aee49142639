#include "http/text.hpp"
#include "simulator/accounts.hpp"
#include "simulator/answers.hpp"
#include "simulator/consent_page.hpp"
#include "simulator/form.hpp"
#include "simulator/scopes.hpp"
#include "simulator/state.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <expected>

namespace personalify::simulator {
namespace {

/// An authorization request that may be shown to a person.
struct Wish {
    std::string redirect_uri = {};
    std::string origin = {}; ///< of the redirect URI
    std::optional<std::string> state = std::nullopt;
    std::string challenge = {};
    std::vector<std::string> scopes = {};
};

/// Scheme, host and port of an acceptable redirect URI: https, or http on a loopback address that is written
/// as a number. nullopt for all others, "localhost" among them.
std::optional<std::string> origin_of(std::string_view redirect_uri) {
    const auto parsed = boost::urls::parse_uri(redirect_uri);
    if (!parsed || parsed->has_fragment() || parsed->has_userinfo() || parsed->encoded_host().empty()) {
        return std::nullopt;
    }
    // Boost.URL 1.81 takes the beginning of "127.0.0.1.example.org" for the host, and the rest for the path.
    const std::string_view path = parsed->encoded_path();
    if (!path.empty() && !path.starts_with('/')) {
        return std::nullopt;
    }
    const std::string_view host = parsed->encoded_host();
    const bool is_loopback = host == "127.0.0.1" || host == "[::1]";
    const std::string_view scheme = parsed->scheme();
    if (scheme != "https" && (scheme != "http" || !is_loopback)) {
        return std::nullopt;
    }
    return std::string{scheme} + "://" + std::string{parsed->encoded_host_and_port()};
}

std::string with_parameters(const Wish& wish, std::string_view name, std::string_view value) {
    std::string location = wish.redirect_uri;
    location += location.contains('?') ? '&' : '?';
    location.append(name).append("=").append(http::percent_encode(value));
    if (wish.state) {
        location += "&state=" + http::percent_encode(*wish.state);
    }
    return location;
}

http::Response refused(const Wish& wish, std::string_view error) {
    return redirect(with_parameters(wish, "error", error));
}

bool is_challenge(std::string_view text) {
    constexpr std::size_t sha256_in_base64url = 43;
    return text.size() == sha256_in_base64url &&
           std::ranges::all_of(text, [](char c) { return http::is_alphanumeric(c) || c == '-' || c == '_'; });
}

/// The request, or the answer that ends it. The browser is only ever sent to a redirect URI that is good.
std::expected<Wish, http::Response> read_wish(const State& state, const http::Request& request) {
    const auto query = Form::parse(request.query);
    if (!query) {
        return std::unexpected(error_page("Illegal request"));
    }
    if (query->get("client_id") != state.options.client_id) {
        return std::unexpected(error_page("INVALID_CLIENT: Invalid client"));
    }
    Wish wish{.redirect_uri = query->get("redirect_uri"), .state = query->find("state")};
    const auto origin = origin_of(wish.redirect_uri);
    if (!origin) {
        return std::unexpected(error_page("INVALID_CLIENT: Invalid redirect URI"));
    }
    wish.origin = *origin;
    if (query->get("response_type") != "code") {
        return std::unexpected(refused(wish, "unsupported_response_type"));
    }
    const auto challenge = query->find("code_challenge");
    const auto method = query->find("code_challenge_method");
    if ((challenge || method) && (method != "S256" || !is_challenge(challenge.value_or("")))) {
        return std::unexpected(refused(wish, "invalid_request"));
    }
    wish.challenge = challenge.value_or("");
    auto scopes = parse_scopes(query->get("scope"));
    if (!scopes) {
        return std::unexpected(refused(wish, "invalid_scope"));
    }
    wish.scopes = std::move(*scopes);
    return wish;
}

http::Response show(State& state, const Wish& wish) {
    const std::lock_guard lock(state.mutex);
    return consent_page({.app = state.options.app_name,
                         .origin = wish.origin,
                         .scopes = wish.scopes,
                         .people = state.people.all()});
}

http::Response decide(State& state, const Wish& wish, const http::Request& request) {
    const auto form = Form::parse(request.body);
    if (!form) {
        return error_page("Illegal request");
    }
    if (form->get("decision") == "deny") {
        return refused(wish, "access_denied");
    }
    const std::lock_guard lock(state.mutex);
    const Person* person = state.people.find(form->get("listener"));
    if (person == nullptr) {
        return error_page("Unknown listener");
    }
    const TimePoint now = state.clock.now();
    Grant grant{.account_id = std::string{person->listener->account_id},
                .scopes = wish.scopes,
                .with_pkce = !wish.challenge.empty(),
                .authorized_at = now};
    const std::string code = state.grants.add_code({.grant = std::move(grant),
                                                    .redirect_uri = wish.redirect_uri,
                                                    .challenge = wish.challenge,
                                                    .expires_at = now + Grants::code_life});
    return redirect(with_parameters(wish, "code", code));
}

http::Response answer(State& state, const http::Request& request) {
    const bool is_post = request.method == "POST";
    if (!is_post && request.method != "GET" && request.method != "HEAD") {
        return api_error(405, "Method not allowed");
    }
    const auto wish = read_wish(state, request);
    if (!wish) {
        return wish.error();
    }
    return is_post ? decide(state, *wish, request) : show(state, *wish);
}

} // namespace

http::Response answer_authorize(State& state, const http::Request& request) {
    http::Response response = answer(state, request);
    response.route = "/authorize";
    return response;
}

} // namespace personalify::simulator

#include "api/auth.hpp"
#include "crypto/crypto.hpp"

#include <algorithm>

namespace personalify::api {

namespace {

using http::Redirect;

struct LoginQuery {
    bool mobile = false;
    std::string redirect;
    std::string code_challenge;
    std::string invite;
};
BOOST_DESCRIBE_STRUCT(LoginQuery, (), (mobile, redirect, code_challenge, invite))

struct CallbackQuery {
    std::string code;
    std::string state;
    std::string error;
};
BOOST_DESCRIBE_STRUCT(CallbackQuery, (), (code, state, error))

/// Each login has a cookie of its own, so that two tabs don't end each other's login.
std::string cookie_name(const std::string& state) {
    return "login_" + crypto::sha256_hex(state).substr(0, 16);
}

http::Header binding_cookie(const std::string& state, const std::string& binder, bool secure) {
    const bool gone = binder.empty();
    return http::set_cookie({.name = cookie_name(state),
                             .value = binder,
                             .max_age = gone ? std::chrono::seconds{0} : app::LoginService::state_lifetime,
                             .secure = secure});
}

std::string_view word(app::LoginFailure failure) {
    switch (failure) {
    case app::LoginFailure::state_error:
        return "state_error";
    case app::LoginFailure::access_denied:
        return "access_denied";
    case app::LoginFailure::access_required:
        return "access_required";
    case app::LoginFailure::token_error:
        return "token_error";
    case app::LoginFailure::no_access_token:
        return "no_access_token";
    case app::LoginFailure::server_error:
        return "server_error";
    }
    return "server_error";
}

constexpr std::string_view app_link = "personalify://callback";

std::string landing(const app::LoginEnd& end, const Addresses& addresses) {
    if (end.failure) {
        return (end.mobile ? std::string{app_link} + "?error=" : addresses.frontend() + "/?error=") +
               std::string{word(*end.failure)};
    }
    const std::string user = http::percent_encode(end.user.str());
    if (!end.mobile) {
        return addresses.frontend() +
               (end.redirect.empty() ? "/dashboard/" + user + "?time_range=short_term" : end.redirect);
    }
    const std::string proof =
        end.one_time_code.empty() ? "&access_token=" + end.session_token : "&code=" + end.one_time_code;
    return std::string{app_link} + "?spotify_id=" + user + proof;
}

/// S256 challenges are SHA-256 in base64url: 43 characters (RFC 7636, section 4.2).
bool is_challenge(std::string_view text) {
    return text.size() == 43 && std::ranges::all_of(text, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_';
           });
}

json::Problems problems_of(const LoginQuery& query) {
    json::Problems problems;
    if (!query.redirect.empty() && !app::is_frontend_path(query.redirect)) {
        problems.push_back({"value_error",
                            {"query", "redirect"},
                            "Value error, must be a path of the frontend, such as /dashboard",
                            boost::json::value(query.redirect)});
    }
    if (!query.code_challenge.empty() && !is_challenge(query.code_challenge)) {
        problems.push_back({"value_error",
                            {"query", "code_challenge"},
                            "Value error, must be an S256 challenge: 43 characters of base64url",
                            boost::json::value(query.code_challenge)});
    }
    return problems;
}

class LoginWalk {
public:
    LoginWalk(app::LoginService& logins, app::SessionService& sessions, Addresses addresses,
              app::Report report)
        : logins_(logins)
        , sessions_(sessions)
        , addresses_(std::move(addresses))
        , report_(std::move(report)) {}

    Task<Result<http::Response>> begin(const http::Request& request, LoginQuery query) const {
        if (const json::Problems problems = problems_of(query); !problems.empty()) {
            co_return http::unprocessable(problems);
        }
        Result<std::string> redirect_uri = addresses_.redirect_uri_for(request);
        if (!redirect_uri) {
            co_return std::unexpected(std::move(redirect_uri.error()));
        }
        if (const auto host = addresses_.better_host(request, *redirect_uri)) {
            co_return http::to_response(Redirect{.location = *host + request.target, .status = 307});
        }
        app::LoginRequest login{.mobile = query.mobile,
                                .redirect = std::move(query.redirect),
                                .redirect_uri = std::move(*redirect_uri),
                                .app_code_challenge = std::move(query.code_challenge),
                                .invitation = std::move(query.invite)};
        Result<app::LoginStart> start = co_await logins_.begin(std::move(login));
        if (!start) {
            co_return std::unexpected(std::move(start.error()));
        }
        Redirect answer{.location = std::move(start->authorize_url), .status = 307};
        answer.headers.push_back(binding_cookie(start->state, start->binder, addresses_.secure(request)));
        co_return http::to_response(std::move(answer));
    }

    Task<Result<http::Response>> end(const http::Request& request, CallbackQuery query) const {
        if (query.code.empty() && query.error.empty()) {
            co_return http::unprocessable({{"missing", {"query", "code"}, "Field required", nullptr}});
        }
        if (request.method == "HEAD") { // a link scanner must not spend the code
            co_return http::to_response(Redirect{.location = addresses_.frontend() + "/"});
        }
        const bool secure = addresses_.secure(request);
        const std::string state = query.state;
        std::string binder{request.cookie(cookie_name(state)).value_or("")};
        app::LoginEnd end;
        if (query.error.empty()) {
            end = co_await logins_.finish(query.state, std::move(binder), std::move(query.code));
        } else {
            end = co_await logins_.refuse(query.state, std::move(binder), std::move(query.error));
        }
        if (end.failure && report_) {
            report_("login", Error{.code = Errc::upstream_unavailable,
                                   .detail = std::string{word(*end.failure)},
                                   .cause = end.cause,
                                   .request_id = request.request_id});
        }
        Redirect answer{.location = landing(end, addresses_), .status = 303};
        if (end.failure != app::LoginFailure::state_error) {
            answer.headers.push_back(binding_cookie(state, "", secure));
        }
        if (!end.failure && !end.mobile) {
            add_session_cookies(answer.headers, end.session_token, end.user,
                                app::SessionService::longest_lifetime, secure);
        }
        co_return http::to_response(std::move(answer));
    }

    Task<Result<Redirect>> leave(const http::Request& request, app::Caller caller) const {
        Redirect answer{.location = addresses_.frontend() + "/?error=logged_out", .status = 303};
        if (request.method == "HEAD") {
            co_return answer;
        }
        const Result<> ended = co_await sessions_.end(std::move(caller));
        if (!ended && report_) { // the browser forgets the session all the same
            report_("logout", ended.error());
        }
        drop_session_cookies(answer.headers, addresses_.secure(request));
        co_return answer;
    }

private:
    app::LoginService& logins_;
    app::SessionService& sessions_;
    Addresses addresses_;
    app::Report report_;
};

} // namespace

void add_login_routes(Routes& routes, app::LoginService& logins, app::SessionService& sessions,
                      const Addresses& addresses, app::Report report) {
    const auto walk = std::make_shared<LoginWalk>(logins, sessions, addresses, std::move(report));

    routes.get<Redirect>("/login", "Send the browser to Spotify's consent page")
        .tag("Authentication")
        .describe(
            "`mobile=true` ends in the app's deep link, with a one-time code when `code_challenge` (S256) is "
            "given; `redirect` is a path of the frontend to land on; `invite` is the code of an invitation, "
            "which "
            "somebody without an account needs where `ACCESS=invite`.")
        .query<LoginQuery>()
        .answers(307, "To Spotify, with a short-lived cookie that binds the login to this browser")
        .fails_with(Errc::conflict)
        .limit(Limit::login)
        .handle([walk](const http::Request& request, LoginQuery query) {
            return walk->begin(request, std::move(query));
        });

    routes.get<Redirect>("/callback", "Where Spotify sends the browser back")
        .tag("Authentication")
        .describe(
            "Ends the login: session, first sync, then the dashboard; or the frontend with "
            "`?error=token_error|no_access_token|access_denied|access_required|server_error|state_error`.")
        .query<CallbackQuery>()
        .limit(Limit::login)
        .answers(303, "To the dashboard with the session's cookies, to the app, or to the error")
        .handle([walk](const http::Request& request, CallbackQuery query) {
            return walk->end(request, std::move(query));
        });

    const auto leave = [walk](const app::Caller& caller, const http::Request& request) {
        return walk->leave(request, caller);
    };
    routes.get<Redirect>("/logout", "End the session")
        .tag("Authentication")
        .answers(303, "To the frontend with `?error=logged_out`; the cookies are gone")
        .handle(leave);
    routes.post<Redirect>("/logout", "End the session")
        .tag("Authentication")
        .answers(303, "To the frontend with `?error=logged_out`; the cookies are gone")
        .handle(leave);
}

} // namespace personalify::api

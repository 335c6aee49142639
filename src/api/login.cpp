#include "api/auth.hpp"
#include "crypto/crypto.hpp"

namespace personalify::api {

namespace {

using http::Redirect;

struct LoginQuery {
    bool mobile = false;
    std::string redirect;
    std::string code_challenge;
};
BOOST_DESCRIBE_STRUCT(LoginQuery, (), (mobile, redirect, code_challenge))

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

class LoginWalk {
public:
    LoginWalk(app::LoginService& logins, app::SessionService& sessions, Addresses addresses)
        : logins_(logins)
        , sessions_(sessions)
        , addresses_(std::move(addresses)) {}

    Task<Result<http::Response>> begin(const http::Request& request, LoginQuery query) const {
        if (!query.redirect.empty() && !app::is_frontend_path(query.redirect)) {
            co_return http::unprocessable({{"value_error",
                                            {"query", "redirect"},
                                            "Value error, must be a path of the frontend, such as /dashboard",
                                            boost::json::value(query.redirect)}});
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
                                .app_code_challenge = std::move(query.code_challenge)};
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
        const bool secure = addresses_.secure(request);
        const std::string state = query.state;
        std::string binder{request.cookie(cookie_name(state)).value_or("")};
        const bool consented = query.error.empty();
        app::LoginEnd end =
            consented ? co_await logins_.finish(query.state, std::move(binder), std::move(query.code))
                      : co_await logins_.refuse(query.state, std::move(binder), std::move(query.error));
        Redirect answer{.location = landing(end, addresses_), .status = 303};
        if (end.failure != app::LoginFailure::state_error) {
            answer.headers.push_back(binding_cookie(state, "", secure));
        }
        if (!end.failure && !end.mobile) {
            add_session_cookies(answer.headers, end.session_token, end.user,
                                app::SessionService::idle_lifetime, secure);
        }
        co_return http::to_response(std::move(answer));
    }

    Task<Result<Redirect>> leave(const http::Request& request, app::Caller caller) const {
        Result<> ended = co_await sessions_.end(std::move(caller));
        if (!ended) {
            co_return std::unexpected(std::move(ended.error()));
        }
        Redirect answer{.location = addresses_.frontend() + "/?error=logged_out", .status = 303};
        drop_session_cookies(answer.headers, addresses_.secure(request));
        co_return answer;
    }

private:
    app::LoginService& logins_;
    app::SessionService& sessions_;
    Addresses addresses_;
};

} // namespace

void add_login_routes(Routes& routes, app::LoginService& logins, app::SessionService& sessions,
                      const Addresses& addresses) {
    const auto walk = std::make_shared<LoginWalk>(logins, sessions, addresses);

    routes.get<Redirect>("/login", "Send the browser to Spotify's consent page")
        .tag("Authentication")
        .describe(
            "`mobile=true` ends in the app's deep link, with a one-time code when `code_challenge` (S256) is "
            "given; `redirect` is a path of the frontend to land on.")
        .query<LoginQuery>()
        .answers(307, "To Spotify, with a short-lived cookie that binds the login to this browser")
        .fails_with(Errc::conflict)
        .handle([walk](const http::Request& request, LoginQuery query) {
            return walk->begin(request, std::move(query));
        });

    routes.get<Redirect>("/callback", "Where Spotify sends the browser back")
        .tag("Authentication")
        .describe("Ends the login: session, first sync, then the dashboard; or the frontend with "
                  "`?error=token_error|no_access_token|access_denied|server_error|state_error`.")
        .query<CallbackQuery>()
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

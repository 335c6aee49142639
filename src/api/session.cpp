#include "api/auth.hpp"

namespace personalify::api {

namespace {

struct RefreshBody {
    json::Required<std::string> spotify_id;
};
BOOST_DESCRIBE_STRUCT(RefreshBody, (), (spotify_id))

/// A renewed or new session. The token is opaque and ours, not Spotify's.
struct SessionGrant {
    std::string access_token;
    std::int64_t expires_in = 0; ///< seconds

    static SessionGrant example() { return {"5kq3…opaque…", 2'592'000}; }
};
BOOST_DESCRIBE_STRUCT(SessionGrant, (), (access_token, expires_in))

struct CodeBody {
    json::Required<json::Text<1, 128>> code;
    json::Required<json::Text<43, 128>> code_verifier;
};
BOOST_DESCRIBE_STRUCT(CodeBody, (), (code, code_verifier))

struct MobileGrant {
    std::string access_token;
    std::int64_t expires_in = 0;
    std::string spotify_id;

    static MobileGrant example() { return {"5kq3…opaque…", 2'592'000, "ranisenja"}; }
};
BOOST_DESCRIBE_STRUCT(MobileGrant, (), (access_token, expires_in, spotify_id))

class SessionDesk {
public:
    SessionDesk(app::LoginService& logins, app::SessionService& sessions, Addresses addresses)
        : logins_(logins)
        , sessions_(sessions)
        , addresses_(std::move(addresses)) {}

    Task<Result<http::Reply<SessionGrant>>> refresh(app::Caller caller, const http::Request& request,
                                                    std::optional<RefreshBody> body) const {
        if (!caller.session || (body && !caller.is(UserId{*body->spotify_id}))) {
            co_return fail(Errc::unauthenticated, app::login_again);
        }
        Result<std::chrono::seconds> lifetime = co_await sessions_.renew(caller);
        if (!lifetime) {
            co_return std::unexpected(std::move(lifetime.error()));
        }
        http::Reply<SessionGrant> reply{.body = {caller.token, lifetime->count()}};
        if (caller.session->kind == app::SessionKind::web) {
            add_session_cookies(reply.headers, caller.token, caller.session->user,
                                app::SessionService::longest_lifetime, addresses_.secure(request));
        }
        co_return reply;
    }

    Task<Result<MobileGrant>> exchange(CodeBody body) const {
        Result<app::MobileSession> session = co_await logins_.exchange(*body.code, *body.code_verifier);
        if (!session) {
            co_return std::unexpected(std::move(session.error()));
        }
        co_return MobileGrant{std::move(session->token), session->lifetime.count(), session->user.str()};
    }

private:
    app::LoginService& logins_;
    app::SessionService& sessions_;
    Addresses addresses_;
};

} // namespace

void add_session_routes(Routes& routes, app::LoginService& logins, app::SessionService& sessions,
                        const Addresses& addresses) {
    const auto desk = std::make_shared<SessionDesk>(logins, sessions, addresses);

    routes.post<http::Reply<SessionGrant>>("/auth/refresh", "Renew the session that the request proves")
        .tag("Authentication")
        .describe("Proof is the cookie or a Bearer token. A body may name the user and has to match; it "
                  "proves nothing.")
        .needs_session()
        .body<std::optional<RefreshBody>>()
        .limit(Limit::refresh)
        .fails_with(Errc::unauthenticated)
        .handle(
            [desk](const app::Caller& caller, const http::Request& request, std::optional<RefreshBody> body) {
                return desk->refresh(caller, request, std::move(body));
            });

    routes.post<MobileGrant>("/auth/token", "Swap a one-time code of the deep link for a session")
        .tag("Authentication")
        .body<CodeBody>()
        .limit(Limit::refresh)
        .fails_with(Errc::invalid_argument)
        .handle([desk](CodeBody body) { return desk->exchange(std::move(body)); });
}

} // namespace personalify::api

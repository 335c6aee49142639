#include "api/account.hpp"
#include "api/own_session.hpp"

namespace personalify::api {

namespace {

struct SessionList {
    std::vector<SessionItem> sessions;

    static SessionList example() { return {{SessionItem::example()}}; }
};
BOOST_DESCRIBE_STRUCT(SessionList, (), (sessions))

Task<Result<SessionList>> list(app::SessionService& sessions, app::Caller caller) {
    Result<std::vector<app::OwnSession>> found = co_await sessions.list(std::move(caller));
    if (!found) {
        co_return std::unexpected(std::move(found.error()));
    }
    co_return SessionList{items_of(*found)};
}

Task<Result<http::NoContent>> end(app::SessionService& sessions, app::Caller caller, std::string id,
                                  bool secure) {
    const Result<bool> was_current = co_await sessions.end_one(std::move(caller), std::move(id));
    if (!was_current) {
        co_return std::unexpected(was_current.error());
    }
    http::NoContent answer;
    if (*was_current) {
        drop_session_cookies(answer.headers, secure);
    }
    co_return answer;
}

} // namespace

void add_own_session_routes(Routes& routes, app::SessionService& sessions, const Addresses& addresses) {
    routes.get<SessionList>("/api/me/sessions", "Where the session's user is logged in")
        .tag("Account")
        .describe("Newest first. `last_used_at` is right to the day.")
        .needs_session()
        .fails_with(Errc::unauthenticated)
        .handle([&sessions](const app::Caller& caller) { return list(sessions, caller); });

    routes.del<http::NoContent>("/api/me/sessions/{id}", "Log out there")
        .tag("Account")
        .describe("Ends one of the list's sessions at once. Ending the one that asks is a logout.")
        .needs_session()
        .fails_with(Errc::unauthenticated, Errc::not_found)
        .handle(
            [&sessions, addresses](const app::Caller& caller, const http::Request& request, std::string id) {
                return end(sessions, caller, std::move(id), addresses.secure(request));
            });
}

} // namespace personalify::api

#include "api/account.hpp"

namespace personalify::api {

namespace {

constexpr std::string_view confirmation = "delete-my-account";

Task<Result<http::NoContent>> erase(app::ErasureService& erasure, app::Caller caller, bool confirmed,
                                    bool secure) {
    if (!confirmed) {
        co_return fail(Errc::invalid_argument, "Deleting the account cannot be undone. To confirm, send the "
                                               "header X-Confirm: delete-my-account.");
    }
    Result<> erased = co_await erasure.erase(std::move(caller));
    if (!erased) {
        co_return std::unexpected(std::move(erased.error()));
    }
    http::NoContent answer{.headers = {{"Clear-Site-Data", "\"cache\""}}};
    drop_session_cookies(answer.headers, secure);
    co_return answer;
}

} // namespace

void add_account_routes(Routes& routes, app::ErasureService& erasure, const Addresses& addresses) {
    routes.del<http::NoContent>("/api/me", "Delete the session's user and everything that is held of them")
        .tag("Account")
        .describe(
            "For good: profile, Spotify's tokens, tops, history, jobs and all sessions, of every device. "
            "Has to be confirmed by the header `X-Confirm: delete-my-account`. A login afterwards "
            "begins anew.")
        .needs_session()
        .fails_with(Errc::invalid_argument, Errc::unauthenticated)
        .handle([&erasure, addresses](const app::Caller& caller, const http::Request& request) {
            return erase(erasure, caller, request.header("x-confirm") == confirmation,
                         addresses.secure(request));
        });
}

} // namespace personalify::api

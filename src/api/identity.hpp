#pragma once

#include "api/limits.hpp"
#include "app/caller.hpp"
#include "app/sessions.hpp"
#include "http/message.hpp"
#include "http/routes.hpp"

#include <chrono>
#include <string>

namespace personalify::api {

/// The route table of this service: its handlers take the app's Caller.
using Routes = http::Routes<app::Caller>;

/// The session token that a request presents: `Authorization: Bearer`, else the cookie `access_token`; "" for
/// none.
std::string_view presented_token(const http::Request& request);

/// Finds the caller of a request. Anonymous without a valid session. Fails with too_many_requests when the
/// user asks too often; `limits` nullptr for no limit.
class Identity {
public:
    explicit Identity(app::SessionService& sessions, Limits* limits = nullptr)
        : sessions_(sessions)
        , limits_(limits) {}
    Task<Result<app::Caller>> operator()(const http::Request& request) const;
    /// The same for a token that came another way.
    Task<Result<app::Caller>> of_token(std::string token) const;

    /// Whether memory is sure that this user calls; false is to be looked up. Counts nothing.
    bool knows(const http::Request& request, std::string_view user) const;
    /// Counts a request of a user that is known; false when they ask too often.
    bool admits(std::string_view user) const;

private:
    app::SessionService& sessions_;
    Limits* limits_;
};

/// The two cookies of a web session: `access_token` (proof) and `spotify_id` (for the web client, never
/// trusted). Both HttpOnly, SameSite=Lax, Path=/, Secure behind https. They may live as long as a session
/// can: its sliding end is the server's to enforce.
void add_session_cookies(std::vector<http::Header>& headers, const std::string& token, const UserId& user,
                         std::chrono::seconds lifetime, bool secure);
/// Deletes both.
void drop_session_cookies(std::vector<http::Header>& headers, bool secure);

} // namespace personalify::api

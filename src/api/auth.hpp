#pragma once

#include "api/addresses.hpp"
#include "api/identity.hpp"
#include "api/rate_limit.hpp"
#include "app/access.hpp"
#include "app/login.hpp"
#include "app/report.hpp"

namespace personalify::api {

/// /login, /callback, /logout: the walk of a browser. `limit` holds back addresses that start too many logins
/// (nullptr: none); failed logins are told to `report`.
void add_login_routes(Routes& routes, app::LoginService& logins, app::SessionService& sessions,
                      const Addresses& addresses, RateLimit* limit, app::Report report);

/// /auth/refresh, /auth/token: what clients call to keep or get their session.
void add_session_routes(Routes& routes, app::LoginService& logins, app::SessionService& sessions,
                        const Addresses& addresses);

/// /request-access, limited per address; `limit` nullptr for no limit.
void add_access_routes(Routes& routes, app::AccessService& access, RateLimit* limit);

} // namespace personalify::api

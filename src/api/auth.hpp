#pragma once

#include "api/addresses.hpp"
#include "api/identity.hpp"
#include "app/access.hpp"
#include "app/login.hpp"
#include "app/report.hpp"

namespace personalify::api {

/// /login, /callback, /logout: the walk of a browser. Failed logins are told to `report`.
void add_login_routes(Routes& routes, app::LoginService& logins, app::SessionService& sessions,
                      const Addresses& addresses, app::Report report);

/// /auth/refresh, /auth/token: what clients call to keep or get their session.
void add_session_routes(Routes& routes, app::LoginService& logins, app::SessionService& sessions,
                        const Addresses& addresses);

/// /request-access
void add_access_routes(Routes& routes, app::AccessService& access);

/// /admin/access-requests and /admin/access-requests/{id}: for administrators, whom `guard` tells from
/// others.
void add_access_admin_routes(Routes& routes, app::AccessService& access, const Addresses& addresses,
                             const http::Guard& guard);

} // namespace personalify::api

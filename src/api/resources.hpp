#pragma once

#include "api/identity.hpp"
#include "app/dashboards.hpp"
#include "app/history.hpp"
#include "app/profiles.hpp"

namespace personalify::api {

/// /api/me and /api/me/sharing.
void add_me_routes(Routes& routes, app::ProfileService& profiles);
/// /api/profile/{id} and /api/user-profile.
void add_profile_routes(Routes& routes, app::ProfileService& profiles);
/// /api/dashboard/{id}.
void add_dashboard_routes(Routes& routes, app::DashboardService& dashboards);
/// /sync/top-data.
void add_sync_routes(Routes& routes, app::DashboardService& dashboards, app::SessionService& sessions);
/// /top-genres and /top-data.
void add_top_routes(Routes& routes, app::DashboardService& dashboards);
/// /history.
void add_history_routes(Routes& routes, app::HistoryService& history);

} // namespace personalify::api

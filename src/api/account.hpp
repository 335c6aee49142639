#pragma once

#include "api/addresses.hpp"
#include "api/resources.hpp"
#include "app/erasure.hpp"
#include "app/ports/archives.hpp"
#include "app/report.hpp"

namespace personalify::api {

/// DELETE /api/me.
void add_account_routes(Routes& routes, app::ErasureService& erasure, const Addresses& addresses);

/// /api/me/sessions.
void add_own_session_routes(Routes& routes, app::SessionService& sessions, const Addresses& addresses);

/// Who holds something of a user.
struct ExportSources {
    app::ProfileService& profiles;
    app::SessionService& sessions;
    app::DashboardService& dashboards;
    app::HistoryService& history;
    app::JobService& jobs;
    app::ArchiveMaker& archives;
    const Clock& clock;
    app::Report report = nullptr;
};
/// /api/me/export.
void add_export_routes(Routes& routes, const ExportSources& sources);

} // namespace personalify::api

#include "api/resources.hpp"
#include "api/stream_deadline.hpp"
#include "domain/csv.hpp"

namespace personalify::api {

namespace {

using Export = app::ReportService::Export;

constexpr std::size_t users_at_once = 200;
constexpr std::string_view export_head = "ID,Spotify ID,Display Name,Top 10 Artists,Top 10 Tracks\r\n";

std::vector<http::Header> not_kept() {
    return {{"Cache-Control", "no-store"}};
}

/// What GET and POST both do. GET is what the Python service had and what a browser's address line sends.
/// That it changes something is no hole: the guard takes a password that a browser adds by itself from pages
/// of this origin only, and what goes comes back by itself.
http::PlainText clear_caches(app::ReportService& reports) {
    return {reports.clear_caches(), not_kept()};
}

Task<Result<http::PlainText>> system_receipt(app::ReportService& reports) {
    Result<std::string> receipt = co_await reports.system();
    if (!receipt) {
        co_return std::unexpected(std::move(receipt.error()));
    }
    co_return http::PlainText{std::move(*receipt), not_kept()};
}

Task<Result<http::PlainText>> user_receipt(app::ReportService& reports, UserId user) {
    Result<std::string> receipt = co_await reports.user(std::move(user));
    if (!receipt) {
        co_return std::unexpected(std::move(receipt.error()));
    }
    co_return http::PlainText{std::move(*receipt), not_kept()};
}

std::string csv_of(const std::vector<app::ExportedUser>& users) {
    std::string rows;
    for (const app::ExportedUser& user : users) {
        append_csv_row(rows, {std::to_string(user.number), user.id.str(), user.name, joined(user.artists),
                              joined(user.tracks)});
    }
    return rows;
}

/// Reads a batch, sends it, and reads the next when it is gone: a slow reader makes storage wait, a reader
/// that hangs up ends it. What breaks off is not to look complete, so the connection is reset then.
Task<void> send_users(std::shared_ptr<std::shared_ptr<Export>> rows, std::chrono::milliseconds time,
                      http::ResponseStream& stream) {
    const StreamDeadline deadline(co_await asio::this_coro::executor, stream, time,
                                  [rows] { rows->reset(); });
    bool there = co_await stream.write(std::string{export_head});
    while (there && *rows != nullptr) {
        const std::shared_ptr<Export> reading = *rows;
        const Result<std::vector<app::ExportedUser>> users = co_await reading->next(users_at_once);
        if (!users) {
            stream.reset();
        }
        if (!users || users->empty()) {
            break;
        }
        there = co_await stream.write(csv_of(*users));
    }
    rows->reset();
}

Task<Result<http::Response>> export_users(app::ReportService& reports, std::chrono::milliseconds time) {
    Result<std::shared_ptr<Export>> rows = co_await reports.export_users();
    if (!rows) {
        co_return std::unexpected(std::move(rows.error()));
    }
    const auto reading = std::make_shared<std::shared_ptr<Export>>(std::move(*rows));
    http::Response response;
    response.headers = {{"Content-Type", "text/csv; charset=utf-8"},
                        {"Content-Disposition", "attachment; filename=personalify_users_light.csv"},
                        {"Cache-Control", "no-store"},
                        {"X-Content-Type-Options", "nosniff"}};
    response.stream = [reading, time](http::ResponseStream& stream) {
        return send_users(reading, time, stream);
    };
    co_return response;
}

} // namespace

void add_admin_routes(Routes& routes, const AdminGuard& guard, app::ReportService& reports,
                      std::chrono::milliseconds export_time) {
    routes.get<http::PlainText>("/admin/system-stats", "The system's receipt")
        .tag("Administration")
        .describe(
            "Counts over all users. When counting takes long, the same counts are shown for a while: DATE "
            "says when it was.")
        .needs_admin(guard)
        .fails_with(Errc::overloaded)
        .handle([&reports] { return system_receipt(reports); });

    routes.get<http::PlainText>("/admin/user-report/{id}", "A user's receipt")
        .tag("Administration")
        .describe("A user who does not exist gets one that says so.")
        .needs_admin(guard)
        .fails_with(Errc::overloaded)
        .handle([&reports](UserId id) { return user_receipt(reports, std::move(id)); });

    constexpr const char* what_goes = "Copies that come back from storage or upstreams by themselves. "
                                      "Sessions, jobs, stored lyrics, readings, "
                                      "translations and logins that are under way stay.";
    routes.get<http::PlainText>("/admin/clear-cache", "Empty all caches")
        .tag("Administration")
        .describe(what_goes)
        .needs_admin(guard)
        .handle([&reports] { return clear_caches(reports); });
    routes.post<http::PlainText>("/admin/clear-cache", "Empty all caches")
        .tag("Administration")
        .describe(what_goes)
        .needs_admin(guard)
        .handle([&reports] { return clear_caches(reports); });

    routes.get<http::Response>("/admin/export-users", "All users as CSV")
        .tag("Administration")
        .describe(
            "One row per user with the names of their top ten, of the medium term, or else the short, or "
            "else "
            "the long: everybody as of one moment. Cells that a spreadsheet would run as a formula begin "
            "with "
            "an apostrophe. Two at once; an export that takes five minutes breaks off, and its connection "
            "closes without an end.")
        .produces("text/csv")
        .needs_admin(guard)
        .fails_with(Errc::overloaded)
        .handle([&reports, export_time] { return export_users(reports, export_time); });
}

} // namespace personalify::api

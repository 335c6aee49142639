#include "main/log_lines.hpp"

#include "ops/log.hpp"

#include <vector>

namespace personalify {

namespace {

using ops::Field;
using ops::Level;

/// Fields that are left out when there is nothing to say.
void add(std::vector<Field>& fields, std::string_view name, std::string_view value) {
    if (!value.empty()) {
        fields.push_back({name, value});
    }
}

} // namespace

void log_request(const http::AccessRecord& record) {
    const Field route{"route", record.route};
    const Field status{"status", std::int64_t{record.status}};
    const Field bytes{"bytes", static_cast<std::int64_t>(record.response_bytes)};
    const Field ms{"ms", static_cast<double>(record.duration.count()) / 1000.0};
    const Field id{"request_id", record.request_id};
    if (record.trace_id.empty()) {
        ops::log(Level::info, "request", {{"method", record.method}, route, status, bytes, ms, id});
    } else {
        ops::log(Level::info, "request",
                 {{"method", record.method}, route, status, bytes, ms, id, {"trace_id", record.trace_id}});
    }
}

void log_fault(const Error& error, const http::Request& request) {
    const bool ours = error.code == Errc::internal || error.code == Errc::overloaded;
    const bool theirs = error.code == Errc::upstream_unavailable || error.code == Errc::rate_limited;
    if ((!ours && !theirs) || error.not_asked) {
        return;
    }
    std::vector<Field> fields;
    add(fields, "service", error.service);
    add(fields, "request_id", request.request_id);
    add(fields, "trace_id", request.trace_id);
    add(fields, "detail", error.detail);
    add(fields, "cause", error.cause);
    ops::log(ours ? Level::error : Level::warning, ours ? "request.failed" : "upstream.failed", fields);
}

void log_report(std::string_view task, const Error& error) {
    if (error.not_asked) {
        return;
    }
    std::vector<Field> fields{{"task", task}};
    add(fields, "service", error.service);
    add(fields, "request_id", error.request_id);
    add(fields, "detail", error.detail);
    add(fields, "cause", error.cause);
    ops::log(error.code == Errc::internal ? Level::error : Level::warning, "task.failed", fields);
}

void log_thrown(std::string_view request_id, std::string_view what) {
    ops::log(Level::error, "request.threw", {{"request_id", request_id}, {"what", what}});
}

void log_task_thrown(std::string_view task, std::string_view what) {
    ops::log(Level::error, "task.threw", {{"task", task}, {"what", what}});
}

void log_upstream_state(std::string_view what, const Error& error) {
    ops::log(Level::warning, "upstream.state", {{"what", what}, {"cause", error.cause}});
}

void log_closed(std::string_view service, TimePoint until, std::string_view why) {
    const std::string time = to_rfc3339(until);
    ops::log(Level::warning, "upstream.closed", {{"service", service}, {"until", time}, {"why", why}});
}

void log_opened(std::string_view service) {
    ops::log(Level::info, "upstream.open_again", {{"service", service}});
}

} // namespace personalify

#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "http/server.hpp"

#include <string_view>

/// The lines of the log, each with its fields in one place; docs/observability.md lists them.
namespace personalify {

/// "request": one that was answered.
void log_request(const http::AccessRecord& record);
/// "request.failed" or "upstream.failed": why a request got an error for an answer. Says nothing of
/// refusals that are the caller's own doing, nor of services that were left alone.
void log_fault(const Error& error, const http::Request& request);
/// "task.failed": what stays behind an answer, or belongs to none.
void log_report(std::string_view task, const Error& error);
/// "request.threw": a handler threw, a fault of ours.
void log_thrown(std::string_view request_id, std::string_view what);
/// "task.threw": the same of what runs beside requests.
void log_task_thrown(std::string_view task, std::string_view what);
/// "upstream.state": "closed until" can't be read or stored.
void log_upstream_state(std::string_view what, const Error& error);
/// "upstream.closed": a service is left alone from now on.
void log_closed(std::string_view service, TimePoint until, std::string_view why);
/// "upstream.open_again": it is asked again.
void log_opened(std::string_view service);

} // namespace personalify

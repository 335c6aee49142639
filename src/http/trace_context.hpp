#pragma once

#include <string_view>

namespace personalify::http {

/// The trace-id (32 hex digits) of a `traceparent` header (W3C Trace Context), or "" when it is not valid:
/// such a header is to be ignored. A later version than 00 may have more parts.
std::string_view trace_id_of(std::string_view traceparent);

} // namespace personalify::http

#pragma once

#include "http/message.hpp"

namespace personalify::http {

/// What the server, not the handler, decides about a response's head.
struct Framing {
    enum class Body {
        length,    ///< Content-Length: `length`
        none,      ///< 204 and 304: no body and no length
        chunked,   ///< streamed, HTTP/1.1
        until_end, ///< streamed, HTTP/1.0: the body ends with the connection
    };
    Body body = Body::length;
    std::size_t length = 0;
    int version = 11; ///< of the request
    bool keep_alive = true;
    std::string_view date; ///< IMF-fixdate
    std::string_view request_id;
};

/// Appends status line and headers. Headers that are the server's own, and those whose name or value would
/// break out of their line, are left out.
void append_head(std::string& out, const Response& response, const Framing& framing);
/// The same for an answer that stands ready: nothing is looked at again.
void append_head(std::string& out, const Ready& ready, const Framing& framing);

/// `headers` as Ready::head wants them, with the two that every answer carries.
std::string ready_head(const std::vector<Header>& headers);

/// "Sun, 22 Nov 2026 17:28:43 GMT"
std::string http_date(std::chrono::sys_seconds at);

} // namespace personalify::http

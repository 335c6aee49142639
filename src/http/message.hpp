#pragma once

#include "core/task.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// HTTP messages as handlers see them. No Beast here: this header is cheap to include.
namespace personalify::http {

struct Header {
    std::string name;
    std::string value;
};

/// A received request, complete with its body. Lives until the response is written; of a streamed one,
/// headers, body, path and query only until its head is.
struct Request {
    std::string method; ///< "GET", ...; HEAD arrives as "HEAD" and is routed as GET
    std::string target; ///< as received: path and query
    std::string path;   ///< percent-decoded per segment by the router; here as received, without the query
    std::string query;  ///< as received, without '?'
    std::vector<Header> headers;
    std::string body;
    std::string remote_address; ///< of the peer, or of the client when a trusted proxy names it
    bool secure = false;        ///< https, as told by a trusted proxy
    std::string request_id;     ///< X-Request-ID: the client's when acceptable, else ours
    std::string trace_id;       ///< of a valid `traceparent` (W3C Trace Context), for the log; "" without

    /// First header of that name (case-insensitive), or nullopt.
    std::optional<std::string_view> header(std::string_view name) const;
    /// First cookie of that name (RFC 6265), or nullopt.
    std::optional<std::string_view> cookie(std::string_view name) const;
};

/// The writing end of a streamed response (server-sent events, large exports, deliberate faults).
/// Used from the connection's shard only.
class ResponseStream {
public:
    virtual ~ResponseStream() = default;
    /// Sends the bytes; false when the client has gone or the write deadline passed: stop then.
    virtual Task<bool> write(std::string bytes) = 0;
    /// The same with bytes that many streams share.
    virtual Task<bool> write_shared(std::shared_ptr<const std::string> bytes) { return write(*bytes); }
    /// Waits, waking early when the client goes away or the server drains; false then.
    virtual Task<bool> wait(std::chrono::milliseconds time) = 0;
    /// Ends the wait() that is going on, which then returns true. Resumes nobody before it returns.
    virtual void wake() {}
    /// Closes with a TCP reset. For the simulator's faults.
    virtual void reset() = 0;
};

/// What a handler answers. Content-Length, Date, Connection and X-Request-ID are the server's work.
struct Response {
    int status = 200;
    std::vector<Header> headers; ///< without Content-Length; Content-Type where there is a body
    std::string body;
    /// Bytes that outlive the response, sent instead of `body` when set (static files, cached answers).
    std::string_view static_body = {};
    std::shared_ptr<const std::string> shared_body = nullptr;
    /// Set for a streamed answer: chunked, after the head. With `raw_stream` not even a head is written:
    /// the stream writes every byte of the response and the connection closes after it.
    std::function<Task<void>(ResponseStream&)> stream = nullptr;
    bool raw_stream = false;
    /// Route template for the access log ("/api/dashboard/{id}"); empty when nothing matched.
    std::string route = {};
    std::uint16_t route_number = 0; ///< as Router::patterns() counts; 0: nothing matched

    std::string_view bytes() const {
        return shared_body ? std::string_view{*shared_body} : !static_body.empty() ? static_body : body;
    }
};

/// Answers one request on the connection's shard.
using Handler = std::function<Task<Response>(const Request&)>;

/// Adds headers to what the server itself answers to a request that it could not read.
using RefusalMarker = std::function<void(const Request&, Response&)>;

/// An answer whose bytes were made before it was asked for.
struct Ready {
    int status = 200;
    std::string_view head = {};      ///< header lines with their CRLFs; none of those that the server writes
    std::string_view more_head = {}; ///< the same, from who stands between (CORS); outlives the server
    std::string_view body = {};
    std::string_view route = {}; ///< as Response::route; outlives the server
    std::uint16_t route_number = 0;
    std::shared_ptr<const void> owner = nullptr; ///< keeps head and body alive
};

/// Answers a request at once from memory, or returns false: then the Handler is asked. Must not block; called
/// concurrently on all shards.
using ReadyHandler = std::function<bool(const Request&, Ready&)>;

/// A cookie to set. Written by http::set_cookie as a Set-Cookie header (RFC 6265).
struct Cookie {
    std::string name;
    std::string value; ///< token characters only; empty with max_age 0 deletes
    std::optional<std::chrono::seconds> max_age = std::nullopt;
    std::string path = "/";
    bool http_only = true;
    bool secure = false;
    std::string same_site = "Lax";
};
Header set_cookie(const Cookie& cookie);

/// Decodes %XX (and '+' as a space when `plus`); nullopt for a broken escape or a NUL byte.
std::optional<std::string> percent_decode(std::string_view text, bool plus);
/// Encodes everything but RFC 3986's unreserved characters.
std::string percent_encode(std::string_view text);
/// The pairs of a query string or form body, decoded, in order; nullopt when one is broken or over 200 pairs.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view text);

/// A response with a JSON body that is already text.
Response json_response(int status, std::string body);
/// `{"detail": "<text>"}`
Response error_response(int status, std::string_view detail);

} // namespace personalify::http

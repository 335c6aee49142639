#pragma once

#include "core/error.hpp"
#include "core/task.hpp"

#include <chrono>
#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::net {

struct HttpHeader {
    std::string name;
    std::string value;
};

/// One outgoing HTTP request and the limits of its answer.
struct HttpCall {
    std::string method = "GET";
    std::string url; ///< absolute; https, or http to a loopback host; no user name or password in it
    std::vector<HttpHeader> headers;
    std::string body;
    std::chrono::milliseconds deadline{5000};        ///< of the whole call, waiting for a free place included
    std::chrono::milliseconds connect_timeout{3000}; ///< name look-up, connection and TLS handshake
    std::size_t max_body_bytes = 4 * 1024 * 1024;    ///< of the answer's body, counted after decompression
    std::string unreachable = "The service could not be reached."; ///< detail of a transport error
};

struct HttpReply {
    int status = 0;
    std::vector<HttpHeader> headers; ///< names in lower case, in order of arrival
    std::string body;                ///< decompressed

    /// First header of that name (given in lower case), or nullopt.
    std::optional<std::string_view> header(std::string_view name) const;
};

/// How far a failed call came: decides whether it may be sent again.
enum class HttpProgress {
    not_sent, ///< no byte of the request left the machine
    sent,     ///< the server may have acted on it, but not a byte came back
    answered, ///< an answer began and broke off
};

/// Why there is no reply. Codes: upstream_unavailable (transport), invalid_argument (a call that may not be
/// sent), overloaded (too many calls), cancelled (shutting down). `cause` is curl's text, without the URL.
struct HttpFailure : Error {
    HttpProgress progress = HttpProgress::not_sent;
    bool timed_out = false;
};

using HttpResult = std::expected<HttpReply, HttpFailure>;

/// Whether the client would call this address; invalid_argument says why not. For checking configuration.
Result<> check_address(const std::string& url);

struct HttpClientOptions {
    std::size_t calls_in_flight = 256;
    std::size_t calls_waiting = 1024;       ///< beyond those in flight; more are refused as overloaded
    long connections = 256;                 ///< open at once, all hosts together
    long connections_per_host = 64;         ///< HTTP/1.1; HTTP/2 shares one
    long idle_connections = 64;             ///< kept for reuse
    std::chrono::seconds idle_lifetime{55}; ///< an older idle connection is not used again
    std::string user_agent = "Personalify/0.1";
    std::string ca_file = {}; ///< PEM bundle to trust instead of the system's; empty: the system's
};

/// HTTP client for all shards: a thread of its own drives every connection (HTTP/2 over TLS where offered,
/// HTTP/1.1 otherwise) and keeps them open for the next call. Certificates are verified, redirects are
/// answers like any other, proxies come from the environment but never stand before a loopback host.
class HttpClient {
public:
    explicit HttpClient(HttpClientOptions options = {});
    /// Calls under way end as cancelled.
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// Sends the request and resumes the caller on its own shard with the whole answer, whatever its status.
    /// An answer cut short of its Content-Length or last chunk is a failure. A caller that goes away ends
    /// the call.
    Task<HttpResult> send(HttpCall call);

private:
    std::shared_ptr<class HttpEngine> engine_;
};

} // namespace personalify::net

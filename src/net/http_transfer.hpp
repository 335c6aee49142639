#pragma once

#include "core/timer.hpp"
#include "net/http_client.hpp"

#include <curl/curl.h>

#include <array>
#include <atomic>
#include <mutex>

/// Inside the HTTP client: one call, from the shard's side (Ticket) and from curl's (Transfer).
namespace personalify::net {

template <auto release>
struct Releaser {
    template <class T>
    void operator()(T* handle) const {
        release(handle);
    }
};
using CurlUrl = std::unique_ptr<CURLU, Releaser<curl_url_cleanup>>;
using CurlEasy = std::unique_ptr<CURL, Releaser<curl_easy_cleanup>>;
using CurlList = std::unique_ptr<curl_slist, Releaser<curl_slist_free_all>>;

/// A call's address, parsed by curl itself so that the check and the connection agree on the host.
struct HttpTarget {
    CurlUrl url;
    bool secure = false;
    bool loopback = false;
};
/// invalid_argument for anything but https, or http to a loopback host.
Result<HttpTarget> parse_target(const std::string& url);

/// What the waiting shard and the client's thread share of one call.
struct Ticket {
    Ticket(HttpCall wanted, HttpTarget where, Executor on)
        : call(std::move(wanted))
        , target(std::move(where))
        , shard(on)
        , deadline(std::chrono::steady_clock::now() + call.deadline) {}

    /// Client's thread: hands over the result and wakes the waiter, unless it has gone.
    static void complete(const std::shared_ptr<Ticket>& ticket, HttpResult outcome);

    HttpCall call;
    HttpTarget target;
    Executor shard;
    std::chrono::steady_clock::time_point deadline;
    std::atomic<HttpProgress> progress = HttpProgress::not_sent;

    Timer* wake = nullptr; ///< the waiter's; touched on the shard only

    std::mutex mutex; ///< guards the rest
    bool abandoned = false;
    std::optional<HttpResult> result;
};

/// A call in curl's hands. Lives on the client's thread.
class Transfer {
public:
    /// `share` holds what connections have in common (TLS sessions).
    Transfer(std::shared_ptr<Ticket> ticket, const HttpClientOptions& options, CURLSH* share);
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    CURL* handle() const { return easy_.get(); }
    const std::shared_ptr<Ticket>& ticket() const { return ticket_; }
    /// The result, once curl is done. The body moves out.
    HttpResult outcome(CURLcode code);

    /// The transfer that an easy handle belongs to.
    static Transfer& of(CURL* easy);

private:
    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
    static int on_connected(void* self, char*, char*, int, int);

    void set_limits(const HttpClientOptions& options);
    void set_request();
    bool take_header(std::string_view line);

    std::shared_ptr<Ticket> ticket_;
    CurlEasy easy_;
    CurlList header_list_;
    HttpReply reply_;
    std::size_t header_bytes_ = 0;
    bool head_complete_ = false;
    const char* refusal_ = nullptr; ///< why we broke off ourselves
    std::array<char, CURL_ERROR_SIZE> error_text_{};
};

} // namespace personalify::net

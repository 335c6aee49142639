#include "net/http_transfer.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <new>

namespace personalify::net {

namespace {

constexpr std::size_t max_header_bytes = 64 * 1024;

std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK || text == nullptr) {
        return {};
    }
    std::string copy = text;
    curl_free(text);
    return copy;
}

/// curl has already written numeric hosts in their plain form ("127.1" is "127.0.0.1" here), and resolves
/// "localhost" itself to the loopback addresses.
bool is_loopback(const std::string& host) {
    return host == "localhost" || host == "[::1]" ||
           (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos);
}

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string lower(std::string_view text) {
    std::string result{text};
    std::ranges::transform(result, result.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return result;
}

long milliseconds_until(std::chrono::steady_clock::time_point at) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(at - std::chrono::steady_clock::now());
    return std::max<long>(1, left.count()); // 0 would mean "no limit" to curl
}

} // namespace

std::optional<std::string_view> HttpReply::header(std::string_view name) const {
    const auto at = std::ranges::find(headers, name, &HttpHeader::name);
    return at == headers.end() ? std::nullopt : std::optional<std::string_view>{at->value};
}

Result<HttpTarget> parse_target(const std::string& url) {
    HttpTarget target{CurlUrl{curl_url()}};
    const CURLUcode code = curl_url_set(target.url.get(), CURLUPART_URL, url.c_str(), CURLU_DISALLOW_USER);
    if (code != CURLUE_OK) {
        return fail(Errc::invalid_argument, "not an address we can call", curl_url_strerror(code));
    }
    const std::string scheme = part_of(target.url.get(), CURLUPART_SCHEME);
    target.secure = scheme == "https";
    target.loopback = is_loopback(part_of(target.url.get(), CURLUPART_HOST));
    if (!target.secure && scheme != "http") {
        return fail(Errc::invalid_argument, "only http and https addresses can be called");
    }
    if (!target.secure && !target.loopback) {
        return fail(Errc::invalid_argument, "plain http is for loopback addresses only, use https");
    }
    return target;
}

void Ticket::complete(const std::shared_ptr<Ticket>& ticket, HttpResult outcome) {
    const std::lock_guard lock(ticket->mutex);
    if (ticket->abandoned) {
        return;
    }
    ticket->result = std::move(outcome);
    // Under the lock: a shard that is being torn down destroys the waiter first, which needs this mutex.
    asio::post(ticket->shard, [ticket] {
        if (ticket->wake != nullptr) {
            ticket->wake->cancel();
        }
    });
}

Transfer::Transfer(std::shared_ptr<Ticket> ticket, const HttpClientOptions& options, CURLSH* share)
    : ticket_(std::move(ticket))
    , easy_(curl_easy_init()) {
    if (easy_ == nullptr) {
        throw std::bad_alloc();
    }
    curl_easy_setopt(handle(), CURLOPT_PRIVATE, this);
    curl_easy_setopt(handle(), CURLOPT_SHARE, share);
    curl_easy_setopt(handle(), CURLOPT_ERRORBUFFER, error_text_.data());
    set_limits(options);
    set_request();
}

Transfer& Transfer::of(CURL* easy) {
    char* self = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &self);
    return *static_cast<Transfer*>(static_cast<void*>(self));
}

void Transfer::set_limits(const HttpClientOptions& options) {
    const HttpCall& call = ticket_->call;
    const HttpTarget& target = ticket_->target;
    curl_easy_setopt(handle(), CURLOPT_NOSIGNAL, 1L);
    // A name look-up that hangs must not hold up the thread when its call is given up.
    curl_easy_setopt(handle(), CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(handle(), CURLOPT_PROTOCOLS_STR, target.secure ? "https" : "http");
    curl_easy_setopt(handle(), CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle(), CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(handle(), CURLOPT_SSL_VERIFYHOST, 2L);
    if (!options.ca_file.empty()) {
        curl_easy_setopt(handle(), CURLOPT_CAINFO, options.ca_file.c_str());
        curl_easy_setopt(handle(), CURLOPT_CAPATH, nullptr);
    }
    if (target.loopback) {
        curl_easy_setopt(handle(), CURLOPT_NOPROXY, "*");
    }
    curl_easy_setopt(handle(), CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    // Over TLS, calls to a host being connected to wait for it to say whether it speaks HTTP/2, and then
    // share the connection. Over plain TCP each concurrent call has a connection of its own at once.
    curl_easy_setopt(handle(), CURLOPT_HTTP_VERSION,
                     target.secure ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(handle(), CURLOPT_PIPEWAIT, target.secure ? 1L : 0L);
    curl_easy_setopt(handle(), CURLOPT_MAXAGE_CONN, static_cast<long>(options.idle_lifetime.count()));
    curl_easy_setopt(handle(), CURLOPT_TIMEOUT_MS, milliseconds_until(ticket_->deadline));
    curl_easy_setopt(handle(), CURLOPT_CONNECTTIMEOUT_MS,
                     std::max<long>(1, static_cast<long>(call.connect_timeout.count())));
    curl_easy_setopt(handle(), CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(handle(), CURLOPT_USERAGENT, options.user_agent.c_str());
}

void Transfer::set_request() {
    const HttpCall& call = ticket_->call;
    curl_easy_setopt(handle(), CURLOPT_CURLU, ticket_->target.url.get());
    if (call.method == "HEAD") {
        curl_easy_setopt(handle(), CURLOPT_NOBODY, 1L);
    } else if (call.method != "GET" || !call.body.empty()) {
        curl_easy_setopt(handle(), CURLOPT_POST, 1L);
        curl_easy_setopt(handle(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
        curl_easy_setopt(handle(), CURLOPT_POSTFIELDS, call.body.data());
        curl_easy_setopt(handle(), CURLOPT_CUSTOMREQUEST, call.method.c_str());
    }
    const auto add = [this](const std::string& line) {
        curl_slist* longer = curl_slist_append(header_list_.get(), line.c_str());
        if (longer == nullptr) {
            throw std::bad_alloc();
        }
        static_cast<void>(header_list_.release());
        header_list_.reset(longer);
    };
    add("Expect:"); // no waiting for "100 Continue"
    for (const HttpHeader& header : call.headers) {
        add(header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
    }
    curl_easy_setopt(handle(), CURLOPT_HTTPHEADER, header_list_.get());
    curl_easy_setopt(handle(), CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    curl_easy_setopt(handle(), CURLOPT_HEADERDATA, this);
    curl_easy_setopt(handle(), CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    curl_easy_setopt(handle(), CURLOPT_WRITEDATA, this);
    curl_easy_setopt(handle(), CURLOPT_PREREQFUNCTION, &Transfer::on_connected);
    curl_easy_setopt(handle(), CURLOPT_PREREQDATA, this);
}

int Transfer::on_connected(void* self, char*, char*, int, int) {
    static_cast<Transfer*>(self)->ticket_->progress = HttpProgress::sent;
    return CURL_PREREQFUNC_OK;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
    const std::string_view line{data, size * count};
    return static_cast<Transfer*>(self)->take_header(line) ? line.size() : 0;
}

bool Transfer::take_header(std::string_view line) {
    ticket_->progress = HttpProgress::answered;
    header_bytes_ += line.size();
    if (header_bytes_ > max_header_bytes) {
        refusal_ = "more headers than we read";
        return false;
    }
    if (line.starts_with("HTTP/")) { // after an interim answer (1xx) the real one starts afresh
        reply_.headers.clear();
        head_complete_ = false;
        return true;
    }
    if (line == "\r\n" || line == "\n") {
        head_complete_ = true;
    }
    if (const auto colon = line.find(':'); colon != std::string_view::npos && colon > 0) {
        reply_.headers.push_back({lower(line.substr(0, colon)), std::string{trim(line.substr(colon + 1))}});
    }
    return true;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
    Transfer& transfer = *static_cast<Transfer*>(self);
    const std::size_t bytes = size * count;
    std::string& body = transfer.reply_.body;
    if (bytes > transfer.ticket_->call.max_body_bytes - body.size()) {
        transfer.refusal_ = "a larger body than we read";
        return 0; // anything but `bytes` ends the transfer
    }
    body.append(data, bytes);
    return bytes;
}

HttpResult Transfer::outcome(CURLcode code) {
    if (code == CURLE_OK && !head_complete_) { // curl takes a connection closed amid the head for an answer
        refusal_ = "the connection closed amid the headers";
        code = CURLE_PARTIAL_FILE;
    }
    if (code == CURLE_OK) {
        long status = 0;
        curl_easy_getinfo(handle(), CURLINFO_RESPONSE_CODE, &status);
        reply_.status = static_cast<int>(status);
        return std::move(reply_);
    }
    curl_off_t first_byte = 0; // microseconds; 0: none came
    curl_easy_getinfo(handle(), CURLINFO_STARTTRANSFER_TIME_T, &first_byte);
    if (first_byte > 0 && code != CURLE_GOT_NOTHING) { // a bare end of the connection counts as one
        ticket_->progress = HttpProgress::answered;
    }
    const std::string_view text{error_text_.data()};
    std::string cause = refusal_ != nullptr                                     ? refusal_
                        : text.empty() || text.find("://") != std::string::npos ? curl_easy_strerror(code)
                                                                                : std::string{text};
    return std::unexpected(
        HttpFailure{{Errc::upstream_unavailable, ticket_->call.unreachable, std::move(cause)},
                    ticket_->progress,
                    code == CURLE_OPERATION_TIMEDOUT});
}

} // namespace personalify::net

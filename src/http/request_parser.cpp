#include "http/request_parser.hpp"

#include "http/text.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>

namespace personalify::http {

namespace {

namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using beast::error_code;
using Text = beast::string_view; ///< converts to std::string_view

constexpr std::size_t max_target = 8 * 1024;
constexpr std::size_t max_headers = 128;
constexpr std::size_t max_chunk_line = 16 * 1024; ///< of a chunk's header, or of all trailers
constexpr std::size_t first_body_reserve = 64 * 1024;
constexpr std::size_t max_spare = 32;
constexpr std::size_t max_spare_text = 1024;

constexpr Refusal bad_request{400, "Malformed request"};
constexpr Refusal head_too_large{431, "Request headers are too large"};
constexpr Refusal target_too_long{414, "Request target is too long"};
constexpr Refusal body_too_large{413, "Request body is too large"};
constexpr Refusal unsupported_version{505, "HTTP version is not supported"};

bool is_host_char(char c) {
    return is_alphanumeric(c) || std::string_view{"-._~:[]%!$&'()*+,;="}.contains(c);
}

/// Whether the request line ends in a version of HTTP that is not ours ("HTTP/2.0").
bool names_other_version(std::string_view bytes) {
    const auto line = bytes.substr(0, bytes.find('\r'));
    const auto name = line.substr(line.rfind(' ') + 1);
    return name.size() == 8 && name.starts_with("HTTP/") && http::is_digit(name[5]) && name[6] == '.' &&
           http::is_digit(name[7]) && name != "HTTP/1.0" && name != "HTTP/1.1";
}

} // namespace

/// One request being read: Beast finds the parts, this puts them in their place and refuses what is
/// ambiguous.
class RequestParser::Message final : public bhttp::basic_parser<true> {
public:
    Message(const Limits& limits, Request& into, std::vector<Header>& spare)
        : request(into)
        , spare_(spare) {
        eager(false);
        header_limit(static_cast<std::uint32_t>(limits.header_bytes));
        body_limit(limits.body_bytes);
    }

    void refuse(const Refusal& why, error_code& error) {
        refusal = why;
        error = bhttp::error::bad_field;
    }

    Request& request;
    std::optional<Refusal> refusal;
    std::string_view window; ///< the bytes of the current put()
    std::size_t head_bytes = 0;
    int version = 11;
    bool line_done = false;
    bool expects_continue = false;

private:
    void on_request_impl(bhttp::verb, Text method, Text target, int number, error_code& error) override;
    void on_field_impl(bhttp::field field, Text name, Text value, error_code& error) override;
    void on_header_impl(error_code& error) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
        if (length) {
            request.body.reserve(std::min<std::size_t>(*length, first_body_reserve));
        }
    }
    std::size_t on_body_impl(Text bytes, error_code&) override {
        request.body.append(bytes.data(), bytes.size());
        return bytes.size();
    }
    void on_chunk_header_impl(std::uint64_t, Text, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, error_code&) override {
        request.body.append(bytes.data(), bytes.size());
        return bytes.size();
    }
    void on_finish_impl(error_code&) override {}
    void on_response_impl(int, Text, int, error_code&) override {}

    void split_target(std::string_view target, error_code& error);
    bool is_folded(std::string_view name, std::string_view value) const;
    void check_framing(bhttp::field field, std::string_view value, error_code& error);

    std::vector<Header>& spare_;
    unsigned hosts_ = 0;
    bool has_length_ = false;
    bool head_ended_ = false;
};

void RequestParser::Message::on_request_impl(bhttp::verb, Text method, Text target, int number,
                                             error_code& error) {
    line_done = true;
    version = number;
    request.method = method;
    request.target = target;
    if (target.size() > max_target) {
        return refuse(target_too_long, error);
    }
    split_target(target, error);
}

void RequestParser::Message::split_target(std::string_view target, error_code& error) {
    // The absolute form is what a client sends to a proxy; servers have to take it too (RFC 9112, 3.2.2).
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (same_ignoring_case(target.substr(0, scheme.size()), scheme)) {
            const auto path = target.find_first_of("/?", scheme.size());
            target = path == std::string_view::npos ? "/" : target.substr(path);
            break;
        }
    }
    const auto mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, mark);
    request.query = target.substr(std::min(mark + 1, target.size()));
    const bool whole_server = request.path == "*" && request.method == "OPTIONS";
    if ((!request.path.starts_with('/') && !whole_server) || target.contains('#')) {
        refuse({400, "Malformed request target"}, error);
    }
}

/// A value that goes on in the next line (obs-fold) was joined by Beast into a buffer of its own, or begins
/// after a line break. RFC 9112, 5.2 lets a server refuse it.
bool RequestParser::Message::is_folded(std::string_view name, std::string_view value) const {
    const std::less_equal<const char*> not_after;
    const char* const window_end = window.data() + window.size();
    const char* const name_end = name.data() + name.size();
    if (!not_after(name_end, value.data()) || !not_after(value.data() + value.size(), window_end)) {
        return true;
    }
    return std::string_view{name_end, value.data()}.contains('\r');
}

void RequestParser::Message::on_field_impl(bhttp::field field, Text name, Text value, error_code& error) {
    if (is_folded(name, value)) {
        return refuse({400, "Folded header lines are not accepted"}, error);
    }
    if (head_ended_) {
        return; // a trailer: it must not pass for a header that was checked
    }
    if (request.headers.size() == max_headers) {
        return refuse(head_too_large, error);
    }
    check_framing(field, value, error);
    if (spare_.empty()) {
        request.headers.push_back({std::string{name}, std::string{value}});
        return;
    }
    Header& header = request.headers.emplace_back(std::move(spare_.back()));
    spare_.pop_back();
    header.name.assign(name);
    header.value.assign(value);
}

void RequestParser::Message::check_framing(bhttp::field field, std::string_view value, error_code& error) {
    switch (field) {
    case bhttp::field::content_length:
        if (has_length_ || value.empty() || !std::ranges::all_of(value, http::is_digit)) {
            return refuse({400, "Content-Length must be given once, as a number"}, error);
        }
        has_length_ = true;
        break;
    case bhttp::field::transfer_encoding:
        if (version < 11) {
            return refuse({400, "Transfer-Encoding needs HTTP/1.1"}, error);
        }
        if (!same_ignoring_case(value, "chunked")) {
            return refuse({501, "The only transfer encoding is chunked"}, error);
        }
        break;
    case bhttp::field::host:
        if (++hosts_ > 1 || !std::ranges::all_of(value, is_host_char)) {
            return refuse({400, "Malformed Host header"}, error);
        }
        break;
    case bhttp::field::expect:
        if (!same_ignoring_case(value, "100-continue")) {
            return refuse({417, "The only expectation is 100-continue"}, error);
        }
        expects_continue = version >= 11; // HTTP/1.0 clients can't mean it
        break;
    default:
        break;
    }
}

void RequestParser::Message::on_header_impl(error_code& error) {
    head_ended_ = true;
    if (version >= 11 && hosts_ == 0) {
        refuse({400, "Host header is missing"}, error);
    }
}

namespace {

Refusal refusal_for(const error_code& error, bool line_done, std::string_view bytes) {
    if (error == bhttp::error::header_limit) {
        return line_done ? head_too_large : target_too_long;
    }
    if (error == bhttp::error::body_limit) {
        return body_too_large;
    }
    if (error == bhttp::error::bad_version && names_other_version(bytes)) {
        return unsupported_version;
    }
    return bad_request;
}

} // namespace

/// The request, the strings of earlier ones, and Beast's part, which is made anew for every request.
struct RequestParser::State {
    Request request;
    std::vector<Header> spare;
    std::optional<Message> message;

    /// Empties the request and keeps its memory, but for what only a large one needed.
    void recycle() {
        for (Header& header : request.headers) {
            if (spare.size() < max_spare && header.name.capacity() <= max_spare_text &&
                header.value.capacity() <= max_spare_text) {
                spare.push_back(std::move(header));
            }
        }
        request.headers.clear();
        if (request.body.capacity() > first_body_reserve) {
            std::string{}.swap(request.body);
        }
        for (std::string* text : {&request.method, &request.target, &request.path, &request.query,
                                  &request.body, &request.remote_address, &request.request_id}) {
            text->clear();
        }
        request.secure = false;
    }
};

RequestParser::RequestParser(const Limits& limits)
    : limits_(limits)
    , state_(std::make_unique<State>()) {
    restart();
}

RequestParser::~RequestParser() = default;

void RequestParser::restart() {
    state_->recycle();
    state_->message.emplace(limits_, state_->request, state_->spare);
}

std::size_t RequestParser::feed(std::string_view bytes) {
    Message& message = *state_->message;
    std::size_t used = 0;
    if (!message.got_some()) {
        while (bytes.substr(used).starts_with("\r\n")) {
            used += 2; // empty lines between requests (RFC 9112, 2.2)
        }
        if (bytes.substr(used) == "\r") {
            return used;
        }
    }
    while (used < bytes.size() && !message.is_done() && !message.refusal) {
        const bool in_head = !message.is_header_done();
        message.window = bytes.substr(used);
        error_code error;
        const std::size_t taken = message.put({message.window.data(), message.window.size()}, error);
        used += taken;
        const std::size_t waiting = bytes.size() - used;
        if (in_head) {
            message.head_bytes += taken;
            const std::size_t head = message.head_bytes + (message.is_header_done() ? 0 : waiting);
            if (!message.line_done && head > max_target + 64) {
                error = bhttp::error::header_limit;
            } else if (head > limits_.header_bytes && (!error || error == bhttp::error::need_more)) {
                error = bhttp::error::header_limit;
            }
            message.eager(message.is_header_done());
        } else if (waiting > max_chunk_line && error == bhttp::error::need_more) {
            error = bhttp::error::bad_chunk;
        }
        if (error && error != bhttp::error::need_more && !message.refusal) {
            message.refusal = refusal_for(error, message.line_done, message.window);
        }
        if (error || taken == 0) {
            break;
        }
    }
    message.window = {};
    return used;
}

bool RequestParser::head_done() const {
    return state_->message->is_header_done();
}
bool RequestParser::done() const {
    return state_->message->is_done() && !state_->message->refusal;
}
const std::optional<Refusal>& RequestParser::refusal() const {
    return state_->message->refusal;
}
bool RequestParser::expects_continue() const {
    return state_->message->expects_continue;
}
bool RequestParser::keep_alive() const {
    return state_->message->keep_alive();
}
int RequestParser::version() const {
    return state_->message->version;
}
void RequestParser::forget_fields() {
    Request& request = state_->request;
    std::vector<Header>{}.swap(request.headers);
    std::vector<Header>{}.swap(state_->spare);
    for (std::string* text : {&request.target, &request.path, &request.query, &request.body}) {
        std::string{}.swap(*text);
    }
}
Request& RequestParser::request() {
    return state_->request;
}

} // namespace personalify::http

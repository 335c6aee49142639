#include "http/connection.hpp"

#include "http/text.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>

namespace personalify::http {

namespace {

constexpr unsigned served_before_yield = 16;
constexpr std::size_t kept_input = 4 * 1024; ///< capacity that an idle connection may keep
constexpr std::size_t linger_bytes = 16 * 1024 * 1024;
constexpr std::chrono::seconds linger_time{5};
constexpr std::size_t max_request_id = 64;

bool is_request_id(std::string_view id) {
    return !id.empty() && id.size() <= max_request_id && std::ranges::all_of(id, [](char c) {
        return is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
    });
}

bool has_no_body(int status) {
    return status == 204 || status == 304;
}

/// Measures one request for the access log, and costs nothing without one.
class AccessTimer {
public:
    explicit AccessTimer(const ServerState& state)
        : log_(state.options.access_log)
        , begin_(log_ ? std::chrono::steady_clock::now() : std::chrono::steady_clock::time_point{}) {}

    void log(const Request& request, const Response& response, std::size_t bytes) const {
        if (!log_) {
            return;
        }
        const auto duration = std::chrono::steady_clock::now() - begin_;
        log_({.method = request.method,
              .route = response.route,
              .status = response.status,
              .response_bytes = bytes,
              .duration = std::chrono::duration_cast<std::chrono::microseconds>(duration),
              .request_id = request.request_id});
    }

private:
    const std::function<void(const AccessRecord&)>& log_;
    std::chrono::steady_clock::time_point begin_;
};

} // namespace

Connection::Connection(std::shared_ptr<Shard> shard, Socket socket, const asio::ip::address& peer)
    : shard_(std::move(shard))
    , transport_(std::move(socket), shard_->clock())
    , parser_(shard_->state().options.limits)
    , client_(to_text(peer))
    , peer_(peer)
    , behind_proxy_(shard_->state().proxies.trusts(peer)) {}

void Connection::start(std::shared_ptr<Shard> shard, Socket socket, const asio::ip::address& peer) {
    const auto executor = socket.get_executor();
    auto connection = std::make_shared<Connection>(std::move(shard), std::move(socket), peer);
    connection->shard_->add(*connection);
    asio::co_spawn(executor, run(connection), [connection](std::exception_ptr exception) {
        if (exception) {
            connection->shard_->state().report("", exception);
        }
        connection->transport_.close();
        connection->shard_->remove(*connection);
    });
}

Task<> Connection::run(std::shared_ptr<Connection> self) {
    while (co_await self->read_request() == Read::request) {
        Request& request = self->parser_.request();
        const AccessTimer timer{self->shard_->state()};
        self->prepare(request);
        const Response response = co_await self->handle(request);
        const bool written = co_await self->respond(request, response);
        timer.log(request, response, self->response_bytes_);
        if (!written) {
            break;
        }
        if (!self->keep_alive_) {
            self->transport_.shutdown_send();
            if (!self->input_.empty()) {
                co_await self->linger(); // closing on unread bytes would reset, and the answer be lost
            }
            break;
        }
        if (++self->served_at_once_ >= served_before_yield) {
            self->served_at_once_ = 0;
            co_await asio::post(self->transport_.socket().get_executor(), use_task);
        }
    }
}

/// Parses what came, in the shard's scratch where possible; only a rest is kept.
void Connection::take_in(std::string_view fresh) {
    if (input_.empty()) {
        const std::size_t used = parser_.feed(fresh);
        input_.assign(fresh.substr(used));
        return;
    }
    input_.append(fresh);
    input_.erase(0, parser_.feed(input_));
}

/// Reads more and parses it; false when there is no more.
Task<bool> Connection::fill() {
    for (;;) {
        served_at_once_ = 0;
        if (!co_await transport_.readable()) {
            co_return false;
        }
        bool would_block = false;
        const std::span<char> scratch = shard_->scratch();
        const std::size_t count = transport_.read_now(scratch, would_block);
        if (count > 0) {
            take_in({scratch.data(), count});
            co_return true;
        }
        if (!would_block) {
            co_return false;
        }
    }
}

Task<Connection::Read> Connection::read_request() {
    const Limits& limits = shard_->state().options.limits;
    parser_.restart();
    idle_ = input_.empty();
    bool in_body = false;
    if (idle_) {
        if (shard_->draining()) {
            co_return Read::closed;
        }
        if (input_.capacity() > kept_input) {
            std::string{}.swap(input_);
        }
        transport_.expire_after(limits.idle_timeout);
    } else {
        transport_.expire_after(limits.header_timeout);
        take_in({});
    }
    for (;;) {
        if (const auto& refusal = parser_.refusal()) {
            co_await refuse(*refusal);
            co_return Read::refused;
        }
        if (parser_.done()) {
            transport_.never_expire();
            co_return Read::request;
        }
        if (parser_.head_done() && !in_body) {
            in_body = true;
            transport_.expire_after(limits.body_timeout);
            if (parser_.expects_continue() && input_.empty() && parser_.request().body.empty() &&
                !co_await tell_to_continue()) {
                co_return Read::closed;
            }
        }
        if (!co_await fill()) {
            if (transport_.expired() && !idle_) {
                co_await refuse({408, "The request took too long to arrive"});
            }
            co_return Read::closed;
        }
        if (idle_) {
            idle_ = false;
            transport_.expire_after(limits.header_timeout);
        }
    }
}

Task<bool> Connection::tell_to_continue() {
    constexpr std::string_view text = "HTTP/1.1 100 Continue\r\n\r\n";
    Transport::Buffers buffers{asio::buffer(text)};
    const Transport::Sent sent = transport_.write_now(buffers);
    if (sent == Transport::Sent::part) {
        const auto& limits = shard_->state().options.limits;
        const bool written = co_await transport_.write_rest(buffers, limits.write_timeout);
        transport_.expire_after(limits.body_timeout);
        co_return written;
    }
    co_return sent == Transport::Sent::all;
}

void Connection::name(Request& request) {
    const auto id = request.header("X-Request-ID");
    request.request_id = id && is_request_id(*id) ? std::string{*id} : shard_->next_request_id();
}

void Connection::prepare(Request& request) {
    name(request);
    if (behind_proxy_) {
        request.remote_address = shard_->state().proxies.client_address(peer_, request);
        request.secure = TrustedProxies::is_secure(request);
    } else {
        request.remote_address = client_;
    }
    keep_alive_ = parser_.keep_alive();
}

/// The one place where what handlers throw ends.
Task<Response> Connection::handle(const Request& request) {
    try {
        co_return co_await shard_->state().handler(request);
    } catch (...) {
        shard_->state().report(request.request_id, std::current_exception());
    }
    co_return error_response(500, "Internal Server Error");
}

Task<bool> Connection::respond(const Request& request, const Response& response) {
    response_bytes_ = 0;
    keep_alive_ = keep_alive_ && !shard_->draining();
    return response.stream ? write_stream(request, response) : write_whole(request, response);
}

Framing Connection::framing(const Request& request) const {
    return {.version = parser_.version(),
            .keep_alive = keep_alive_,
            .date = shard_->date(),
            .request_id = request.request_id};
}

Task<bool> Connection::write_whole(const Request& request, const Response& response) {
    const std::string_view body = has_no_body(response.status) ? std::string_view{} : response.bytes();
    Framing frame = framing(request);
    frame.body = has_no_body(response.status) ? Framing::Body::none : Framing::Body::length;
    frame.length = body.size();
    std::string head;
    head.reserve(512);
    append_head(head, response, frame);

    Transport::Buffers buffers{asio::buffer(head)};
    if (request.method != "HEAD") {
        buffers[1] = asio::buffer(body);
        response_bytes_ = body.size();
    }
    const Transport::Sent sent = transport_.write_now(buffers);
    if (sent == Transport::Sent::part) {
        co_return co_await transport_.write_rest(buffers, shard_->state().options.limits.write_timeout);
    }
    co_return sent == Transport::Sent::all;
}

Task<bool> Connection::write_stream(const Request& request, const Response& response) {
    const auto& state = shard_->state();
    const bool head_only = request.method == "HEAD" || has_no_body(response.status);
    const bool chunked = !response.raw_stream && parser_.version() >= 11;
    keep_alive_ = keep_alive_ && chunked;
    if (!response.raw_stream) {
        Framing frame = framing(request);
        frame.body = has_no_body(response.status) ? Framing::Body::none
                     : chunked                    ? Framing::Body::chunked
                                                  : Framing::Body::until_end;
        std::string head;
        append_head(head, response, frame);
        Transport::Buffers buffers{asio::buffer(head)};
        const Transport::Sent sent = transport_.write_now(buffers);
        if (sent == Transport::Sent::failed ||
            (sent == Transport::Sent::part &&
             !co_await transport_.write_rest(buffers, state.options.limits.write_timeout))) {
            co_return false;
        }
        if (head_only) {
            co_return true;
        }
    }
    const auto stream = std::make_shared<StreamWriter>(
        transport_,
        StreamWriter::Settings{.chunked = chunked, .write_timeout = state.options.limits.write_timeout},
        input_, shard_->draining());
    stream_ = stream;
    bool finished = false;
    try {
        co_await response.stream(*stream);
        finished = true;
    } catch (...) {
        state.report(request.request_id, std::current_exception());
    }
    stream_.reset();
    response_bytes_ = stream->bytes_written();
    // A body that broke off must not look complete: the connection closes without the last chunk.
    const bool written = finished && co_await stream->finish();
    if (shard_->draining()) {
        keep_alive_ = false;
    }
    co_return written;
}

Task<> Connection::refuse(Refusal why) {
    Request& request = parser_.request();
    const AccessTimer timer{shard_->state()};
    name(request);
    keep_alive_ = false;
    idle_ = false;
    transport_.never_expire();
    const Response response = error_response(why.status, why.detail);
    const bool written = co_await respond(request, response);
    timer.log(request, response, response_bytes_);
    if (written) {
        transport_.shutdown_send();
        co_await linger();
    }
}

/// Throws away what the client still sends, until it has read the answer and closes, within bounds.
Task<> Connection::linger() {
    transport_.expire_after(linger_time);
    std::size_t total = 0;
    while (total < linger_bytes && co_await transport_.readable()) {
        bool would_block = false;
        const std::size_t count = transport_.read_now(shard_->scratch(), would_block);
        if (count == 0 && !would_block) {
            break;
        }
        total += count;
    }
}

void Connection::drain() {
    if (idle_) {
        transport_.shutdown_send();
        transport_.close();
    } else if (stream_) {
        stream_->wake();
    }
}

void Connection::abort() {
    transport_.close();
    if (stream_) {
        stream_->wake();
    }
}

} // namespace personalify::http

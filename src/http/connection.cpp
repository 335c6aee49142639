#include "http/connection.hpp"

#include "http/access_timer.hpp"
#include "http/text.hpp"
#include "http/trace_context.hpp"

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

std::string_view text_of(const asio::const_buffer& buffer) {
    return {static_cast<const char*>(buffer.data()), buffer.size()};
}

} // namespace

Connection::Connection(std::shared_ptr<Shard> shard, Socket socket, const asio::ip::address& peer)
    : shard_(std::move(shard))
    , transport_(std::move(socket), shard_->clock())
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
    for (;;) {
        Read read = self->begin_request();
        if (read == Read::more || read == Read::wants_continue) {
            read = co_await self->read_request(read);
        }
        if (read == Read::refused) {
            co_await self->refuse(*self->parser_->refusal());
        }
        if (read != Read::request) {
            break;
        }
        Request& request = self->parser_->request();
        self->prepare(request);
        bool written = false;
        Ready ready;
        if (self->answers_at_once(request, ready)) {
            Transport::Buffers rest;
            const Transport::Sent sent = self->send(request, ready, rest);
            written = sent == Transport::Sent::all;
            if (sent == Transport::Sent::part) {
                written = co_await self->send_rest(std::string{text_of(rest.front())}, rest);
            }
        } else {
            written = co_await self->work(request);
        }
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

/// Parses what came; only a rest is kept.
void Connection::take_in(std::string_view fresh) {
    if (!parser_) {
        parser_ = shard_->take_parser();
    }
    if (input_.empty()) {
        const std::size_t used = parser_->feed(fresh);
        input_.assign(fresh.substr(used));
        return;
    }
    input_.append(fresh);
    input_.erase(0, parser_->feed(input_));
}

Connection::Read Connection::begin_request() {
    const Limits& limits = shard_->state().options.limits;
    in_body_ = false;
    idle_ = input_.empty();
    if (!idle_) {
        parser_->restart();
        transport_.expire_after(limits.header_timeout);
        take_in({});
        return progress();
    }
    if (parser_) {
        shard_->give_back(std::move(parser_));
    }
    if (shard_->draining()) {
        return Read::closed;
    }
    if (input_.capacity() > kept_input) {
        std::string{}.swap(input_);
    }
    transport_.expire_after(limits.idle_timeout);
    return Read::more;
}

/// How far the request has come.
Connection::Read Connection::progress() {
    if (parser_->refusal()) {
        return Read::refused;
    }
    if (parser_->done()) {
        transport_.never_expire();
        return Read::request;
    }
    if (parser_->head_done() && !in_body_) {
        in_body_ = true;
        transport_.expire_after(shard_->state().options.limits.body_timeout);
        if (parser_->expects_continue() && input_.empty() && parser_->request().body.empty()) {
            return Read::wants_continue;
        }
    }
    return Read::more;
}

/// Reads until the request is there. An idle connection waits with a small buffer of its own, which most
/// requests fit into: the loop then reads them without asking first whether there is anything to read.
Task<Connection::Read> Connection::read_request(Read read) {
    while (read == Read::more || read == Read::wants_continue) {
        if (read == Read::wants_continue && !co_await tell_to_continue()) {
            co_return Read::closed;
        }
        served_at_once_ = 0;
        const auto [error, count] =
            co_await transport_.socket().async_read_some(asio::buffer(inbox_), asio::as_tuple(use_task));
        if (error || count == 0 || transport_.expired() || !transport_.is_open()) {
            if (transport_.expired() && !idle_) {
                co_await refuse({408, "The request took too long to arrive"});
            }
            co_return Read::closed;
        }
        if (idle_) {
            idle_ = false;
            transport_.expire_after(shard_->state().options.limits.header_timeout);
        }
        take_in({inbox_.data(), count});
        if (count == inbox_.size() && !parser_->done() && !parser_->refusal()) {
            read_more();
        }
        read = progress();
    }
    co_return read;
}

/// What the kernel holds beyond a full inbox. An end of the stream is left for the next read to find.
void Connection::read_more() {
    bool would_block = false;
    const std::span<char> scratch = shard_->scratch();
    if (const std::size_t count = transport_.read_now(scratch, would_block); count > 0) {
        take_in({scratch.data(), count});
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
    if (id && is_request_id(*id)) {
        request.request_id = *id;
    } else {
        shard_->next_request_id(request.request_id);
    }
    request.trace_id = trace_id_of(request.header("traceparent").value_or(""));
}

void Connection::prepare(Request& request) {
    name(request);
    if (behind_proxy_) {
        request.remote_address = shard_->state().proxies.client_address(peer_, request);
        request.secure = TrustedProxies::is_secure(request);
    } else {
        request.remote_address = client_;
    }
    keep_alive_ = parser_->keep_alive() && !shard_->draining();
}

Task<> Connection::refuse(Refusal why) {
    Request& request = parser_->request();
    const AccessTimer timer{*shard_};
    name(request);
    keep_alive_ = false;
    idle_ = false;
    transport_.never_expire();
    Response response = error_response(why.status, why.detail);
    if (const RefusalMarker& mark = shard_->state().options.mark_refusal) {
        mark(request, response);
    }
    const bool written = co_await respond(request, response);
    timer.count(request, response.status, response.route_number);
    timer.log(request, response.status, response.route, response_bytes_);
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

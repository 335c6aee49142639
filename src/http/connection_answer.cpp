#include "http/access_timer.hpp"
#include "http/connection.hpp"

namespace personalify::http {

namespace {

bool has_no_body(int status) {
    return status == 204 || status == 304;
}

} // namespace

/// The one place where what handlers throw ends.
Task<Response> Connection::handle(const Request& request) {
    try {
        co_return co_await shard_->state().handler(request);
    } catch (...) {
        shard_->state().report(request.request_id, std::current_exception());
    }
    co_return error_response(500, "Internal Server Error");
}

bool Connection::answers_at_once(const Request& request, Ready& ready) const {
    const ReadyHandler& answer = shard_->state().options.ready;
    try {
        return answer && answer(request, ready);
    } catch (...) { // out of memory, in practice: the handler's answer is then an honest 500
        shard_->state().report(request.request_id, std::current_exception());
        return false;
    }
}

/// All of it in one call to the kernel. What it does not take stays in `rest`; the head is then still in the
/// shard's scratch.
Transport::Sent Connection::send(const Request& request, const Ready& ready, Transport::Buffers& rest) {
    const AccessTimer timer{*shard_};
    const bool bodiless = has_no_body(ready.status);
    Framing frame = framing(request);
    frame.body = bodiless ? Framing::Body::none : Framing::Body::length;
    frame.length = ready.body.size();
    std::string& head = shard_->head_scratch();
    append_head(head, ready, frame);
    rest = {asio::buffer(head)};
    response_bytes_ = 0;
    if (!bodiless && request.method != "HEAD") {
        rest[1] = asio::buffer(ready.body);
        response_bytes_ = ready.body.size();
    }
    const Transport::Sent sent = transport_.write_now(rest);
    timer.count(request, ready.status, ready.route_number);
    timer.log(request, ready.status, ready.route, response_bytes_);
    if (Traffic::Part* const traffic = shard_->traffic()) {
        traffic->answered_at_once();
    }
    return sent;
}

Task<bool> Connection::send_rest(std::string head, Transport::Buffers rest) {
    rest.front() = asio::buffer(head);
    co_return co_await transport_.write_rest(rest, shard_->state().options.limits.write_timeout);
}

/// Asks the handler and writes what it answers.
Task<bool> Connection::work(const Request& request) {
    const AccessTimer timer{*shard_};
    InFlight in_flight{shard_->traffic()};
    const Response response = co_await handle(request);
    if (response.stream) { // it may go on for hours
        timer.count(request, response.status, response.route_number);
        in_flight.end();
    }
    const bool written = co_await respond(request, response);
    if (!response.stream) {
        timer.count(request, response.status, response.route_number);
    }
    timer.log(request, response.status, response.route, response_bytes_);
    co_return written;
}

Task<bool> Connection::respond(const Request& request, const Response& response) {
    response_bytes_ = 0;
    keep_alive_ = keep_alive_ && !shard_->draining();
    return response.stream ? write_stream(request, response) : write_whole(request, response);
}

Framing Connection::framing(const Request& request) const {
    return {.version = parser_->version(),
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
    const bool chunked = !response.raw_stream && parser_->version() >= 11;
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
        parser_->forget_fields(); // a stream may be open for hours
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

} // namespace personalify::http

#include "net/http_client.hpp"

#include "net/http_engine.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>

namespace personalify::net {

namespace {

/// The client's thread ends a call at its deadline. Should it come later than this, the waiter leaves.
constexpr std::chrono::milliseconds slack{250};

/// Letters, digits and the marks of RFC 9110's token.
bool is_token(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    });
}

bool is_field_value(std::string_view text) {
    return std::ranges::none_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7f;
    });
}

Result<HttpTarget> check(const HttpCall& call) {
    if (!is_token(call.method)) {
        return fail(Errc::invalid_argument, "not a request method");
    }
    for (const HttpHeader& header : call.headers) {
        if (!is_token(header.name) || !is_field_value(header.value)) {
            return fail(Errc::invalid_argument, "a request header holds characters that can't be sent");
        }
    }
    return parse_target(call.url);
}

/// The waiter's half of a call. Going away, awaited or not, ends the call.
class Waiter {
public:
    Waiter(std::shared_ptr<Ticket> ticket, std::shared_ptr<HttpEngine> engine, Timer& wake)
        : ticket_(std::move(ticket))
        , engine_(std::move(engine)) {
        ticket_->wake = &wake;
    }
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    ~Waiter() {
        ticket_->wake = nullptr;
        {
            const std::lock_guard lock(ticket_->mutex);
            if (ticket_->result.has_value()) {
                return;
            }
            ticket_->abandoned = true;
        }
        engine_->abandon(ticket_);
    }

    HttpResult take() const {
        const std::lock_guard lock(ticket_->mutex);
        if (ticket_->result.has_value()) {
            return std::move(*ticket_->result);
        }
        return std::unexpected(
            HttpFailure{{Errc::upstream_unavailable, ticket_->call.unreachable, "no answer by the deadline"},
                        ticket_->progress,
                        true});
    }

private:
    std::shared_ptr<Ticket> ticket_;
    std::shared_ptr<HttpEngine> engine_;
};

} // namespace

Result<> check_address(const std::string& url) {
    const Result<HttpTarget> target = parse_target(url);
    if (!target) {
        return std::unexpected(target.error());
    }
    return {};
}

HttpClient::HttpClient(HttpClientOptions options)
    : engine_(std::make_shared<HttpEngine>(std::move(options))) {
    engine_->start();
}

HttpClient::~HttpClient() {
    engine_->stop();
}

Task<HttpResult> HttpClient::send(HttpCall call) {
    const Executor shard = co_await asio::this_coro::executor;
    Result<HttpTarget> target = check(call);
    if (!target) {
        co_return std::unexpected(HttpFailure{target.error(), HttpProgress::not_sent, false});
    }
    const auto ticket = std::make_shared<Ticket>(std::move(call), std::move(*target), shard);
    if (!engine_->submit(ticket)) {
        co_return std::unexpected(
            HttpFailure{{Errc::overloaded, "The service is busy. Please try again.", "too many HTTP calls"},
                        HttpProgress::not_sent,
                        false});
    }
    Timer wake(shard, ticket->deadline + slack); // its wait keeps the shard running
    const Waiter waiter(ticket, engine_, wake);
    // The client may be gone when this resumes: from here on only the waiter is used.
    co_await wake.async_wait(asio::as_tuple(use_task));
    co_return waiter.take();
}

} // namespace personalify::net

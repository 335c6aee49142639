#include "upstream/telegram/telegram.hpp"

#include "net/http_client.hpp"
#include "upstream/common/base_url.hpp"
#include "upstream/telegram/bot.hpp"

#include <boost/asio/this_coro.hpp>

namespace personalify::telegram {

namespace {

constexpr std::size_t longest_answer = 64 * 1024;

} // namespace

Bot::Bot(TelegramOptions options, upstream::Send send, app::UpstreamStateStore& states, const Clock& clock)
    : options_(std::move(options))
    , base_(upstream::base_url(options_.url, "Telegram"))
    , send_(std::move(send))
    , clock_(clock)
    , closure_(upstream::closure_of_key("telegram", options_.bot_token + ' ' + options_.chat_id), states,
               clock, options_.report)
    , chat_id_(options_.chat_id) {}

Task<Judgement> Bot::post(std::string text) {
    net::HttpCall call;
    call.method = "POST";
    call.url = base_ + "/bot" + options_.bot_token + "/sendMessage";
    call.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    call.body = message_body(chat_id_, text);
    call.deadline = options_.deadline;
    call.max_body_bytes = longest_answer;
    call.unreachable = "Telegram could not be reached.";
    const auto begin = std::chrono::steady_clock::now();
    const net::HttpResult result = co_await send_(std::move(call));
    closure_.record().asked(upstream::outcome_of(result), std::chrono::steady_clock::now() - begin);
    co_return judge(result, clock_.now());
}

Task<app::MessageOutcome> Bot::send(std::string text) {
    const Executor shard = co_await asio::this_coro::executor;
    text = within_limit(text);
    Judgement judgement = co_await post(text);
    if (judgement.moved_to && *judgement.moved_to != chat_id_) {
        report(judgement);
        chat_id_ = *judgement.moved_to;
        judgement = co_await post(std::move(text));
    }
    app::MessageOutcome& outcome = judgement.outcome;
    if (outcome.fate == app::MessageFate::misconfigured) {
        outcome.wait = options_.misconfigured;
    }
    if (outcome.wait) { // it is the bot that has to wait, not the message
        closure_.close_until(clock_.now() + *outcome.wait, shard);
    }
    report(judgement);
    co_return outcome;
}

void Bot::report(const Judgement& judgement) {
    if (judgement.outcome.fate == app::MessageFate::sent) {
        return;
    }
    if (!judgement.remedy.empty()) {
        if (judgement.remedy == told_) {
            return;
        }
        told_ = judgement.remedy;
    }
    if (options_.report) {
        options_.report(
            "telegram",
            Error{Errc::upstream_unavailable,
                  judgement.remedy.empty() ? "A message could not be sent to Telegram." : judgement.remedy,
                  without_token(judgement.cause, options_.bot_token)});
    }
}

std::unique_ptr<Telegram> connect_telegram(TelegramOptions options, app::UpstreamStateStore& states,
                                           const Clock& clock) {
    // curl sends a call again whose kept connection turns out to be dead, though it may have been read there.
    // A connection that is a second old is not used again, and messages are further apart than that.
    const auto client = std::make_shared<net::HttpClient>(net::HttpClientOptions{
        .connections = 2, .idle_connections = 1, .idle_lifetime = std::chrono::seconds{1}});
    return std::make_unique<Bot>(
        std::move(options), [client](net::HttpCall call) { return client->send(std::move(call)); }, states,
        clock);
}

} // namespace personalify::telegram

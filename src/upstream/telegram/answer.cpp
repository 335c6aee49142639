#include "upstream/telegram/answer.hpp"

#include "upstream/common/body.hpp"
#include "upstream/common/json_at.hpp"
#include "upstream/common/retry_after.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>

namespace personalify::telegram {

namespace bj = boost::json;
using app::MessageFate;

namespace {

constexpr std::chrono::seconds usual_wait{30};

std::string remedy_of(int status) {
    switch (status) {
    case 401:
    case 404:
        return "Telegram does not know the bot: set TELEGRAM_BOT_TOKEN to the token that @BotFather gave, "
               "whole.";
    case 403:
        return "The bot may not write to the chat: start a conversation with it, or add it to the group "
               "again, or set another TELEGRAM_CHAT_ID.";
    case 400:
        return "Telegram does not accept the chat: check TELEGRAM_CHAT_ID (a group's is negative), and that "
               "the bot is in it.";
    default:
        return "Telegram refuses the bot's messages: check TELEGRAM_URL, TELEGRAM_BOT_TOKEN and "
               "TELEGRAM_CHAT_ID.";
    }
}

/// What a refusal is about: this message only, or all of them.
bool is_about_the_text(std::string_view description) {
    return description.contains("message text is empty") || description.contains("message is too long") ||
           description.contains("strings must be encoded in UTF-8");
}

std::chrono::seconds asked_wait(const net::HttpReply& reply, const bj::value& body, TimePoint now) {
    const bj::value* parameters = upstream::member(body, "parameters");
    const auto seconds = parameters == nullptr ? std::nullopt : upstream::id_at(*parameters, "retry_after");
    std::optional<std::chrono::seconds> wait;
    if (seconds) {
        wait = std::chrono::seconds{*seconds};
    } else if (const auto header = reply.header("retry-after")) {
        wait = upstream::parse_retry_after(*header, now);
    }
    constexpr std::chrono::seconds least{1};
    constexpr std::chrono::seconds most = std::chrono::hours{24};
    return std::clamp(wait.value_or(usual_wait), least, most);
}

std::optional<std::string> migrated_to(const bj::value& body) {
    const bj::value* parameters = upstream::member(body, "parameters");
    const auto id =
        parameters == nullptr ? std::nullopt : upstream::number_at(*parameters, "migrate_to_chat_id");
    constexpr double widest = 9007199254740992; // 2^53: ids have 52 bits
    if (!id || *id == 0 || *id < -widest || *id > widest) {
        return std::nullopt;
    }
    return std::to_string(static_cast<std::int64_t>(*id));
}

Judgement refused(const net::HttpReply& reply, const bj::value& body, int status, TimePoint now) {
    const std::string description = upstream::readable(upstream::text_at(body, "description"));
    Judgement judgement{.outcome = {MessageFate::misconfigured},
                        .cause = "Telegram answered " + std::to_string(status) +
                                 (description.empty() ? "" : ": " + description)};
    if (status == 429 || status >= 500) {
        judgement.outcome.fate = MessageFate::not_sent;
        if (status == 429) {
            judgement.outcome.wait = asked_wait(reply, body, now);
        }
        return judgement;
    }
    if (status == 400 && is_about_the_text(description)) {
        judgement.outcome.fate = MessageFate::unsendable;
        return judgement;
    }
    judgement.moved_to = migrated_to(body);
    judgement.remedy =
        judgement.moved_to
            ? "The group became a supergroup: set TELEGRAM_CHAT_ID=" + *judgement.moved_to + "."
            : remedy_of(status);
    return judgement;
}

Judgement broken(const net::HttpFailure& failure) {
    if (failure.code == Errc::invalid_argument) { // an address that can't be called
        return {.outcome = {MessageFate::misconfigured}, .cause = failure.cause, .remedy = remedy_of(0)};
    }
    const bool left = failure.progress != net::HttpProgress::not_sent;
    return {.outcome = {left ? MessageFate::maybe_sent : MessageFate::not_sent},
            .cause = failure.cause.empty() ? failure.detail : failure.cause};
}

} // namespace

Judgement judge(const net::HttpResult& result, TimePoint now) {
    if (!result) {
        return broken(result.error());
    }
    boost::system::error_code failure;
    bj::value body = bj::parse(result->body, failure);
    if (failure) {
        body = nullptr;
    }
    if (result->status != 200) {
        return refused(*result, body, result->status, now);
    }
    if (upstream::flag_at(body, "ok")) { // a missing result changes nothing: it says so
        return {.outcome = {MessageFate::sent}};
    }
    const auto code = upstream::id_at(body, "error_code");
    if (const bj::value* ok = upstream::member(body, "ok"); ok != nullptr && ok->is_bool() && code) {
        return refused(*result, body, static_cast<int>(std::min<std::int64_t>(*code, 999)), now);
    }
    return {.outcome = {MessageFate::maybe_sent}, .cause = "Telegram gave an answer we can't read."};
}

std::string message_body(std::string_view chat_id, std::string_view text) {
    bj::object body;
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(chat_id.data(), chat_id.data() + chat_id.size(), number);
    if (failure == std::errc{} && end == chat_id.data() + chat_id.size()) {
        body["chat_id"] = number;
    } else {
        body["chat_id"] = chat_id;
    }
    body["text"] = text;
    body["link_preview_options"] = {{"is_disabled", true}};
    return bj::serialize(body);
}

std::string within_limit(std::string_view text) {
    std::size_t units = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        units += (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xF0 ? 2 : 1;
        if (units > longest_text) {
            return std::string{text.substr(0, at)};
        }
    }
    return std::string{text};
}

std::string without_token(std::string text, std::string_view token) {
    constexpr std::string_view mask = "***";
    for (std::size_t at = 0; !token.empty() && (at = text.find(token, at)) != std::string::npos;) {
        text.replace(at, token.size(), mask);
        at += mask.size();
    }
    return text;
}

} // namespace personalify::telegram

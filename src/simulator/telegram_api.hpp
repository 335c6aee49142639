#pragma once

#include "core/clock.hpp"
#include "http/message.hpp"
#include "json/describe.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace personalify::simulator {

struct State;

/// Telegram's Bot API: /telegram/bot{token}/sendMessage.
inline constexpr std::string_view telegram_path = "/telegram/";
http::Response answer_telegram(State& state, const http::Request& request);

/// {"ok":false,"error_code":403,"description":"..."}
http::Response telegram_error(int status, std::string_view path);

/// A message that a chat shows.
struct TelegramMessage {
    std::int64_t message_id = 0;
    std::int64_t chat_id = 0;
    TimePoint date{};
    std::string text;
};
BOOST_DESCRIBE_STRUCT(TelegramMessage, (), (message_id, chat_id, date, text))

/// What chats show, the newest last; the oldest make room. Not synchronized.
class TelegramChats {
public:
    static constexpr std::size_t most = 1'000;

    const TelegramMessage& add(std::int64_t chat, std::string text, TimePoint now) {
        if (messages_.size() == most) {
            messages_.pop_front();
        }
        messages_.push_back({++last_id_, chat, now, std::move(text)});
        return messages_.back();
    }
    void clear() { messages_.clear(); }
    const std::deque<TelegramMessage>& messages() const { return messages_; }

private:
    std::deque<TelegramMessage> messages_;
    std::int64_t last_id_ = 811;
};

} // namespace personalify::simulator

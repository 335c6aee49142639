#pragma once

#include "app/ports/access_messenger.hpp"
#include "core/clock.hpp"
#include "net/http_client.hpp"

#include <optional>
#include <string>
#include <string_view>

/// What Telegram's Bot API answers, and what it means: pure rules.
namespace personalify::telegram {

/// The most that a message may hold, in UTF-16 code units.
inline constexpr std::size_t longest_text = 4096;

/// What an attempt came to.
struct Judgement {
    app::MessageOutcome outcome;
    std::string cause = {}; ///< of anything but success, for the log; may hold the token, see without_token()
    std::string remedy = {}; ///< what the operator has to change, when nothing else helps
    std::optional<std::string> moved_to = std::nullopt; ///< the group's new chat id: send there instead
};

/// sendMessage may do its work twice: only an answer that says so, or a request that never left, means that
/// nothing was sent.
Judgement judge(const net::HttpResult& result, TimePoint now);

/// The call's body.
std::string message_body(std::string_view chat_id, std::string_view text);

/// The text cut to what a message may hold.
std::string within_limit(std::string_view text);

/// The text with "***" wherever it holds the token.
std::string without_token(std::string text, std::string_view token);

} // namespace personalify::telegram

#include "simulator/telegram_api.hpp"

#include "crypto/crypto.hpp"
#include "http/text.hpp"
#include "simulator/answers.hpp"
#include "simulator/state.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <charconv>

namespace personalify::simulator {
namespace {

namespace bj = boost::json;

constexpr std::int64_t owners = -1'001'234'567'890; ///< a supergroup with the bot in it
constexpr std::int64_t old_group = -4'001'234;      ///< what it was before
constexpr std::int64_t person = 700'000'002;        ///< who talks with the bot
constexpr std::int64_t blocker = 700'000'009;       ///< who has blocked it
constexpr std::size_t longest_text = 4'096;

bj::object failure(int status, std::string_view description) {
    return {{"ok", false}, {"error_code", status}, {"description", description}};
}

http::Response refused(int status, std::string_view description) {
    return json_answer(status, failure(status, description));
}

/// As the Bot API counts: characters beyond the basic plane are two.
std::size_t utf16_units(std::string_view text) {
    std::size_t units = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        units += (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

std::int64_t chat_in(const bj::value& body) {
    const bj::value* chat = body.is_object() ? body.get_object().if_contains("chat_id") : nullptr;
    if (chat != nullptr && chat->is_int64()) {
        return chat->get_int64();
    }
    std::int64_t id = 0;
    if (chat != nullptr && chat->is_string()) {
        const std::string_view text = chat->get_string();
        std::from_chars(text.data(), text.data() + text.size(), id);
    }
    return id;
}

http::Response send_message(State& state, const bj::value& body) {
    const std::int64_t chat = chat_in(body);
    const bj::value* text = body.is_object() ? body.get_object().if_contains("text") : nullptr;
    if (chat == old_group) {
        bj::object answer = failure(400, "Bad Request: group chat was upgraded to a supergroup chat");
        answer["parameters"] = {{"migrate_to_chat_id", owners}};
        return json_answer(400, answer);
    }
    if (chat == blocker) {
        return refused(403, "Forbidden: bot was blocked by the user");
    }
    if (chat != owners && chat != person) {
        return refused(400, "Bad Request: chat not found");
    }
    if (text == nullptr || !text->is_string() || text->get_string().empty()) {
        return refused(400, "Bad Request: message text is empty");
    }
    if (utf16_units(text->get_string()) > longest_text) {
        return refused(400, "Bad Request: message is too long");
    }
    const std::lock_guard lock(state.mutex);
    const TelegramMessage& message =
        state.telegram.add(chat, std::string{std::string_view{text->get_string()}}, state.clock.now());
    const auto seconds = std::chrono::floor<std::chrono::seconds>(message.date).time_since_epoch().count();
    bj::object where{{"id", chat}, {"type", chat < 0 ? "supergroup" : "private"}};
    bj::object from{{"id", 700'000'001}, {"is_bot", true}, {"first_name", "Sim"}, {"username", "sim_bot"}};
    return json_answer(200, bj::object{{"ok", true},
                                       {"result", bj::object{{"message_id", message.message_id},
                                                             {"from", std::move(from)},
                                                             {"chat", std::move(where)},
                                                             {"date", seconds},
                                                             {"text", message.text}}}});
}

} // namespace

http::Response telegram_error(int status, std::string_view) {
    switch (status) {
    case 400:
        return refused(400, "Bad Request: chat not found");
    case 401:
        return refused(401, "Unauthorized");
    case 403:
        return refused(403, "Forbidden: bot was kicked from the supergroup chat");
    case 404:
        return refused(404, "Not Found");
    case 429: {
        bj::object answer = failure(429, "Too Many Requests: retry after 1");
        answer["parameters"] = {{"retry_after", 1}};
        return json_answer(429, answer);
    }
    default:
        return refused(status, status >= 500 ? "Internal Server Error" : "A fault was asked for");
    }
}

http::Response answer_telegram(State& state, const http::Request& request) {
    std::string_view path = std::string_view{request.path}.substr(telegram_path.size());
    if (!path.starts_with("bot") || path.find('/') == std::string_view::npos) {
        return refused(404, "Not Found");
    }
    path.remove_prefix(3);
    const std::string_view token = path.substr(0, path.find('/'));
    const std::string_view method = path.substr(token.size() + 1);
    if (!crypto::equal_constant_time(token, state.options.telegram_token)) {
        return token.find(':') == std::string_view::npos ? refused(404, "Not Found")
                                                         : refused(401, "Unauthorized");
    }
    if (http::same_ignoring_case(method, "getMe")) {
        return json_answer(
            200, bj::object{{"ok", true}, {"result", bj::object{{"id", 700'000'001}, {"is_bot", true}}}});
    }
    if (!http::same_ignoring_case(method, "sendMessage") || request.method != "POST") {
        return refused(404, "Not Found");
    }
    boost::system::error_code unreadable;
    const bj::value body = bj::parse(request.body, unreadable);
    return unreadable ? refused(400, "Bad Request: can't parse JSON object") : send_message(state, body);
}

} // namespace personalify::simulator

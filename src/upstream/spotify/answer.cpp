#include "upstream/spotify/answer.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>

namespace personalify::spotify {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_message = 200;

bool claims_json(const net::HttpReply& reply) {
    const auto type = reply.header("content-type");
    if (!type) {
        return true;
    }
    std::string lower{*type};
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) {
        return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    });
    return lower.find("json") != std::string::npos;
}

/// One line of text without control characters; "" for markup, which nobody should see.
std::string readable(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || text[first] == '<') {
        return {};
    }
    text = text.substr(first);
    if (text.size() > longest_message) { // not amid a UTF-8 sequence
        std::size_t end = longest_message;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
            --end;
        }
        text = text.substr(0, end);
    }
    std::string line{text};
    std::ranges::replace_if(line, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    line.resize(line.find_last_not_of(' ') + 1);
    return line;
}

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? readable(value->get_string()) : std::string{};
}

} // namespace

Result<json::value> json_body(const net::HttpReply& reply) {
    if (!claims_json(reply)) {
        return fail(Errc::upstream_unavailable, "Spotify gave an answer we can't read. Please try again.",
                    "the answer is not JSON by its content type");
    }
    boost::system::error_code failure;
    json::value value = json::parse(reply.body, failure);
    if (failure) {
        return fail(Errc::upstream_unavailable, "Spotify gave an answer we can't read. Please try again.",
                    "not JSON: " + failure.message());
    }
    return value;
}

ErrorAnswer error_answer(const net::HttpReply& reply) {
    boost::system::error_code failure;
    const json::value value = json::parse(reply.body, failure); // an error's content type is often wrong
    if (failure) {
        return {.key = {}, .message = readable(reply.body), .reason = {}};
    }
    const json::object* object = value.if_object();
    if (object == nullptr) {
        return {};
    }
    ErrorAnswer answer;
    answer.reason = text_at(*object, "reason");
    const json::value* error = object->if_contains("error");
    if (error != nullptr && error->is_object()) {
        const json::object& inner = error->get_object();
        answer.key = text_at(inner, "error");
        answer.message = text_at(inner, "message");
        if (const std::string reason = text_at(inner, "reason"); !reason.empty()) {
            answer.reason = reason;
        }
        if (answer.key.empty()) {
            answer.key = answer.message; // "invalid_grant" where a sentence should be
        }
    } else {
        answer.key = text_at(*object, "error");
        answer.message = text_at(*object, "error_description");
    }
    return answer;
}

std::string describe(const net::HttpReply& reply) {
    const ErrorAnswer answer = error_answer(reply);
    const std::string& said = answer.message.empty() ? answer.key : answer.message;
    std::string text = "Spotify answered " + std::to_string(reply.status);
    return said.empty() ? text : text + ": " + said;
}

} // namespace personalify::spotify

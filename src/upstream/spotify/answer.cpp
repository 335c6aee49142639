#include "upstream/spotify/answer.hpp"

#include "upstream/common/body.hpp"

#include <boost/json/parse.hpp>

namespace personalify::spotify {

namespace json = boost::json;
using upstream::claims_json;
using upstream::readable;

namespace {

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

#include "simulator/translation_api.hpp"

#include "crypto/crypto.hpp"
#include "json/read.hpp"
#include "simulator/answers.hpp"
#include "simulator/dictionary.hpp"
#include "simulator/form.hpp"
#include "simulator/markup.hpp"
#include "simulator/state.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

namespace personalify::simulator {
namespace {

namespace bj = boost::json;

constexpr std::size_t most_segments = 128;
constexpr std::size_t longest_page_text = 5000;

http::Response html(int status, std::string body) {
    http::Response answer;
    answer.status = status;
    answer.body = std::move(body);
    set_header(answer, "Content-Type", "text/html; charset=utf-8");
    return answer;
}

/// As the service's markup holds it, which does not keep line breaks.
std::string escaped(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    return as_markup(text);
}

std::string_view reason_of(int status) {
    return status == 400   ? "badRequest"
           : status == 401 ? "authError"
           : status == 403 ? "accessNotConfigured"
           : status == 429 ? "rateLimitExceeded"
                           : "backendError";
}

std::string_view status_word(int status) {
    return status == 400   ? "INVALID_ARGUMENT"
           : status == 401 ? "UNAUTHENTICATED"
           : status == 403 ? "PERMISSION_DENIED"
           : status == 404 ? "NOT_FOUND"
           : status == 429 ? "RESOURCE_EXHAUSTED"
                           : "UNAVAILABLE";
}

/// The segments of a request; nullopt when it is none.
std::optional<std::vector<std::string>> segments_of(const bj::object& body) {
    const bj::value* q = body.if_contains("q");
    if (q == nullptr || !(q->is_string() || q->is_array())) {
        return std::nullopt;
    }
    std::vector<std::string> segments;
    for (const bj::value& segment : q->is_array() ? q->get_array() : bj::array{*q}) {
        if (!segment.is_string()) {
            return std::nullopt;
        }
        segments.emplace_back(segment.get_string());
    }
    return segments;
}

} // namespace

http::Response cloud_error(int status, std::string_view message) {
    return json_answer(status, bj::object{{"error",
                                           {{"code", status},
                                            {"message", message},
                                            {"errors", bj::array{bj::object{{"message", message},
                                                                            {"domain", "global"},
                                                                            {"reason", reason_of(status)}}}},
                                            {"status", status_word(status)}}}});
}

http::Response sorry_page(int status) {
    return html(status,
                "<html><head><title>Sorry...</title></head><body><p>Our systems have detected unusual "
                "traffic from your computer network. Please try your request again later.</p></body></html>");
}

http::Response answer_cloud_translation(const State& state, const http::Request& request) {
    const auto query = Form::parse(request.query);
    const std::string key{request.header("X-Goog-Api-Key").value_or(query ? query->get("key") : "")};
    if (!crypto::equal_constant_time(key, state.options.translation_key)) {
        return cloud_error(400, "API key not valid. Please pass a valid API key.");
    }
    const auto body = json::parse(request.body);
    const bj::object* object = request.method == "POST" && body ? body->if_object() : nullptr;
    const auto segments = object != nullptr ? segments_of(*object) : std::nullopt;
    if (!segments || object->if_contains("target") == nullptr) {
        return cloud_error(400, "Required Text");
    }
    if (segments->size() > most_segments) {
        return cloud_error(400, "Too many text segments");
    }
    const bj::value* format = object->if_contains("format");
    const bool is_text = format != nullptr && format->is_string() && format->get_string() == "text";
    bj::array translations;
    for (const std::string& segment : *segments) {
        Translated translated = translate_words(segment);
        translations.push_back(
            bj::object{{"translatedText", is_text ? std::move(translated.text) : escaped(translated.text)},
                       {"detectedSourceLanguage", translated.language}});
    }
    return json_answer(200, bj::object{{"data", {{"translations", translations}}}});
}

http::Response answer_free_translation(const http::Request& request) {
    const auto query = Form::parse(request.query);
    const std::string text = query ? query->get("q") : "";
    if (request.method != "GET" || text.empty()) {
        return html(400, "<html><title>Error 400 (Bad Request)!!1</title></html>");
    }
    // A row a line, each with its line break, as the real one answers.
    bj::array rows;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size() - 1) + 1;
        const std::string_view line = rest.substr(0, end);
        rows.push_back(bj::array{translate_words(line).text, line, nullptr, nullptr, 10});
        rest.remove_prefix(end);
    }
    rows.push_back(bj::array{nullptr, nullptr, nullptr, ""});
    const std::string language = translate_words(text).language;
    return json_answer(
        200, bj::array{rows, nullptr, language, nullptr, nullptr, nullptr, 0.97, bj::array{},
                       bj::array{bj::array{language}, nullptr, bj::array{0.97}, bj::array{language}}});
}

http::Response answer_translation_page(const http::Request& request) {
    const auto query = Form::parse(request.query);
    const std::string text = query ? query->get("q") : "";
    if (request.method != "GET" || text.size() >= longest_page_text) {
        return html(400, "<html><title>Error 400 (Bad Request)!!1</title></html>");
    }
    return html(200, "<!DOCTYPE html><html><body><div class=\"root-container\"><div class=\"header\">Google "
                     "Translate</div><form action=\"/m\"><input name=\"q\" value=\"" +
                         escaped(text) + "\"></form><div class=\"result-container\">" +
                         escaped(translate_words(text).text) + "</div></div></body></html>");
}

} // namespace personalify::simulator

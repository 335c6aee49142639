#include "upstream/huggingface/answer.hpp"

#include "upstream/common/body.hpp"
#include "upstream/common/retry_after.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace personalify::huggingface {

namespace json = boost::json;
using namespace std::chrono_literals;
using upstream::Judgement;
using upstream::Try;

namespace {

constexpr auto config_fault = 1h;    ///< a key or a model that is not accepted is not tried again before
constexpr auto unnamed_limit = 60s;  ///< of a 429 that does not say
constexpr auto longest_loading = 2s; ///< between two looks at a model that is loading
constexpr auto shortest_loading = 500ms;
constexpr float rounding = 0.001F; ///< by which a score may be above 1

std::unexpected<Error> not_understood(std::string cause) {
    return fail(Errc::upstream_unavailable, "Hugging Face gave an answer we can't read.", std::move(cause));
}

/// NaN and Infinity, which Python writes and JSON does not know, as null.
std::string without_nan(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '\\' && i + 1 < text.size()) {
            out += c;
            out += text[++i];
            continue;
        }
        quoted = c == '"' ? !quoted : quoted;
        std::size_t length = 0;
        for (const std::string_view word : {"NaN", "-Infinity", "Infinity"}) {
            length = !quoted && text.substr(i).starts_with(word) ? std::max(length, word.size()) : length;
        }
        if (length > 0) {
            out += "null";
            i += length - 1;
        } else {
            out += c;
        }
    }
    return out;
}

Result<json::value> json_of(const net::HttpReply& reply) {
    if (!upstream::claims_json(reply)) {
        return not_understood("the answer is not JSON by its content type");
    }
    boost::system::error_code failure;
    json::value value = json::parse(reply.body, failure);
    if (failure) {
        value = json::parse(without_nan(reply.body), failure);
    }
    if (failure) {
        return not_understood("not JSON: " + failure.message());
    }
    return value;
}

std::optional<std::size_t> index_of(std::string label) {
    std::ranges::transform(label, label.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    constexpr std::string_view raw = "label_";
    if (!label.starts_with(raw)) {
        return emotion_from(label);
    }
    std::size_t index = emotion_count;
    const char* end = label.data() + label.size();
    const auto [at, problem] = std::from_chars(label.data() + raw.size(), end, index);
    return problem == std::errc{} && at == end && index < emotion_count ? std::optional{index} : std::nullopt;
}

std::optional<float> score_of(const json::value& value) {
    double score = -1;
    if (value.is_number()) {
        score = value.to_number<double>();
    } else if (const json::string* text = value.if_string()) {
        const char* end = text->data() + text->size();
        const auto [at, problem] = std::from_chars(text->data(), end, score);
        score = problem == std::errc{} && at == end ? score : -1;
    }
    if (!(score >= 0 && score <= 1 + double{rounding})) {
        return std::nullopt;
    }
    return static_cast<float>(std::min(score, 1.0));
}

/// The list of {label, score} in whatever it is wrapped.
const json::array* entries_of(const json::value& value) {
    const json::array* list = value.if_array();
    if (const json::object* object = value.if_object()) {
        const json::value* emotions = object->if_contains("emotions");
        list = emotions != nullptr ? emotions->if_array() : nullptr;
    }
    if (list != nullptr && !list->empty() && list->front().is_array()) {
        return &list->front().get_array(); // one list per input
    }
    return list;
}

void take(EmotionProbabilities& into, const json::value& entry) {
    const json::object* object = entry.if_object();
    const json::value* label = object != nullptr ? object->if_contains("label") : nullptr;
    const json::value* score = object != nullptr ? object->if_contains("score") : nullptr;
    if (label == nullptr || score == nullptr || !label->is_string()) {
        return;
    }
    const std::optional<std::size_t> index = index_of(std::string{label->get_string()});
    const std::optional<float> probability = score_of(*score);
    if (index && probability) {
        into[*index] = std::max(into[*index], *probability);
    }
}

/// The object of an error answer; empty when it is something else.
json::object error_object(const net::HttpReply& reply) {
    boost::system::error_code failure;
    json::value value = json::parse(reply.body, failure);
    return !failure && value.is_object() ? std::move(value.get_object()) : json::object{};
}

/// What an error answer says: {"error": "..."}, {"error": ["..."]}, {"error": {"message": "..."}}, text.
std::string said_by(const net::HttpReply& reply) {
    const json::object object = error_object(reply);
    const json::value* error = object.if_contains("error");
    if (error != nullptr && error->is_array() && !error->get_array().empty()) {
        error = &error->get_array().front();
    }
    if (error != nullptr && error->is_object()) {
        error = error->get_object().if_contains("message");
    }
    if (error != nullptr && error->is_string()) {
        return upstream::readable(error->get_string());
    }
    return upstream::readable(object.empty() ? std::string_view{reply.body}
                                             : reply.header("x-error-message").value_or(""));
}

std::string describe(const net::HttpReply& reply) {
    std::string text = "Hugging Face answered " + std::to_string(reply.status);
    // A complaint about the input may quote it, and texts do not belong into the log.
    const bool about_input = reply.status == 400 || reply.status == 413 || reply.status == 422;
    const std::string said = about_input ? std::string{} : said_by(reply);
    return said.empty() ? text : text + ": " + said;
}

/// `t` of the header RateLimit ("api";r=0;t=120): seconds to the reset, of several the longest.
std::optional<std::chrono::seconds> reset_of(std::string_view header, TimePoint now) {
    std::optional<std::chrono::seconds> longest;
    for (std::size_t at = header.find(";t="); at != std::string_view::npos; at = header.find(";t=", at + 1)) {
        const std::string_view rest = header.substr(at + 3);
        const std::string_view digits = rest.substr(0, rest.find_first_not_of("0123456789"));
        longest = std::max(longest, upstream::parse_retry_after(digits, now));
    }
    return longest;
}

std::chrono::seconds asked_pause(const net::HttpReply& reply, TimePoint now) {
    std::optional<std::chrono::seconds> pause;
    if (const auto limit = reply.header("ratelimit")) {
        pause = reset_of(*limit, now);
    }
    if (const auto after = reply.header("retry-after"); after && !pause) {
        pause = upstream::parse_retry_after(*after, now);
    }
    return std::max<std::chrono::seconds>(pause.value_or(unnamed_limit), 1s);
}

bool is_about_model(const net::HttpReply& reply) {
    const std::string said = said_by(reply);
    return reply.status == 404 || (reply.status == 400 && said.find("not supported") != std::string::npos);
}

/// How long a model that is loading asks to be left alone; nullopt when that is not what the answer says.
std::optional<std::chrono::milliseconds> loading_time(const net::HttpReply& reply) {
    const json::object object = error_object(reply);
    const json::value* estimate = object.if_contains("estimated_time");
    if (estimate == nullptr && said_by(reply).find("loading") == std::string::npos) {
        return std::nullopt;
    }
    constexpr double most = std::chrono::duration<double>(longest_loading).count();
    const double seconds =
        estimate != nullptr && estimate->is_number() ? estimate->to_number<double>() : most;
    return std::clamp<std::chrono::milliseconds>(
        std::chrono::milliseconds{static_cast<std::int64_t>(std::clamp(seconds, 0.0, most) * 1000)},
        shortest_loading, longest_loading);
}

using Emotions = Judgement<EmotionProbabilities>;

Emotions closed(const net::HttpReply& reply, TimePoint until, Errc code, std::string detail, TimePoint now) {
    Emotions judgement{.outcome = fail(code, std::move(detail), describe(reply),
                                       std::chrono::ceil<std::chrono::seconds>(until - now))};
    judgement.close_until = until;
    return judgement;
}

Emotions trouble(const net::HttpReply& reply, const Try& attempt, double jitter) {
    Emotions judgement{.outcome = fail(Errc::upstream_unavailable, "Hugging Face is not available right now.",
                                       describe(reply))};
    judgement.is_trouble = true;
    if (reply.status == 503) {
        judgement.retry_after = loading_time(reply);
    }
    const bool may_pass =
        reply.status == 500 || reply.status == 502 || reply.status == 503 || reply.status == 504;
    if (!judgement.retry_after && may_pass && attempt.number == 0) {
        judgement.retry_after = upstream::backoff(attempt.number, jitter);
    }
    return judgement;
}

} // namespace

Result<EmotionProbabilities> parse_emotions(const net::HttpReply& reply) {
    const Result<json::value> body = json_of(reply);
    if (!body) {
        return std::unexpected(body.error());
    }
    EmotionProbabilities probabilities{};
    if (const json::array* entries = entries_of(*body)) {
        for (const json::value& entry : *entries) {
            take(probabilities, entry);
        }
    } else {
        take(probabilities, *body);
    }
    if (std::ranges::all_of(probabilities, [](float p) { return p <= 0; })) {
        return not_understood("no emotion in the answer");
    }
    return probabilities;
}

Emotions judge(const net::HttpReply& reply, const Try& attempt, double jitter) {
    const TimePoint now = attempt.now;
    switch (reply.status) {
    case 200: {
        Emotions judgement{.outcome = parse_emotions(reply)};
        judgement.is_trouble = !judgement.outcome;
        return judgement;
    }
    case 401:
    case 403:
        return closed(reply, now + config_fault, Errc::upstream_unavailable,
                      "Hugging Face does not accept the key.", now);
    case 402:
        return closed(reply, next_month(now), Errc::upstream_unavailable,
                      "The month's credits at Hugging Face are used up.", now);
    case 429:
        return closed(reply, now + asked_pause(reply, now), Errc::rate_limited,
                      "Hugging Face limits how often we may ask.", now);
    case 400:
    case 404:
        if (is_about_model(reply)) {
            return closed(reply, now + config_fault, Errc::upstream_unavailable,
                          "Hugging Face does not serve the model.", now);
        }
        [[fallthrough]];
    case 413:
    case 422:
        return {.outcome =
                    fail(Errc::upstream_unavailable, "Hugging Face refused the text.", describe(reply))};
    default:
        return trouble(reply, attempt, jitter);
    }
}

TimePoint next_month(TimePoint now) {
    const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
    return std::chrono::sys_days{(today.year() / today.month() + std::chrono::months{1}) / 1};
}

} // namespace personalify::huggingface

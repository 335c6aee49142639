#include "upstream/translate/cloud_answer.hpp"

#include "upstream/common/body.hpp"
#include "upstream/common/retry_after.hpp"
#include "upstream/translate/entities.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace personalify::translate {

namespace json = boost::json;
using namespace std::chrono_literals;
using upstream::Try;

namespace {

using Translations = std::vector<app::Translation>;
using Judgement = upstream::Judgement<Translations>;

constexpr auto config_fault = 1h;   ///< a key or project that is not accepted is not tried again before
constexpr auto unnamed_limit = 60s; ///< of a rate limit that does not say

std::unexpected<Error> not_understood(std::string cause) {
    return fail(Errc::upstream_unavailable, "Google gave an answer we can't read.", std::move(cause));
}

const json::value* member(const json::value* value, std::string_view key) {
    const json::object* object = value != nullptr ? value->if_object() : nullptr;
    return object != nullptr ? object->if_contains(key) : nullptr;
}

std::string text_of(const json::value* value) {
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

/// Words by which an error tells its kind: reasons, status and message, in lower case, a space between.
std::string words_of(const net::HttpReply& reply) {
    boost::system::error_code failure;
    const json::value body = json::parse(reply.body, failure);
    const json::value* error = failure ? nullptr : member(&body, "error");
    std::string words;
    for (const char* list : {"errors", "details"}) {
        const json::value* entries = member(error, list);
        if (entries != nullptr && entries->is_array()) {
            for (const json::value& entry : entries->get_array()) {
                words += text_of(member(&entry, "reason")) + ' ';
            }
        }
    }
    words += text_of(member(error, "status")) + ' ' + text_of(member(error, "message"));
    std::ranges::transform(words, words.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return words;
}

bool any_of(std::string_view words, std::initializer_list<std::string_view> some) {
    return std::ranges::any_of(some, [&](std::string_view each) { return words.contains(each); });
}

enum class Kind { daily, rate, key, other };

Kind kind_of(std::string_view words) {
    if (any_of(words, {"dailylimitexceeded", "daily limit", "per day"})) {
        return Kind::daily;
    }
    if (any_of(words, {"ratelimitexceeded", "rate_limit_exceeded", "rate limit", "resource_exhausted"})) {
        return Kind::rate;
    }
    return any_of(words, {"api key", "api_key", "keyinvalid"}) ? Kind::key : Kind::other;
}

std::string describe(const net::HttpReply& reply) {
    std::string text = "Google answered " + std::to_string(reply.status);
    // A complaint about the text may quote it, and texts do not belong into the log.
    const std::string words = reply.status == 400 ? std::string{} : upstream::readable(words_of(reply));
    return words.empty() ? text : text + ": " + words;
}

Judgement closed(const net::HttpReply& reply, TimePoint until, Errc code, std::string detail, TimePoint now) {
    Judgement judgement{.outcome = fail(code, std::move(detail), describe(reply),
                                        std::chrono::ceil<std::chrono::seconds>(until - now))};
    judgement.close_until = until;
    return judgement;
}

Judgement limited(const net::HttpReply& reply, TimePoint now) {
    std::optional<std::chrono::seconds> pause;
    if (const auto after = reply.header("retry-after")) {
        pause = upstream::parse_retry_after(*after, now);
    }
    return closed(reply, now + std::max<std::chrono::seconds>(pause.value_or(unnamed_limit), 1s),
                  Errc::rate_limited, "Google limits how often we may ask.", now);
}

Judgement refused(const net::HttpReply& reply) {
    return {.outcome = fail(Errc::upstream_unavailable, "Google refused the text.", describe(reply))};
}

/// 400 to 404, and 429: what the error's own words say counts more than the status.
Judgement client_error(const net::HttpReply& reply, TimePoint now) {
    switch (kind_of(words_of(reply))) {
    case Kind::daily:
        return closed(reply, next_pacific_midnight(now), Errc::rate_limited,
                      "The day's quota at Google is used up.", now);
    case Kind::rate:
        return limited(reply, now);
    case Kind::other:
        if (reply.status == 400) {
            return refused(reply);
        }
        if (reply.status == 429) {
            return limited(reply, now);
        }
        break;
    case Kind::key:
        break;
    }
    return closed(reply, now + config_fault, Errc::upstream_unavailable,
                  "Google does not accept the key or its project.", now);
}

/// The first Sunday on or after that day, at its beginning in UTC's calendar.
std::chrono::sys_days sunday_from(std::chrono::sys_days day) {
    return day + (std::chrono::Sunday - std::chrono::weekday{day});
}

/// Midnight as that day begins in California: UTC-7 from the second Sunday of March to the first of November
/// (which both begin in the time before), else UTC-8.
TimePoint pacific_midnight(std::chrono::sys_days day) {
    const std::chrono::year year = std::chrono::year_month_day{day}.year();
    const std::chrono::sys_days spring = sunday_from(std::chrono::sys_days{year / std::chrono::March / 8});
    const std::chrono::sys_days autumn = sunday_from(std::chrono::sys_days{year / std::chrono::November / 1});
    return day + (day > spring && day <= autumn ? 7h : 8h);
}

} // namespace

std::string cloud_request(const std::vector<std::string>& segments) {
    return json::serialize(json::object{
        {"q", json::array(segments.begin(), segments.end())}, {"target", "en"}, {"format", "text"}});
}

Result<Translations> parse_cloud(const net::HttpReply& reply, const std::vector<std::string>& segments) {
    if (!upstream::claims_json(reply)) {
        return not_understood("the answer is not JSON by its content type");
    }
    boost::system::error_code failure;
    const json::value body = json::parse(reply.body, failure);
    if (failure) {
        return not_understood("not JSON: " + failure.message());
    }
    const json::value* list = member(member(&body, "data"), "translations");
    if (list == nullptr || !list->is_array() || list->get_array().size() != segments.size()) {
        return not_understood("another number of translations than of texts");
    }
    Translations translations;
    translations.reserve(segments.size());
    for (const json::value& entry : list->get_array()) {
        std::string text = text_of(member(&entry, "translatedText"));
        if (text.empty()) {
            return not_understood("an empty translation");
        }
        // Entities come now and then although plain text was asked for.
        if (!has_entity(segments[translations.size()])) {
            text = without_entities(text);
        }
        translations.push_back({std::move(text), text_of(member(&entry, "detectedSourceLanguage"))});
    }
    return translations;
}

Judgement judge_cloud(const net::HttpReply& reply, const Try& attempt,
                      const std::vector<std::string>& segments, double jitter) {
    switch (reply.status) {
    case 200: {
        Judgement judgement{.outcome = parse_cloud(reply, segments)};
        judgement.is_trouble = !judgement.outcome;
        return judgement;
    }
    case 400:
    case 401:
    case 403:
    case 404:
    case 429:
        return client_error(reply, attempt.now);
    case 413:
        return refused(reply);
    default:
        break;
    }
    Judgement judgement{
        .outcome = fail(Errc::upstream_unavailable, "Google is not available right now.", describe(reply))};
    judgement.is_trouble = true;
    const bool may_pass =
        reply.status == 500 || reply.status == 502 || reply.status == 503 || reply.status == 504;
    if (may_pass && attempt.number == 0) {
        judgement.retry_after = upstream::backoff(attempt.number, jitter);
    }
    return judgement;
}

TimePoint next_pacific_midnight(TimePoint now) {
    std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(now);
    while (pacific_midnight(day) <= now) {
        day += std::chrono::days{1};
    }
    return pacific_midnight(day);
}

} // namespace personalify::translate

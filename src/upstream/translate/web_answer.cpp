#include "upstream/translate/web_answer.hpp"

#include "json/utf8.hpp"
#include "net/form.hpp"
#include "upstream/common/body.hpp"
#include "upstream/common/retry_after.hpp"
#include "upstream/translate/entities.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>

namespace personalify::translate {

namespace bj = boost::json;
using namespace std::chrono_literals;
using app::Translation;
using upstream::Try;

namespace {

using Judgement = upstream::Judgement<Translation>;

constexpr auto shortest_block = 30min; ///< "unusual traffic" lasts from minutes to hours

std::unexpected<Error> not_understood(std::string cause) {
    return fail(Errc::upstream_unavailable, "Google gave an answer we can't read.", std::move(cause));
}

/// Nulls where old answers have nothing at all: [,"a",,] as [null,"a",null,null].
std::string with_nulls(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool quoted = false;
    char before = ' ';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (!quoted && (c == ',' || c == ']') && (before == ',' || (before == '[' && c == ','))) {
            out += "null";
        }
        out += c;
        if (quoted && c == '\\' && i + 1 < text.size()) {
            out += text[++i];
        }
        quoted = c == '"' ? !quoted : quoted;
        before = c;
    }
    return out;
}

const bj::value* at(const bj::value& value, std::size_t index) {
    const bj::array* array = value.if_array();
    return array != nullptr && index < array->size() ? &(*array)[index] : nullptr;
}

const bj::value* at(const bj::value& value, std::string_view key) {
    const bj::object* object = value.if_object();
    return object != nullptr ? object->if_contains(key) : nullptr;
}

std::string text_of(const bj::value* value) {
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

/// The members `key` of the entries, one behind the other.
template <class Key>
std::string joined(const bj::value& entries, Key key) {
    std::string text;
    if (const bj::array* array = entries.if_array()) {
        for (const bj::value& entry : *array) {
            text += text_of(at(entry, key));
        }
    }
    return text;
}

Translation translation_in(const bj::value& body) {
    if (const bj::value* sentences = at(body, "sentences")) { // {"sentences":[{"trans":...}],"src":"id"}
        return {joined(*sentences, std::string_view{"trans"}), text_of(at(body, "src"))};
    }
    const bj::value* first = at(body, 0);
    if (first == nullptr) {
        return {};
    }
    if (first->is_string()) { // ["text"]
        return {text_of(first), {}};
    }
    const bj::value* row = at(*first, 0);
    if (row != nullptr && row->is_string()) { // [["text","id"]]
        return {text_of(row), text_of(at(*first, 1))};
    }
    return {joined(*first, std::size_t{0}), text_of(at(body, 2))}; // [[["text","source",...],...],null,"id"]
}

/// What both pages may answer instead of a translation.
Judgement failure_of(const net::HttpReply& reply, const Try& attempt, double jitter) {
    const TimePoint now = attempt.now;
    const std::string cause = "Google's page answered " + std::to_string(reply.status);
    Judgement judgement{.outcome =
                            fail(Errc::upstream_unavailable, "Google is not available right now.", cause)};
    // A block answers 429 or 403, or leads to a page that asks for consent or for a proof of being human.
    const bool is_block =
        reply.status == 429 || reply.status == 403 || (reply.status >= 300 && reply.status < 400);
    if (is_block) {
        std::optional<std::chrono::seconds> pause;
        if (const auto after = reply.header("retry-after")) {
            pause = upstream::parse_retry_after(*after, now);
        }
        const auto time = std::max<std::chrono::seconds>(pause.value_or(0s), shortest_block);
        judgement.outcome = fail(Errc::rate_limited, "Google limits how often we may ask.", cause, time);
        judgement.close_until = now + time;
        return judgement;
    }
    const bool refused = reply.status == 400 || reply.status == 413 || reply.status == 414;
    judgement.is_trouble = !refused;
    const bool may_pass =
        reply.status == 500 || reply.status == 502 || reply.status == 503 || reply.status == 504;
    if (may_pass && attempt.number == 0) {
        judgement.retry_after = upstream::backoff(attempt.number, jitter);
    }
    return judgement;
}

} // namespace

std::string single_url(std::string_view base, std::string_view text) {
    return std::string{base} + "/translate_a/single?" +
           net::form_encode({{"client", "dict-chrome-ex"},
                             {"sl", "auto"},
                             {"tl", "en"},
                             {"dt", "t"},
                             {"ie", "UTF-8"},
                             {"oe", "UTF-8"},
                             {"q", text}});
}

std::string page_url(std::string_view base, std::string_view text) {
    return std::string{base} + "/m?" + net::form_encode({{"sl", "auto"}, {"tl", "en"}, {"q", text}});
}

Result<Translation> parse_single(const net::HttpReply& reply) {
    const std::size_t begin = reply.body.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos || reply.body[begin] == '<') {
        return not_understood("the answer is not JSON");
    }
    boost::system::error_code failure;
    bj::value body = bj::parse(reply.body, failure);
    if (failure) {
        body = bj::parse(with_nulls(reply.body), failure);
    }
    if (failure) {
        return not_understood("not JSON: " + failure.message());
    }
    Translation translation = translation_in(body);
    if (translation.text.empty()) {
        return not_understood("no translation in the answer");
    }
    return translation;
}

Result<Translation> parse_page(const net::HttpReply& reply) {
    const std::string_view page = reply.body;
    std::size_t container = page.find("class=\"result-container\"");
    container = container == std::string_view::npos ? page.find("class=\"t0\"") : container;
    const std::size_t begin = page.find('>', container);
    const std::size_t end = page.find("</div>", begin);
    if (container == std::string_view::npos || begin == std::string_view::npos ||
        end == std::string_view::npos) {
        return not_understood("no translation on the page");
    }
    Translation translation{without_entities(page.substr(begin + 1, end - begin - 1)), {}};
    if (translation.text.empty() || !json::is_utf8(translation.text)) {
        return not_understood("no text on the page");
    }
    return translation;
}

Judgement judge_single(const net::HttpReply& reply, const Try& attempt, double jitter) {
    if (reply.status != 200 && reply.status != 404) {
        return failure_of(reply, attempt, jitter);
    }
    Result<Translation> translation =
        reply.status == 200 ? parse_single(reply) : Result<Translation>{not_understood("not found")};
    if (!translation) {
        translation.error().code = Errc::not_found;
    }
    return {.outcome = std::move(translation)};
}

Judgement judge_page(const net::HttpReply& reply, const Try& attempt, double jitter) {
    if (reply.status != 200) {
        return failure_of(reply, attempt, jitter);
    }
    Judgement judgement{.outcome = parse_page(reply)};
    judgement.is_trouble = !judgement.outcome;
    return judgement;
}

} // namespace personalify::translate

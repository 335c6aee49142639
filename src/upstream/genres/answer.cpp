#include "upstream/genres/answer.hpp"

#include "domain/songs.hpp"
#include "upstream/common/json_at.hpp"
#include "upstream/common/refusal.hpp"
#include "upstream/common/retry_after.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>

namespace personalify::genres {

namespace bj = boost::json;
using namespace std::chrono_literals;
using upstream::Judgement;

namespace {

constexpr double least_used = 10; // of 100
constexpr std::size_t most_tags = 20;
constexpr std::size_t longest_id = 36;

const upstream::Manners& lastfm() {
    static const upstream::Manners known{.who = "Last.fm", .limited = 60s, .wrong_key = 1h};
    return known;
}
const upstream::Manners& musicbrainz() {
    static const upstream::Manners known{.who = "MusicBrainz", .limited = 10s};
    return known;
}

Judgement<Tags> away(Errc code, std::string detail, const upstream::Try& attempt, std::chrono::seconds time,
                     int error) {
    Judgement<Tags> judgement{
        .outcome = fail(code, std::move(detail), "Last.fm's error " + std::to_string(error), time)};
    judgement.close_until = attempt.now + time;
    return judgement;
}

/// The error may stand in a 200.
Judgement<Tags> judge_error(int error, const net::HttpReply& reply, const upstream::Try& attempt,
                            double jitter) {
    switch (error) {
    case 6:
    case 7:
        return {.outcome = Tags{}};
    case 29: {
        const auto asked = upstream::parse_retry_after(reply.header("retry-after").value_or(""), attempt.now);
        return away(Errc::rate_limited, "Last.fm limits how often we may ask.", attempt,
                    std::max(asked.value_or(lastfm().limited), std::chrono::seconds{1}), error);
    }
    case 4:
    case 10:
    case 26:
        return away(Errc::upstream_unavailable, "Last.fm does not accept our key.", attempt,
                    lastfm().wrong_key, error);
    default: {
        Judgement<Tags> judgement{.outcome =
                                      fail(Errc::upstream_unavailable, "Last.fm is not available right now.",
                                           "Last.fm's error " + std::to_string(error)),
                                  .is_trouble = true};
        const bool may_pass = error == 8 || error == 11 || error == 16; // failed, offline, "try again"
        if (may_pass && attempt.number == 0) {
            judgement.retry_after = upstream::backoff(attempt.number, jitter);
        }
        return judgement;
    }
    }
}

struct Tag {
    std::string name;
    double count;
};

Tags names_of(std::vector<Tag> tags) {
    std::ranges::stable_sort(tags, std::ranges::greater{}, &Tag::count);
    Tags names;
    for (Tag& tag : tags) {
        if (names.size() < most_tags) {
            names.push_back(std::move(tag.name));
        }
    }
    return names;
}

std::vector<Tag> tags_at(const bj::value& value, std::string_view key) {
    std::vector<Tag> tags;
    const auto add = [&](const bj::value& each) {
        if (std::string name = upstream::text_at(each, "name"); !name.empty()) {
            tags.push_back({std::move(name), upstream::number_at(each, "count").value_or(0)});
        }
    };
    const bj::value* found = upstream::member(value, key);
    if (found != nullptr && found->is_object()) { // one alone is no list at Last.fm
        add(*found);
    }
    for (const bj::value& each : upstream::array_at(value, key)) {
        add(each);
    }
    return tags;
}

} // namespace

Judgement<Tags> judge_lastfm(const net::HttpReply& reply, const upstream::Try& attempt, double jitter) {
    boost::system::error_code failure;
    const bj::value body = bj::parse(reply.body, failure);
    if (!failure) {
        if (const auto error = upstream::number_at(body, "error")) {
            return judge_error(static_cast<int>(std::clamp(*error, 0.0, 1000.0)), reply, attempt, jitter);
        }
    }
    if (reply.status != 200) {
        return upstream::judgement_from<Tags>(upstream::refusal_of(reply, attempt, lastfm(), jitter));
    }
    const bj::value* top = failure ? nullptr : upstream::member(body, "toptags");
    if (top == nullptr) {
        return upstream::judgement_from<Tags>(upstream::not_understood(lastfm(), "no JSON with tags"));
    }
    std::vector<Tag> tags = tags_at(*top, "tag");
    std::erase_if(tags, [](const Tag& tag) { return tag.count < least_used; });
    return {.outcome = names_of(std::move(tags))};
}

Judgement<bj::value> judge_musicbrainz(const net::HttpReply& reply, const upstream::Try& attempt,
                                       double jitter) {
    if (reply.status == 404) {
        return {.outcome = bj::value{}};
    }
    if (reply.status == 503 && !reply.header("retry-after")) { // how it says that we are too fast
        Judgement<bj::value> judgement{.outcome = fail(Errc::rate_limited,
                                                       "MusicBrainz limits how often we may ask.",
                                                       "MusicBrainz answered 503", musicbrainz().limited)};
        judgement.close_until = attempt.now + musicbrainz().limited;
        judgement.is_trouble = true;
        return judgement;
    }
    if (reply.status != 200) {
        return upstream::judgement_from<bj::value>(
            upstream::refusal_of(reply, attempt, musicbrainz(), jitter));
    }
    boost::system::error_code failure;
    bj::value body = bj::parse(reply.body, failure);
    if (failure || !body.is_object()) {
        return upstream::judgement_from<bj::value>(
            upstream::not_understood(musicbrainz(), "the answer is not JSON"));
    }
    return {.outcome = std::move(body)};
}

std::optional<std::string> artist_in(const bj::value& body, std::string_view name) {
    const std::string wanted = comparable(name);
    for (const bj::value& artist : upstream::array_at(body, "artists")) {
        std::string id = upstream::text_at(artist, "id");
        const bool is_id = !id.empty() && id.size() <= longest_id &&
                           id.find_first_not_of("0123456789abcdefABCDEF-") == std::string::npos;
        if (is_id && !wanted.empty() && comparable(upstream::text_at(artist, "name")) == wanted) {
            return id;
        }
    }
    return std::nullopt;
}

Tags tags_in(const bj::value& artist) {
    Tags names = names_of(tags_at(artist, "genres"));
    for (std::string& tag : names_of(tags_at(artist, "tags"))) {
        if (std::ranges::find(names, tag) == names.end()) {
            names.push_back(std::move(tag));
        }
    }
    return names;
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    return out + '"';
}

} // namespace personalify::genres

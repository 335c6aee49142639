#include "upstream/lrclib/answer.hpp"

#include "domain/lrc.hpp"
#include "domain/songs.hpp"
#include "domain/text.hpp"
#include "upstream/common/json_at.hpp"
#include "upstream/common/refusal.hpp"

#include <boost/json/parse.hpp>

#include <cmath>

namespace personalify::lrclib {

namespace bj = boost::json;
using app::FoundLyrics;
using app::LyricsState;

namespace {

constexpr double seconds_apart = 3;

const upstream::Manners& manners() {
    static const upstream::Manners known{.who = "LRCLIB"};
    return known;
}

/// Lines by \n, without a byte order mark and blanks at the ends.
std::string with_plain_lines(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c != '\r') {
            out += c;
        }
    }
    if (out.starts_with("\xEF\xBB\xBF")) {
        out.erase(0, 3);
    }
    const std::size_t first = out.find_first_not_of(" \n\t");
    if (first == std::string::npos) {
        return {};
    }
    out.erase(0, first);
    out.resize(out.find_last_not_of(" \n\t") + 1);
    return out;
}

} // namespace

std::optional<FoundLyrics> parse_record(const bj::value& record) {
    FoundLyrics found{.source = "lrclib",
                      .title = upstream::text_at(record, "trackName"),
                      .artist = upstream::text_at(record, "artistName")};
    found.text = with_plain_lines(upstream::text_at(record, "plainLyrics"));
    const std::string synced = with_plain_lines(upstream::text_at(record, "syncedLyrics"));
    const std::vector<TimedLine> lines = parse_lrc(synced);
    const std::string sung = plain_text(lines);
    if (!sung.empty()) {
        found.synced = synced;
    }
    if (is_blank(found.text)) {
        found.text = sung;
    }
    if (!is_blank(found.text)) {
        found.state = LyricsState::found;
        return found;
    }
    if (upstream::flag_at(record, "instrumental") || synced.contains("[au: instrumental]") ||
        synced.contains("[au:instrumental]")) {
        found.state = LyricsState::instrumental;
        found.text.clear();
        return found;
    }
    return std::nullopt;
}

bool is_record_of(const bj::value& record, const app::SongQuery& song) {
    if (!is_same_song(song.title, song.artist, upstream::text_at(record, "trackName"),
                      upstream::text_at(record, "artistName"))) {
        return false;
    }
    const auto lasts = upstream::number_at(record, "duration");
    const double wanted = static_cast<double>(song.duration.count()) / 1000;
    return !lasts || *lasts <= 0 || wanted <= 0 || std::abs(*lasts - wanted) <= seconds_apart;
}

upstream::Judgement<bj::value> judge(const net::HttpReply& reply, const upstream::Try& attempt,
                                     double jitter) {
    using Judgement = upstream::Judgement<bj::value>;
    if (reply.status == 404 || reply.status == 400) {
        return Judgement{.outcome = bj::value{}};
    }
    if (reply.status != 200) {
        return upstream::judgement_from<bj::value>(upstream::refusal_of(reply, attempt, manners(), jitter));
    }
    boost::system::error_code failure;
    bj::value body = bj::parse(reply.body, failure);
    if (failure || (!body.is_object() && !body.is_array())) {
        return upstream::judgement_from<bj::value>(
            upstream::not_understood(manners(), "the answer is not JSON"));
    }
    return Judgement{.outcome = std::move(body)};
}

} // namespace personalify::lrclib

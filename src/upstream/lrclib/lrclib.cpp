#include "upstream/lrclib/lrclib.hpp"

#include "domain/songs.hpp"
#include "net/form.hpp"
#include "upstream/common/base_url.hpp"
#include "upstream/common/pacer.hpp"
#include "upstream/common/service_caller.hpp"
#include "upstream/lrclib/source.hpp"

namespace personalify::lrclib {

namespace bj = boost::json;
using app::FoundLyrics;

namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_answer = 2 * 1024 * 1024;
constexpr std::chrono::hours longest_song{1};

/// The requests to try, the most exact first.
struct Lookup {
    bool album;
    bool duration;
};
constexpr Lookup lookups[] = {{true, true}, {false, true}, {false, false}};

std::string get_path(const app::SongQuery& song, const Lookup& lookup) {
    const std::string title = plain_title(song.title);
    const std::string seconds =
        std::to_string(std::chrono::round<std::chrono::seconds>(song.duration).count());
    net::FormFields fields{{"artist_name", song.artist}, {"track_name", title}};
    if (lookup.album) {
        fields.emplace_back("album_name", song.album);
    }
    if (lookup.duration) {
        fields.emplace_back("duration", seconds);
    }
    return "/api/get?" + net::form_encode(fields);
}

std::string search_path(const app::SongQuery& song) {
    return "/api/search?" +
           net::form_encode({{"track_name", plain_title(song.title)}, {"artist_name", song.artist}});
}

std::unexpected<Error> not_understood() {
    return fail(Errc::upstream_unavailable, "LRCLIB gave an answer we can't read.",
                "a list for a record, or the other way round");
}

} // namespace

Source::Source(LrclibOptions options, upstream::Send send, app::UpstreamStateStore& states,
               const upstream::Timing& timing)
    : options_(std::move(options))
    , base_(upstream::base_url(options_.url, "LRCLIB"))
    , closure_("lrclib", states, timing.clock, options_.report)
    , pacer_(options_.between, timing)
    , gaps_(options_.between, timing)
    , caller_("LRCLIB", upstream::paced(std::move(send), gaps_, timing.clock), closure_, 1,
              {.one_try = options_.try_deadline, .body_bytes = longest_answer}, timing) {}

Task<Result<bj::value>> Source::get(std::string path, TimePoint deadline) {
    if (const auto closed = closure_.left()) { // nobody waits for a turn that is not to be had
        co_return fail(Errc::upstream_unavailable, "LRCLIB is not asked right now. Please try again later.",
                       "closed, not called", closed);
    }
    if (const Result<> turn = co_await pacer_.turn(deadline); !turn) {
        co_return std::unexpected(turn.error());
    }
    net::HttpCall call;
    call.url = base_ + path;
    call.headers = {{"Accept", "application/json"}};
    co_return co_await caller_.call<bj::value>(
        std::move(call), deadline, [this](const net::HttpReply& reply, const upstream::Try& attempt) {
            return judge(reply, attempt, caller_.jitter());
        });
}

Task<Result<FoundLyrics>> Source::find(app::SongQuery song) {
    const TimePoint deadline = caller_.now() + options_.deadline;
    const bool has_duration = song.duration >= 1s && song.duration <= longest_song;
    for (const Lookup& lookup : lookups) {
        if ((lookup.album && (song.album.empty() || !has_duration)) || (lookup.duration && !has_duration)) {
            continue;
        }
        const Result<bj::value> record = co_await get(get_path(song, lookup), deadline);
        if (!record) {
            co_return std::unexpected(record.error());
        }
        if (record->is_array()) {
            co_return not_understood();
        }
        if (std::optional<FoundLyrics> found = parse_record(*record); found && is_record_of(*record, song)) {
            co_return std::move(*found);
        }
    }
    const Result<bj::value> records = co_await get(search_path(song), deadline);
    if (!records) {
        co_return std::unexpected(records.error());
    }
    if (records->is_object()) {
        co_return not_understood();
    }
    if (records->is_array()) {
        for (const bj::value& record : records->get_array()) {
            if (std::optional<FoundLyrics> found = parse_record(record);
                found && is_record_of(record, song)) {
                co_return std::move(*found);
            }
        }
    }
    co_return FoundLyrics{.source = name()};
}

std::unique_ptr<Lrclib> connect_lrclib(LrclibOptions options, net::HttpClient& client,
                                       app::UpstreamStateStore& states, const Clock& clock) {
    return std::make_unique<Source>(
        std::move(options), [&client](net::HttpCall call) { return client.send(std::move(call)); }, states,
        upstream::real_timing(clock));
}

} // namespace personalify::lrclib

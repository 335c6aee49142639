#include "fuzz/target.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "support/run_task.hpp"
#include "upstream/spotify/accounts.hpp"
#include "upstream/spotify/answer.hpp"
#include "upstream/spotify/api.hpp"

#include <algorithm>
#include <charconv>

/// Answers that Spotify, or a proxy in its place, may give to every call. The input is the status, header
/// lines, an empty line and the body.
namespace personalify::spotify {

namespace {

using fuzz::require;
using namespace std::chrono_literals;

constexpr TimePoint start{std::chrono::milliseconds{1'795'348'800'000}};

class NoStates final : public app::UpstreamStateStore {
public:
    Task<Result<std::optional<TimePoint>>> closed_until(std::string) override {
        co_return std::optional<TimePoint>{};
    }
    Task<Result<>> close_until(std::string, TimePoint) override { co_return Result<>{}; }
};

/// A Spotify that gives one answer to everything, and a clock that moves when somebody sleeps.
struct World {
    explicit World(net::HttpReply given)
        : answer(std::move(given)) {}

    net::HttpReply answer;
    int calls = 0;
    ManualClock clock{start};
    NoStates states = {};
    Timing timing{clock, [this](std::chrono::milliseconds time) { return sleep(time); }, [] { return 0.5; }};
    Governor governor{"spotify", {}, states, timing, [](std::string_view, const Error&) {}};
    Caller caller{[this](net::HttpCall) { return reply(); }, governor, {}, timing};
    Api api{"https://api.example", caller};
    Accounts accounts{"https://accounts.example", {"client", "secret"}, caller};

    Task<void> sleep(std::chrono::milliseconds time) {
        clock.advance(time);
        co_return;
    }
    Task<net::HttpResult> reply() {
        require(++calls <= 30, "a call ends after a few tries and pages");
        co_return answer;
    }
};

net::HttpReply reply_of(std::string_view text) {
    net::HttpReply reply;
    const std::string_view status = fuzz::take_until(text, '\n');
    std::from_chars(status.data(), status.data() + status.size(), reply.status);
    reply.status = std::clamp(reply.status, 100, 599);
    while (!text.empty()) {
        std::string_view line = fuzz::take_until(text, '\n');
        if (line.empty()) {
            break;
        }
        const std::string_view name = fuzz::take_until(line, ':');
        reply.headers.push_back({std::string{name}, std::string{line}});
    }
    reply.body = text;
    return reply;
}

bool is_printable(std::string_view text) {
    return std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

void check_error(const Error& error, const net::HttpReply& reply) {
    require(!error.detail.empty(), "an error has words");
    require(is_printable(error.detail) && error.detail.size() <= 400, "an error is one short line");
    require(json::parse(json::write(error.detail)).has_value(), "an error can be answered");
    if (error.retry_after) {
        require(*error.retry_after >= 0s && *error.retry_after <= 7 * 24h + 1s, "a pause is bounded");
    }
    require(error.code != Errc::rate_limited || reply.status == 429 || error.retry_after,
            "a limit says when it ends");
}

void check_id(std::string_view id) {
    require(!id.empty() && id.size() <= 255 && is_printable(id), "an id can be stored");
}

bool has_no_nul(std::string_view text) {
    return !text.contains('\0');
}

/// A record can be stored and shown.
template <class T>
void check_record(const T& record) {
    check_id(record.id);
    require(has_no_nul(record.name) && has_no_nul(record.image), "texts have no NUL");
    require(record.popularity >= 0 && record.popularity <= 100, "popularity is a percentage");
    const auto back = json::read<T>(json::write(record));
    require(back.has_value() && back->popularity == record.popularity, "a record can be stored");
}

void check_track(const Track& track) {
    check_record(track);
    require(track.duration_ms >= 0 && track.album.total_tracks >= 0, "lengths are not negative");
    require(!track.preview_url || !track.preview_url->empty(), "an address that is there is not empty");
}

void check_played(const PlayedTrack& track) {
    require(track.id.empty() || (track.id.size() <= 255 && is_printable(track.id)),
            "an id can be told apart");
    require(has_no_nul(track.name) && has_no_nul(track.image) && has_no_nul(track.external_url),
            "texts have no NUL");
    require(track.duration_ms >= 0, "lengths are not negative");
}

void check_playing(const Playing& playing) {
    check_played(playing.track);
    require(playing.what == Playing::What::track ? !playing.track.name.empty() || !playing.track.id.empty()
                                                 : playing.track == PlayedTrack{},
            "only a track is a track");
    require(playing.progress_ms.value_or(0) >= 0, "the place is not before the start");
    for (const auto since : {-1ms, 0ms, 2500ms, std::chrono::milliseconds{24h}}) {
        const std::int64_t place = progress_after(playing, since);
        require(place >= 0 && (duration_of(playing) == 0 || place <= duration_of(playing)),
                "the place is within what is on");
        require(time_left(playing, since).value_or(0ms) >= 0ms, "what is on does not end in the past");
    }
    require(!is_news(playing, 0ms, playing), "the same is no news");
}

void check_recent(const RecentPlay& play) {
    check_played(play.track);
    require(!play.track.name.empty() && !play.played_at.empty(), "an entry has a name and a time");
    require(has_no_nul(play.played_at) && play.album.total_tracks >= 0, "an entry can be shown");
}

void check_profile(const SpotifyProfile& profile) {
    check_id(profile.id.str());
    if (profile.account_id) {
        check_id(*profile.account_id);
    }
    require(!profile.display_name.empty() && has_no_nul(profile.display_name), "everybody has a name");
    require(profile.followers.value_or(0) >= 0, "followers are not negative");
}

void check_grant(const app::TokenGrant& grant) {
    const auto is_token = [](std::string_view text) {
        return !text.empty() && std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
    };
    require(is_token(grant.access_token), "an access token can stand in a header");
    require(!grant.refresh_token || is_token(*grant.refresh_token), "so can a refresh token");
    require(grant.expires_in > 0s && grant.expires_in <= 24h, "a token's life is bounded");
}

/// Runs one call in a world of its own and checks what it brings.
template <class Call, class Check>
void check_call(const net::HttpReply& reply, Call call, Check check) {
    World world{reply};
    const auto result = test::run(call(world));
    if (result) {
        check(*result);
    } else {
        check_error(result.error(), reply);
    }
}

} // namespace

} // namespace personalify::spotify

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace personalify;
    using namespace personalify::spotify;
    constexpr auto user = app::Urgency::user_request;
    const net::HttpReply reply = reply_of(fuzz::text_of(data, size));
    fuzz::require(is_printable(describe(reply)), "what is logged is one line");
    check_call(
        reply, [](World& world) { return world.accounts.exchange_code({"code", "uri", "verifier"}); },
        check_grant);
    check_call(reply, [](World& world) { return world.accounts.refresh("token"); }, check_grant);
    check_call(reply, [](World& world) { return world.api.me("token", user); }, check_profile);
    check_call(
        reply, [](World& world) { return world.api.top_artists("token", TimeRange::short_term, 20, user); },
        [](const std::vector<Artist>& artists) {
            fuzz::require(artists.size() <= 20, "no more than was asked for");
            std::ranges::for_each(artists, &check_record<Artist>);
        });
    check_call(
        reply,
        [](World& world) {
            return world.api.top_tracks("token", TimeRange::long_term, 50, app::Urgency::background);
        },
        [](const std::vector<Track>& tracks) {
            fuzz::require(tracks.size() <= 50, "no more than was asked for");
            std::ranges::for_each(tracks, check_track);
        });
    check_call(reply, [](World& world) { return world.api.currently_playing("token"); }, check_playing);
    check_call(
        reply, [](World& world) { return world.api.recently_played("token", 50, user); },
        [](const std::vector<RecentPlay>& plays) {
            fuzz::require(plays.size() <= 50, "no more than was asked for");
            std::ranges::for_each(plays, check_recent);
        });
    return 0;
}

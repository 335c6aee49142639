#include "api/resources.hpp"

#include <random>

namespace personalify::api {

namespace {

using namespace std::chrono_literals;

/// For who may not see this player: a stream that ended is opened again by itself.
constexpr std::string_view reconnect_late = "retry: 60000\n";

struct ShownTrack {
    std::optional<std::string> id;
    std::string name;
    std::vector<std::string> artists;
    std::string album;
    std::optional<std::string> image;
    std::int64_t duration_ms = 0;
    std::int64_t progress_ms = 0;
    std::optional<std::string> external_url;
};
BOOST_DESCRIBE_STRUCT(ShownTrack, (),
                      (id, name, artists, album, image, duration_ms, progress_ms, external_url))

/// `track` is missing when nothing is on; `error` says why nothing is known.
struct NowPlaying {
    bool is_playing = false;
    json::Omittable<ShownTrack> track = {};
    json::Omittable<std::string> error = {};

    static NowPlaying example() {
        return {.is_playing = true,
                .track = ShownTrack{.id = "4uLU6hMCjMI75M1A2tKUQC",
                                    .name = "Pulang Larut",
                                    .artists = {"Lentera Biru"},
                                    .album = "Pulang Larut",
                                    .image = "https://i.scdn.co/image/ab67616d0000b273",
                                    .duration_ms = 214'533,
                                    .progress_ms = 78'823,
                                    .external_url = "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC"}};
    }
};
BOOST_DESCRIBE_STRUCT(NowPlaying, (), (is_playing, track, error))

struct AdProgress {
    std::int64_t progress_ms = 0;
    std::int64_t duration_ms = ad_duration_ms;
};
BOOST_DESCRIBE_STRUCT(AdProgress, (), (progress_ms, duration_ms))

/// An ad. How long it is Spotify does not say: 30 s stand for it.
struct AdPlaying {
    bool is_playing = true;
    bool is_ad = true;
    AdProgress track;

    static AdPlaying example() { return {.track = {.progress_ms = 4100}}; }
};
BOOST_DESCRIBE_STRUCT(AdPlaying, (), (is_playing, is_ad, track))

using PlayerAnswer = std::variant<NowPlaying, AdPlaying>;

std::optional<std::string> present(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional{text};
}

PlayerAnswer answer_of(const app::PlayerView& view) {
    if (!view.error.empty()) {
        return NowPlaying{.error = view.error};
    }
    const std::int64_t progress = view.playing.progress_ms.value_or(0);
    switch (view.playing.what) {
    case Playing::What::ad:
        return AdPlaying{.is_playing = view.playing.is_playing, .track = {.progress_ms = progress}};
    case Playing::What::track: {
        const PlayedTrack& track = view.playing.track;
        return NowPlaying{.is_playing = view.playing.is_playing,
                          .track = ShownTrack{.id = present(track.id),
                                              .name = track.name,
                                              .artists = track.artists,
                                              .album = track.album,
                                              .image = present(track.image),
                                              .duration_ms = track.duration_ms,
                                              .progress_ms = progress,
                                              .external_url = present(track.external_url)}};
    }
    case Playing::What::nothing:
        return NowPlaying{};
    }
    return NowPlaying{};
}

/// What stands for a failure, with status 200 as the clients expect it.
NowPlaying unknown_for(const Error& error) {
    return {.error = error.code == Errc::not_found  ? "No refresh token"
                     : error.code == Errc::internal ? "Internal Server Error"
                                                    : error.detail};
}

Task<Result<PlayerAnswer>> show(app::PlayerService& player, app::Caller caller, UserId id) {
    const Result<app::PlayerView> view = co_await player.show(std::move(caller), std::move(id));
    co_return view ? answer_of(*view) : PlayerAnswer{unknown_for(view.error())};
}

/// What a stream of events holds on to: little, there are thousands of them.
struct Watching {
    std::string token; ///< of the session that opened it, or ""
    std::shared_ptr<app::PlayerWatch> watch;
    std::chrono::milliseconds heartbeat;
};

/// Every stream beats at moments of its own, so that ten thousand don't ask who they are at once.
std::chrono::milliseconds next_beat(std::chrono::milliseconds longest) {
    thread_local std::minstd_rand generator{std::random_device{}()};
    return std::chrono::milliseconds{
        std::uniform_int_distribution<std::int64_t>{longest.count() * 4 / 5, longest.count()}(generator)};
}

app::PlayerWatch::Bytes reconnect_soon() {
    static const auto bytes = std::make_shared<const std::string>("retry: 3000\n\n");
    return bytes;
}

std::string last_words(const Error& error) {
    return std::string{reconnect_late} + "data: " + json::write(unknown_for(error)) + "\n\n";
}

Task<void> refuse_events(Error error, http::ResponseStream& stream) {
    co_await stream.write(last_words(error));
}

/// A sign of life, or the last words; whether the stream goes on. A task of its own, so that its memory is
/// taken for that moment only.
Task<bool> beat(app::PlayerService& player, const Watching& watching, http::ResponseStream& stream) {
    if (!co_await player.may_go_on(watching.token, watching.watch->user())) {
        co_await stream.write(last_words({.code = Errc::not_found, .detail = app::no_data}));
        co_return false;
    }
    co_return co_await stream.write(": still here\n\n");
}

/// From news to news; ends when the client or the server goes, or the watch may not go on.
Task<void> send_events(app::PlayerService& player, std::shared_ptr<const Watching> watching,
                       http::ResponseStream& stream) {
    using SteadyClock = std::chrono::steady_clock;
    app::PlayerWatch& watch = *watching->watch;
    watch.on_news([&stream] { stream.wake(); });
    SteadyClock::time_point beat_at = SteadyClock::now() + next_beat(watching->heartbeat);
    bool there = co_await stream.write_shared(reconnect_soon());
    while (there && !watch.ended()) {
        if (app::PlayerWatch::Bytes news = watch.take()) {
            there = co_await stream.write_shared(std::move(news));
        } else if (SteadyClock::now() < beat_at) {
            there = co_await stream.wait(
                std::chrono::ceil<std::chrono::milliseconds>(beat_at - SteadyClock::now()));
        } else {
            there = co_await beat(player, *watching, stream);
            beat_at = SteadyClock::now() + next_beat(watching->heartbeat);
        }
    }
    watch.on_news(nullptr);
}

http::Response event_stream() {
    http::Response response;
    response.headers = {
        {"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
    return response;
}

Task<void> no_events(http::ResponseStream&) {
    co_return;
}

/// The headers alone were asked for: nobody reads, so nobody watches.
Task<http::Response> headers_of_events() {
    http::Response response = event_stream();
    response.stream = no_events;
    co_return response;
}

Task<http::Response> follow(app::PlayerService& player, app::Caller caller, std::string last_id, UserId id,
                            std::chrono::milliseconds heartbeat) {
    http::Response response = event_stream();
    Result<std::shared_ptr<app::PlayerWatch>> watch =
        co_await player.watch(caller, std::move(id), std::move(last_id));
    if (!watch) {
        response.stream = [error = watch.error()](http::ResponseStream& stream) {
            return refuse_events(error, stream);
        };
        co_return response;
    }
    const auto watching = std::make_shared<const Watching>(
        Watching{caller.session ? std::move(caller.token) : "", std::move(*watch), heartbeat});
    response.stream = [&player, watching](http::ResponseStream& stream) {
        return send_events(player, watching, stream);
    };
    co_return response;
}

struct RecentQuery {
    json::Bounded<1, 50> limit = 50;
    std::string spotify_id; ///< defaults to the session's user
};
BOOST_DESCRIBE_STRUCT(RecentQuery, (), (limit, spotify_id))

/// One play of Spotify's history.
struct RecentItem {
    std::string played_at;
    std::string track_name;
    std::string artist_name; ///< all of them, separated by ", "
    std::optional<std::string> image_url;
    std::optional<std::string> spotify_url;
    std::string album_name;
    std::string album_type;
    std::int32_t total_tracks = 0;

    static RecentItem example() {
        return {"2026-11-20T09:15:32.412Z",
                "Harbour Lights",
                "The Paper Tides",
                "https://i.scdn.co/image/ab67616d0000b273",
                "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC",
                "Kota Kertas",
                "album",
                9};
    }
};
BOOST_DESCRIBE_STRUCT(RecentItem, (),
                      (played_at, track_name, artist_name, image_url, spotify_url, album_name, album_type,
                       total_tracks))

RecentItem item_of(const RecentPlay& play) {
    std::string artists;
    for (const std::string& name : play.track.artists) {
        artists += (artists.empty() ? "" : ", ") + name;
    }
    return {.played_at = play.played_at,
            .track_name = play.track.name,
            .artist_name = std::move(artists),
            .image_url = present(play.track.image),
            .spotify_url = present(play.track.external_url),
            .album_name = play.album.name,
            .album_type = play.album.type,
            .total_tracks = play.album.total_tracks};
}

Task<Result<std::vector<RecentItem>>> recent(app::PlayerService& player, app::Caller caller,
                                             RecentQuery query) {
    const UserId id = !query.spotify_id.empty() || !caller.session ? UserId{std::move(query.spotify_id)}
                                                                   : caller.session->user;
    const Result<std::vector<RecentPlay>> plays =
        co_await player.recent(std::move(caller), id, static_cast<int>(query.limit.value));
    if (!plays) {
        co_return std::unexpected(plays.error());
    }
    std::vector<RecentItem> items;
    items.reserve(plays->size());
    for (const RecentPlay& play : *plays) {
        items.push_back(item_of(play));
    }
    co_return items;
}

} // namespace

std::string player_event(std::string_view id, const app::PlayerView& view) {
    std::string event = "id: ";
    event.append(id).append("\ndata: ");
    std::visit([&](const auto& answer) { json::append(event, answer); }, answer_of(view));
    event += "\n\n";
    return event;
}

void add_player_routes(Routes& routes, app::PlayerService& player, std::chrono::milliseconds heartbeat) {
    routes.get<PlayerAnswer>("/api/currently-playing/{id}", "What a listener hears right now")
        .tag("Player")
        .describe(
            "Of the own user, or of one who shares; anybody else is `No refresh token`. At most a second "
            "old while the budget of calls to Spotify allows, `progress_ms` is of the moment of the "
            "answer. "
            "Trouble is an `error`, with status 200.")
        .handle(
            [&player](const app::Caller& caller, UserId id) { return show(player, caller, std::move(id)); });

    routes.get<http::Response>("/api/currently-playing/{id}/events", "The same, told when it changes")
        .tag("Player")
        .describe(
            "Server-sent events without a name (`EventSource.onmessage`), each with what the route above "
            "answers as its data: the state of now first, then what is new (another track, play and "
            "pause, seeks, trouble). `Last-Event-ID` resumes without a repeated event. A comment comes "
            "every 15 seconds at the latest. The stream ends when the session does or the listener "
            "stops sharing.")
        .produces("text/event-stream")
        .handle([&player, heartbeat](const app::Caller& caller, const http::Request& request, UserId id) {
            if (request.method == "HEAD") {
                return headers_of_events();
            }
            return follow(player, caller, std::string{request.header("last-event-id").value_or("")},
                          std::move(id), heartbeat);
        });

    routes.get<std::vector<RecentItem>>("/api/spotify/recently-played", "What the session's user played last")
        .tag("Player")
        .describe("The last tracks that Spotify remembers, at most 50, newest first. No episodes.")
        .needs_session()
        .query<RecentQuery>()
        .fails_with(Errc::unauthenticated, Errc::forbidden, Errc::not_found, Errc::upstream_unavailable)
        .handle([&player](const app::Caller& caller, RecentQuery query) {
            return recent(player, caller, std::move(query));
        });
}

} // namespace personalify::api

#include "domain/lyrics.hpp"

#include "api/examples.hpp"
#include "api/resources.hpp"
#include "domain/lrc.hpp"
#include "domain/text.hpp"

#include <algorithm>

namespace personalify::api {

namespace {

struct SearchQuery {
    json::Required<std::string> q;
};
BOOST_DESCRIBE_STRUCT(SearchQuery, (), (q))

struct FoundArtist {
    std::int64_t id = 0;
    std::string name;
    std::string image; ///< URL, or ""
};
BOOST_DESCRIBE_STRUCT(FoundArtist, (), (id, name, image))

struct FoundArtists {
    std::vector<FoundArtist> artists;
    static FoundArtists example() { return {{{900'001, "Lentera Biru", "https://images.genius.com/a.jpg"}}}; }
};
BOOST_DESCRIBE_STRUCT(FoundArtists, (), (artists))

struct Suggestion {
    std::int64_t id = 0;
    std::string name;
    std::string image_url; ///< "" when there is none
};
BOOST_DESCRIBE_STRUCT(Suggestion, (), (id, name, image_url))

struct Suggestions {
    std::vector<Suggestion> results;
    static Suggestions example() { return {{{900'001, "Lentera Biru", "https://images.genius.com/a.jpg"}}}; }
};
BOOST_DESCRIBE_STRUCT(Suggestions, (), (results))

struct SongItem {
    std::int64_t id = 0;
    std::string title;
    std::string image; ///< URL, or ""
    std::optional<std::string> album;
    std::optional<std::string> date; ///< for people
};
BOOST_DESCRIBE_STRUCT(SongItem, (), (id, title, image, album, date))

struct SongList {
    std::vector<SongItem> songs;
    bool cut_off = false; ///< the artist has more
    static SongList example() {
        return {
            {{7'000'001, "Pulang Larut", "https://images.genius.com/s.jpg", std::nullopt, "August 2, 2024"}},
            false};
    }
};
BOOST_DESCRIBE_STRUCT(SongList, (), (songs, cut_off))

/// As the Python service has it: the words twice.
struct TrackInfo {
    std::string lyrics;
    std::string title;
    std::string artist;
    std::string url;
};
BOOST_DESCRIBE_STRUCT(TrackInfo, (), (lyrics, title, artist, url))

struct SectionAnswer {
    std::string heading; ///< "Verse 1"; "" where the source has none
    std::string text;
};
BOOST_DESCRIBE_STRUCT(SectionAnswer, (), (heading, text))

/// A line and when it is sung, in milliseconds from the song's beginning; "" is a pause.
struct SyncedLine {
    std::int64_t at_ms = 0;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(SyncedLine, (), (at_ms, text))

struct GeniusLyrics {
    TrackInfo track_info;
    std::string lyrics; ///< without section tags
    app::LyricsAnalysis emotion_analysis;
    std::vector<SectionAnswer> sections;
    std::string source; ///< genius or lrclib
    json::Omittable<std::vector<SyncedLine>> synced = {};

    static GeniusLyrics example() {
        return {.track_info = {"Lampu kota tinggal satu", "Pulang Larut", "Lentera Biru",
                               "https://genius.com/Lentera-biru-pulang-larut-lyrics"},
                .lyrics = "Lampu kota tinggal satu",
                .emotion_analysis = {.emotions = {{"sadness", 0.41}, {"grief", 0.12}},
                                     .sections = {{"Verse 1", {{"sadness", 0.41}, {"grief", 0.12}}}},
                                     .language = "id",
                                     .engine = "local"},
                .sections = {{"Verse 1", "Lampu kota tinggal satu"}},
                .source = "genius"};
    }
};
BOOST_DESCRIBE_STRUCT(GeniusLyrics, (), (track_info, lyrics, emotion_analysis, sections, source, synced))

struct LyricsQuery {
    json::Required<std::string> track; ///< id of a Spotify track
};
BOOST_DESCRIBE_STRUCT(LyricsQuery, (), (track))

struct LyricsTrack {
    std::string id;
    std::string title;
    std::vector<std::string> artists;
};
BOOST_DESCRIBE_STRUCT(LyricsTrack, (), (id, title, artists))

/// Everything but `track` and `state` is empty unless the state is `found`.
struct TrackLyricsAnswer {
    LyricsTrack track;
    app::LyricsState state = app::LyricsState::missing;
    std::string lyrics;
    std::vector<SectionAnswer> sections;
    app::LyricsAnalysis emotion_analysis;
    std::string source;
    std::string url; ///< where people may read them; "" when there is no page
    json::Omittable<std::vector<SyncedLine>> synced = {};

    static TrackLyricsAnswer example() {
        const GeniusLyrics song = GeniusLyrics::example();
        return {.track = {"4uLU6hMCjMI75M1A2tKUQC", "Pulang Larut", {"Lentera Biru"}},
                .state = app::LyricsState::found,
                .lyrics = song.lyrics,
                .sections = song.sections,
                .emotion_analysis = song.emotion_analysis,
                .source = "lrclib",
                .url = "",
                .synced = std::vector<SyncedLine>{{12'340, "Lampu kota tinggal satu"}}};
    }
};
BOOST_DESCRIBE_STRUCT(TrackLyricsAnswer, (),
                      (track, state, lyrics, sections, emotion_analysis, source, url, synced))

constexpr std::size_t most_artists = 20;
constexpr std::size_t most_suggestions = 8;
constexpr std::size_t most_songs = 500;
constexpr std::size_t longest_search = 200; // characters

std::vector<SectionAnswer> sections_in(const std::string& lyrics) {
    std::vector<SectionAnswer> sections;
    for (LyricsSection& section : parts_of(lyrics)) {
        sections.push_back({std::move(section.heading), std::move(section.text)});
    }
    return sections;
}

json::Omittable<std::vector<SyncedLine>> synced_in(const std::string& lrc) {
    std::vector<SyncedLine> lines;
    for (TimedLine& line : parse_lrc(lrc)) {
        lines.push_back({line.at.count(), std::move(line.text)});
    }
    return lines.empty() ? json::Omittable<std::vector<SyncedLine>>{}
                         : json::Omittable<std::vector<SyncedLine>>{std::move(lines)};
}

std::string search_words(const std::string& q) {
    std::string words = first_characters(q, longest_search);
    return is_blank(words) ? std::string{} : words;
}

Task<Result<FoundArtists>> search(app::SongSearch& search, std::string q) {
    FoundArtists found;
    if (q.empty()) {
        co_return found;
    }
    const auto artists = co_await search.artists(std::move(q));
    if (!artists) {
        co_return std::unexpected(artists.error());
    }
    for (const app::CatalogueArtist& artist : (*artists)->artists) {
        if (found.artists.size() < most_artists) {
            found.artists.push_back({artist.id, artist.name, artist.image});
        }
    }
    co_return found;
}

Task<Result<Suggestions>> suggest(app::SongSearch& search, std::string q) {
    Suggestions suggestions;
    if (q.empty()) {
        co_return suggestions;
    }
    const auto artists = co_await search.artists(std::move(q));
    if (!artists) {
        co_return std::unexpected(artists.error());
    }
    for (const app::CatalogueArtist& artist : (*artists)->artists) {
        if (suggestions.results.size() < most_suggestions) {
            suggestions.results.push_back({artist.id, artist.name, artist.image});
        }
    }
    co_return suggestions;
}

Task<Result<SongList>> songs(app::SongSearch& search, std::int64_t artist) {
    const auto found = co_await search.songs_of(artist, most_songs);
    if (!found) {
        co_return std::unexpected(found.error());
    }
    SongList list{.songs = {}, .cut_off = (*found)->cut_off};
    for (const app::CatalogueSong& song : (*found)->songs) {
        list.songs.push_back({song.id, song.title, song.image, song.album, song.date});
    }
    co_return list;
}

/// Why there are no words, for a client that knows only found and not found.
std::string_view absence(app::LyricsState state) {
    switch (state) {
    case app::LyricsState::instrumental:
        return "This song is an instrumental.";
    case app::LyricsState::unreleased:
        return "The lyrics of this song are not available yet.";
    default:
        return "Lyrics not found!";
    }
}

Task<Result<GeniusLyrics>> genius_lyrics(app::LyricsService& lyrics, std::string request_id,
                                         std::int64_t id) {
    Result<app::SongLyrics> song = co_await lyrics.of_genius_song(id, std::move(request_id));
    if (!song) {
        co_return std::unexpected(std::move(song.error()));
    }
    app::FoundLyrics& found = song->lyrics;
    if (found.state != app::LyricsState::found) {
        co_return fail(Errc::not_found, std::string{absence(found.state)});
    }
    std::string words = without_section_tags(found.text);
    co_return GeniusLyrics{.track_info = {words, std::move(found.title), std::move(found.artist), found.url},
                           .lyrics = words,
                           .emotion_analysis = std::move(song->analysis),
                           .sections = sections_in(found.text),
                           .source = std::move(found.source),
                           .synced = synced_in(found.synced)};
}

Task<Result<TrackLyricsAnswer>> track_lyrics(app::TrackLyricsService& lyrics, app::Caller caller,
                                             std::string track) {
    Result<app::TrackLyrics> found = co_await lyrics.of_track(std::move(caller), std::move(track));
    if (!found) {
        co_return std::unexpected(std::move(found.error()));
    }
    app::SongLyrics& song = found->song;
    if (song.lyrics.state == app::LyricsState::missing) {
        co_return fail(Errc::not_found, std::string{absence(song.lyrics.state)});
    }
    co_return TrackLyricsAnswer{.track = {found->track.id, found->track.name, found->track.artists},
                                .state = song.lyrics.state,
                                .lyrics = without_section_tags(song.lyrics.text),
                                .sections = sections_in(song.lyrics.text),
                                .emotion_analysis = std::move(song.analysis),
                                .source = std::move(song.lyrics.source),
                                .url = std::move(song.lyrics.url),
                                .synced = synced_in(song.lyrics.synced)};
}

Task<Result<TrackLyricsAnswer>> not_a_track() {
    co_return fail(Errc::invalid_argument, "track must be the id of a Spotify track.");
}

bool is_track_id(std::string_view id) {
    constexpr std::size_t length = 22; // base 62, as Spotify writes them
    return id.size() == length && std::ranges::all_of(id, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           });
}

void add_genius_routes(Routes& routes, app::SongSearch& search_service, app::LyricsService& lyrics) {
    constexpr std::string_view away =
        "503 with `Retry-After` when Genius is not connected (`GENIUS_ACCESS_TOKEN`), blocks us or is down.";
    routes.get<FoundArtists>("/api/genius/search-artist", "Artists at Genius by name")
        .tag("Lyrics")
        .describe("Each once; an empty list when nothing fits. " + std::string{away})
        .query<SearchQuery>()
        .limit(Limit::genius)
        .fails_with(Errc::upstream_unavailable)
        .handle(
            [&search_service](SearchQuery query) { return search(search_service, search_words(*query.q)); });

    routes.get<Suggestions>("/api/genius/autocomplete", "The same while somebody types")
        .tag("Lyrics")
        .describe("At most eight. Equal questions within a few minutes are answered from memory. " +
                  std::string{away})
        .query<SearchQuery>()
        .limit(Limit::genius)
        .fails_with(Errc::upstream_unavailable)
        .handle(
            [&search_service](SearchQuery query) { return suggest(search_service, search_words(*query.q)); });

    routes.get<SongList>("/api/genius/artist-songs/{artist_id}", "An artist's songs at Genius")
        .tag("Lyrics")
        .describe("Their own, most popular first, at most 500; `cut_off` says that there are more. " +
                  std::string{away})
        .limit(Limit::genius)
        .fails_with(Errc::upstream_unavailable)
        .handle([&search_service](std::int64_t artist_id) { return songs(search_service, artist_id); });

    routes.get<GeniusLyrics>("/api/genius/lyrics/{song_id}", "The words of a song, and what they say")
        .tag("Lyrics")
        .describe("From the song's page at Genius, or another source when that can't be had. 404 when nobody "
                  "has them, when the song is an instrumental, or not available yet: `detail` says which. " +
                  std::string{away} + " Kept once found.")
        .limit(Limit::genius)
        .fails_with(Errc::not_found, Errc::upstream_unavailable)
        .handle([&lyrics](const http::Request& request, std::int64_t song_id) {
            return genius_lyrics(lyrics, request.request_id, song_id);
        });
}

} // namespace

void add_lyrics_routes(Routes& routes, app::SongSearch& search_service, app::LyricsService& lyrics,
                       app::TrackLyricsService& tracks) {
    add_genius_routes(routes, search_service, lyrics);

    routes.get<TrackLyricsAnswer>("/api/lyrics", "The words of a Spotify track, and what they say")
        .tag("Lyrics")
        .describe(
            "For what plays now. `state` is `found`, `instrumental` or `unreleased`; 404 when no source "
            "knows the track's words. `synced` is there when the source has times. 503 with "
            "`Retry-After` when they could not be looked up.")
        .needs_session()
        .query<LyricsQuery>()
        .limit(Limit::genius)
        .fails_with(Errc::invalid_argument, Errc::not_found, Errc::upstream_unavailable)
        .handle([&tracks](const app::Caller& caller, LyricsQuery query) -> Task<Result<TrackLyricsAnswer>> {
            if (caller.session && !is_track_id(*query.track)) {
                return not_a_track();
            }
            return track_lyrics(tracks, caller, *query.track);
        });
}

} // namespace personalify::api

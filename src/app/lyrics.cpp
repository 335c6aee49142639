#include "app/lyrics.hpp"

#include "app/section_emotions.hpp"
#include "domain/songs.hpp"
#include "domain/text.hpp"

#include <algorithm>

namespace personalify::app {

namespace {

constexpr std::size_t longest_text = 200'000;   ///< characters of a song's words
constexpr std::size_t longest_synced = 300'000; ///< bytes of the same with times
constexpr std::chrono::seconds same_length{5};

/// Of two reasons why it could not be looked, the one that passes sooner.
void keep_sooner(std::optional<Error>& kept, Error error) {
    const auto wait = [](const Error& of) { return of.retry_after.value_or(std::chrono::seconds{5}); };
    if (!kept || wait(error) < wait(*kept)) {
        kept = std::move(error);
    }
}

bool is_named(const SongQuery& song) {
    return !comparable(song.title).empty() && !comparable(song.artist).empty();
}

} // namespace

Task<Result<SongLyrics>> LyricsService::of_genius_song(std::int64_t id, std::string request_id) {
    return remembered("genius/" + std::to_string(id), [this, id, request_id = std::move(request_id)] {
        return ask_genius_first(id, request_id);
    });
}

Task<Result<SongLyrics>> LyricsService::of_song(SongQuery song) {
    if (!is_named(song)) { // no source could tell it from others
        co_return SongLyrics{};
    }
    // Another length is another recording: other times, and perhaps another answer.
    const auto length = std::chrono::round<std::chrono::seconds>(song.duration) / same_length;
    const std::string key = "song/" + song_key(song.artist, song.title) + '/' + std::to_string(length);
    co_return co_await remembered(key, [this, key, song] { return ask(key, song, places_.sources); });
}

Task<Result<SongLyrics>> LyricsService::remembered(std::string key, Look look) {
    std::string flight = key;
    std::function<Task<Result<SongLyrics>>()> work = [this, key = std::move(key), look = std::move(look)] {
        return find(key, look);
    };
    return flights_.run(std::move(flight), patience, std::move(work));
}

bool LyricsService::is_good(const StoredLyrics& song) const {
    switch (song.lyrics.state) {
    case LyricsState::found:
        return true;
    case LyricsState::instrumental:
        return clock_.now() - song.found_at < instrumental_lasts;
    default:
        return clock_.now() - song.found_at < absence_lasts;
    }
}

Task<Result<SongLyrics>> LyricsService::find(std::string key, Look look) {
    Result<std::optional<StoredLyrics>> known = co_await places_.store.find(key);
    if (!known) {
        report("lyrics.find", known.error());
    }
    StoredLyrics song;
    if (known && known->has_value()) {
        song = std::move(**known);
    }
    const bool is_known = known && known->has_value() && is_good(song);
    if (!is_known) {
        Result<FoundLyrics> found = co_await look();
        if (!found) {
            co_return std::unexpected(std::move(found.error()));
        }
        song = {.key = std::move(key), .lyrics = std::move(*found), .found_at = clock_.now()};
        song.lyrics.text = first_characters(song.lyrics.text, longest_text);
        if (song.lyrics.synced.size() > longest_synced) {
            song.lyrics.synced.clear();
        }
    }
    const bool is_read = song.lyrics.state != LyricsState::found ||
                         (song.analysis && song.analysis_version == engine_.version());
    bool for_good = false;
    if (!is_read) {
        song.analysis_version = engine_.version();
        song.analysis = co_await analyze(song.lyrics.text, for_good);
    }
    std::optional<LyricsAnalysis> shown_now = song.analysis;
    if (!for_good && !is_read) {
        song.analysis.reset(); // read again when somebody asks again
    }
    if (!is_known || for_good) {
        const Result<> saved = co_await places_.store.save(song, kept);
        if (!saved) {
            report("lyrics.save", saved.error());
        }
    }
    co_return SongLyrics{std::move(song.lyrics), shown_now.value_or(LyricsAnalysis{})};
}

Task<Result<FoundLyrics>> LyricsService::ask_genius_first(std::int64_t id, std::string request_id) {
    Result<CatalogueSong> song = co_await places_.catalogue.song(id);
    if (!song && song.error().code == Errc::not_found) {
        co_return FoundLyrics{};
    }
    if (!song) {
        co_return std::unexpected(std::move(song.error()));
    }
    std::vector<LyricsSource*> sources = places_.sources;
    std::ranges::stable_partition(sources, [](LyricsSource* source) { return source->name() == "genius"; });
    SongQuery query{.title = song->title,
                    .artist = song->artist,
                    .genius_url = song->url,
                    .request_id = std::move(request_id)};
    Result<FoundLyrics> found =
        co_await ask("genius/" + std::to_string(id), std::move(query), std::move(sources));
    if (found) { // the names that clients chose it by
        found->title = std::move(song->title);
        found->artist = std::move(song->artist);
        found->url = std::move(song->url);
    }
    co_return found;
}

Task<Result<FoundLyrics>> LyricsService::ask_one(LyricsSource& source, std::string key, SongQuery song) {
    key = source.name() + '/' + key;
    if (const std::optional<LyricsState> absence = absent_.find(key)) {
        FoundLyrics known;
        known.state = *absence;
        known.source = source.name();
        co_return known;
    }
    Result<FoundLyrics> found = co_await source.find(std::move(song));
    if (found && (found->state == LyricsState::missing || found->state == LyricsState::unreleased)) {
        absent_.keep(std::move(key), found->state);
    }
    co_return found;
}

Task<Result<FoundLyrics>> LyricsService::ask(std::string key, SongQuery song,
                                             std::vector<LyricsSource*> sources) {
    FoundLyrics best{};
    std::optional<Error> not_looked;
    for (LyricsSource* source : sources) {
        Result<FoundLyrics> found = co_await ask_one(*source, key, song);
        if (!found) {
            found.error().request_id = song.request_id;
            report("lyrics." + source->name(), found.error());
            keep_sooner(not_looked, std::move(found.error()));
            continue;
        }
        if (found->state == LyricsState::found || found->state == LyricsState::instrumental) {
            co_return found;
        }
        if (found->state == LyricsState::unreleased) {
            best = std::move(*found);
        }
    }
    if (not_looked) {
        not_looked->detail = "The lyrics could not be looked up right now. Please try again later.";
        if (not_looked->code != Errc::rate_limited && not_looked->code != Errc::overloaded) {
            not_looked->code = Errc::upstream_unavailable;
        }
        co_return std::unexpected(std::move(*not_looked));
    }
    if (sources.empty()) {
        co_return fail(Errc::upstream_unavailable, "No source of lyrics is configured.");
    }
    co_return best;
}

Task<std::optional<LyricsAnalysis>> LyricsService::analyze(const std::string& text, bool& for_good) {
    const std::vector<LyricsSection> sections = sections_to_read(text, most_characters, most_sections);
    std::vector<std::string> texts;
    texts.reserve(sections.size());
    for (const LyricsSection& section : sections) {
        texts.push_back(section.text);
    }
    if (texts.empty()) {
        for_good = true;
        co_return LyricsAnalysis{};
    }
    const Result<std::vector<EmotionReading>> read = co_await engine_.read(std::move(texts));
    if (!read || read->size() != sections.size()) {
        report("lyrics.emotions",
               read ? Error{Errc::internal, "", "another number of readings"} : read.error());
        co_return std::nullopt;
    }
    for_good = std::ranges::none_of(*read, &EmotionReading::provisional);
    co_return whole_of(sections, *read, shown);
}

void LyricsService::report(std::string_view what, const Error& error) const {
    if (report_) {
        report_(what, error);
    }
}

Task<Result<Track>> TrackLyricsService::track(UserId user, std::string id) {
    Result<std::optional<Track>> known = co_await library_.track(id);
    if (known && known->has_value() && !(*known)->artists.empty()) {
        co_return std::move(**known);
    }
    if (std::optional<Track> remembered = known_.find(id)) {
        co_return std::move(*remembered);
    }
    // Per user: what goes wrong with one's tokens is not another's trouble.
    std::string flight = user.str() + '/' + id;
    std::function<Task<Result<Track>>()> work = [this, user, id] { return at_spotify(user, id); };
    co_return co_await asking_.run(std::move(flight), LyricsService::patience, std::move(work));
}

Task<Result<Track>> TrackLyricsService::at_spotify(UserId user, std::string id) {
    std::function<Task<Result<Track>>(std::string)> request = [this, id](std::string token) {
        return spotify_.track(std::move(token), id, Urgency::user_request);
    };
    Result<Track> track = co_await tokens_.call<Track>(std::move(user), std::move(request));
    if (track) {
        known_.keep(std::move(id), *track);
    }
    co_return track;
}

Task<Result<TrackLyrics>> TrackLyricsService::of_track(Caller caller, std::string id) {
    if (!caller.session) {
        co_return fail(Errc::unauthenticated, login_again);
    }
    Result<Track> found = co_await track(caller.session->user, std::move(id));
    if (!found) {
        co_return std::unexpected(std::move(found.error()));
    }
    SongQuery song{.title = found->name,
                   .artist = found->artists.empty() ? "" : found->artists.front(),
                   .album = found->album.name,
                   .duration = std::chrono::milliseconds{found->duration_ms},
                   .request_id = std::move(caller.request_id)};
    Result<SongLyrics> lyrics = co_await lyrics_.of_song(std::move(song));
    if (!lyrics) {
        co_return std::unexpected(std::move(lyrics.error()));
    }
    co_return TrackLyrics{std::move(*found), std::move(*lyrics)};
}

} // namespace personalify::app

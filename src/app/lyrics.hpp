#pragma once

#include "app/caller.hpp"
#include "app/ports/emotion_engine.hpp"
#include "app/ports/library.hpp"
#include "app/ports/lyrics_sources.hpp"
#include "app/ports/lyrics_store.hpp"
#include "app/ports/song_catalogue.hpp"
#include "app/ports/spotify.hpp"
#include "app/report.hpp"
#include "app/timed_memory.hpp"
#include "app/tokens.hpp"
#include "core/single_flight.hpp"

#include <functional>
#include <vector>

namespace personalify::app {

/// The words of a song and what they say.
struct SongLyrics {
    FoundLyrics lyrics;      ///< in whatever state
    LyricsAnalysis analysis; ///< without emotions when there are no words, or they could not be read now
};

/// A track's words.
struct TrackLyrics {
    Track track;
    SongLyrics song;
};

/// Where words come from.
struct LyricsPlaces {
    SongCatalogue& catalogue;
    std::vector<LyricsSource*> sources; ///< in the order in which they are asked
    LyricsStore& store;
};

/// Finds the words of songs and reads their emotions: each song once, however many ask, for as long as it is
/// remembered. What is not there is remembered for a day; that it could not be looked is not remembered. Any
/// shard may use it.
class LyricsService {
public:
    static constexpr std::chrono::hours absence_lasts{24};
    static constexpr std::chrono::hours instrumental_lasts{24 * 30}; ///< sources err, and mend it
    static constexpr std::size_t most_absences = 10'000; ///< of songs at sources that are remembered
    static constexpr LyricsBounds kept{.count = 100'000, .bytes = 512 * 1024 * 1024};
    static constexpr std::size_t most_characters = 20'000; ///< that are read for emotions
    static constexpr std::size_t most_sections = 40;       ///< that are told apart
    static constexpr std::size_t shown = 5;                ///< emotions
    static constexpr std::chrono::seconds patience{30};

    LyricsService(LyricsPlaces places, EmotionEngine& engine, const Clock& clock, Report report = nullptr)
        : places_(std::move(places))
        , engine_(engine)
        , clock_(clock)
        , report_(std::move(report))
        , absent_(clock, absence_lasts, most_absences) {}

    /// By the id of a song at Genius, whose page is asked before other sources. Errors: upstream_unavailable
    /// and rate_limited when it could not be looked, overloaded.
    Task<Result<SongLyrics>> of_genius_song(std::int64_t id, std::string request_id = {});
    /// By what is known of a song. Errors as above.
    Task<Result<SongLyrics>> of_song(SongQuery song);

    /// What memory holds beside the stored lyrics: which sources said that they have none.
    std::size_t size() const { return absent_.size(); }
    std::size_t clear() { return absent_.clear(); }

private:
    using Look = std::function<Task<Result<FoundLyrics>>()>;

    Task<Result<SongLyrics>> remembered(std::string key, Look look);
    Task<Result<SongLyrics>> find(std::string key, Look look);
    bool is_good(const StoredLyrics& song) const;
    Task<Result<FoundLyrics>> ask_genius_first(std::int64_t id, std::string request_id);
    Task<Result<FoundLyrics>> ask(std::string key, SongQuery song, std::vector<LyricsSource*> sources);
    /// One source, unless it said not long ago that it has no words.
    Task<Result<FoundLyrics>> ask_one(LyricsSource& source, std::string key, SongQuery song);
    /// nullopt when the engine could not read now.
    Task<std::optional<LyricsAnalysis>> analyze(const std::string& text, bool& for_good);
    void report(std::string_view what, const Error& error) const;

    LyricsPlaces places_;
    EmotionEngine& engine_;
    const Clock& clock_;
    Report report_;
    SingleFlight<SongLyrics> flights_;
    TimedMemory<LyricsState> absent_; ///< what a source said of a song, while another could not be asked
};

/// The words of what a listener plays.
class TrackLyricsService {
public:
    static constexpr std::chrono::hours track_kept{24};
    static constexpr std::size_t most_tracks = 2000; ///< of those that only Spotify knows

    TrackLyricsService(LyricsService& lyrics, LibraryStore& library, SpotifyApi& spotify,
                       TokenService& tokens, const Clock& clock)
        : lyrics_(lyrics)
        , library_(library)
        , spotify_(spotify)
        , tokens_(tokens)
        , known_(clock, track_kept, most_tracks) {}

    /// By the id of a Spotify track, which is asked for at Spotify when no listener's tops hold it. Errors:
    /// unauthenticated, not_found for an unknown track, and those of the lyrics.
    Task<Result<TrackLyrics>> of_track(Caller caller, std::string id);
    metrics::CacheStats track_cache() const { return known_.stats(); }

    /// The tracks that are remembered from Spotify.
    std::size_t size() const { return known_.size(); }
    std::size_t clear() { return known_.clear(); }

private:
    Task<Result<Track>> track(UserId user, std::string id);
    Task<Result<Track>> at_spotify(UserId user, std::string id);

    LyricsService& lyrics_;
    LibraryStore& library_;
    SpotifyApi& spotify_;
    TokenService& tokens_;
    TimedMemory<Track> known_; ///< from Spotify
    SingleFlight<Track> asking_;
};

} // namespace personalify::app

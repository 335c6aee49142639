#pragma once

#include "app/ports/emotion_engine.hpp"
#include "app/ports/title_readings.hpp"
#include "core/clock.hpp"

#include <atomic>
#include <set>
#include <span>

namespace personalify::app {

/// What is known of some titles.
struct KnownTitles {
    std::vector<std::string> titles; ///< normalised, in order; the same one may come twice
    TitleReadingStore::Found readings;
    std::vector<bool> provisional = {}; ///< which of them were read while a service was away

    /// How many are known.
    int known() const;
    bool has_provisional() const;
    bool complete() const { return known() == static_cast<int>(titles.size()); }
    /// What they say together; of a complete one.
    EmotionSummary summary() const;
    /// The first `most` that are not known for good and not in `tried`, each once.
    std::vector<std::string> unread(std::size_t most, const std::set<std::string>& tried) const;
};

/// Titles and what an engine reads in them: each title once per version of the engine. Any shard may use it.
class TitleReader {
public:
    static constexpr int most_kept = 200'000;
    /// After trouble the engine is left alone for this long, then twice as long, up to the longest.
    static constexpr std::chrono::minutes first_rest{1};
    static constexpr std::chrono::minutes longest_rest{60};
    static constexpr std::chrono::minutes provisional_for{10};

    TitleReader(TitleReadingStore& store, EmotionEngine& engine, const Clock& clock)
        : store_(store)
        , engine_(engine)
        , clock_(clock) {}

    /// What is known of the first `count` titles. Errors: the store's.
    Task<Result<KnownTitles>> look_up(std::vector<std::string> titles, int count);
    /// Reads normalised titles, and keeps what was read. Errors: the engine's and the store's.
    Task<Result<>> read(std::vector<std::string> titles);

    /// Whether titles with a provisional reading may be read again: not for a while after the last such one.
    bool may_read_again() const;

    /// The engine could not read, in spite of all patience: let it rest.
    void rest();
    bool is_resting() const { return rests_for() > std::chrono::seconds{0}; }
    /// How long it still rests, rounded up; 0 when it does not.
    std::chrono::seconds rests_for() const;

private:
    /// Under it stands what was read while a service was away: used until the engine itself has read.
    std::string provisional_version() const;

    TitleReadingStore& store_;
    EmotionEngine& engine_;
    const Clock& clock_;
    std::atomic<int> troubles_ = 0; ///< rests since the engine last worked
    std::atomic<TimePoint::rep> rests_until_ = 0;
    std::atomic<TimePoint::rep> again_from_ = 0; ///< when provisional readings may be replaced
};

} // namespace personalify::app

#pragma once

#include "app/player_pace.hpp"
#include "core/clock.hpp"
#include "core/error.hpp"
#include "domain/playing.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace personalify::app {

/// What is shown of a player at one moment: progress_ms is where playback is right now.
struct PlayerView {
    Playing playing;
    std::string error; ///< why nothing is known, to be shown; "" for none
};

/// The code of a look that was not made because the player's share of the call budget is spent. Nothing that
/// a look depends on (storage, tokens, Spotify) fails with it.
inline constexpr Errc budget_spent = Errc::too_many_requests;

/// What is known of one user's player, and when to ask again. Pure: no clock, no locks, no waiting.
///
/// Between two answers progress is extrapolated. A failure keeps the last good answer in view for a while,
/// and is shown after that; the next question then waits, longer each time.
class PlayerState {
public:
    /// How often a player is looked at while something plays and somebody watches.
    explicit PlayerState(std::chrono::milliseconds poll)
        : poll_(poll) {}

    /// Takes in the answer to a question that was put at `sent`; true when watchers have to be told.
    /// `jitter` in [0, 1) spreads the next question after a failure, and where looks are scarce.
    bool apply(Result<Playing> answer, TimePoint sent, TimePoint now, double jitter);

    /// Makes what is to be seen now a new version, if it is news to those who were told the last one; true
    /// when they have to be told. apply() does it; later, time alone turns a hidden failure into a visible
    /// one.
    bool tell(TimePoint now);

    /// The user logged in anew: nothing that was learned before counts, and the next answer is news. Versions
    /// go on.
    void forget();

    /// Whether something was answered, be it a failure.
    bool has_answer() const { return good_ || failure_.has_value(); }
    /// Whether there is something better to show than a failure.
    bool is_good(TimePoint now) const { return good_ && !shows_failure(now); }
    PlayerView view(TimePoint now) const;
    /// Counts what watchers were told.
    std::uint64_t version() const { return version_; }
    /// Whether the last version still stands; false before the first one.
    bool has_told() const { return told_; }

    /// Whether what is known is older than `max_age`, and asking is allowed now.
    bool may_ask(TimePoint now, std::chrono::milliseconds max_age) const;
    /// How long until the next look for those who watch: the usual time, stretched, or sooner when a track
    /// ends; between 0 and a minute or one such time.
    std::chrono::milliseconds until_due(TimePoint now, const PlayerPace& pace) const;
    /// What those who watch would like, before it is stretched.
    WantedLooks wanted() const;

private:
    bool shows_failure(TimePoint now) const;
    std::chrono::milliseconds usual() const;
    void take(Playing fresh, TimePoint sent, TimePoint now);
    void back_off(const Error& failure, TimePoint now, double jitter);
    void count_end_polls(const Playing& fresh, TimePoint at);

    std::chrono::milliseconds poll_;

    bool good_ = false;
    Playing playing_;     ///< the last good answer; progress_ms always set
    TimePoint true_at_{}; ///< when it was true
    TimePoint asked_at_{};
    double jitter_ = 0; ///< of the next look
    int end_polls_ = 0; ///< looks at the end of this track that did not see it end

    std::optional<Error> failure_; ///< of the last question
    int failures_ = 0;             ///< in a row
    TimePoint not_before_{};       ///< of the next question after a failure

    bool told_ = false;
    PlayerView shown_; ///< what watchers were told last, and when
    TimePoint shown_at_{};
    std::uint64_t version_ = 0;
};

} // namespace personalify::app

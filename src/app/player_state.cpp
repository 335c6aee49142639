#include "app/player_state.hpp"

#include <algorithm>

namespace personalify::app {

namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

constexpr milliseconds after_end = 200ms;    ///< the next track is on by then, as Spotify tells it
constexpr milliseconds shortest_gap = 250ms; ///< between two looks
constexpr milliseconds end_gap = 1s;         ///< between looks at an end that does not come
constexpr int most_end_polls = 4;
constexpr int paused_pace = 3;        ///< times the usual pace
constexpr int silent_pace = 5;        ///< where the budget is tight; else as paused
constexpr double widest_jitter = 0.2; ///< of a stretched time
constexpr milliseconds first_backoff = 1s;
constexpr milliseconds longest_backoff = 60s;

/// How long the last good answer stands in for a failure.
milliseconds hold(Errc code) {
    switch (code) {
    case budget_spent: // Spotify is fine, we only may not look
        return 10min;
    case Errc::unauthenticated:
    case Errc::forbidden:
    case Errc::not_found:
        return 0ms;
    default:
        return 30s;
    }
}

} // namespace

bool PlayerState::shows_failure(TimePoint now) const {
    return failure_ && (!good_ || now - asked_at_ >= hold(failure_->code));
}

PlayerView PlayerState::view(TimePoint now) const {
    if (shows_failure(now)) {
        return {.playing = {}, .error = failure_->detail};
    }
    PlayerView view{.playing = playing_, .error = {}};
    view.playing.progress_ms = progress_after(playing_, now - true_at_);
    return view;
}

bool PlayerState::apply(Result<Playing> answer, TimePoint sent, TimePoint now, double jitter) {
    jitter_ = jitter;
    if (answer) {
        take(std::move(*answer), sent, now);
    } else {
        back_off(answer.error(), now, jitter);
        failure_ = std::move(answer.error());
    }
    return tell(now);
}

bool PlayerState::tell(TimePoint now) {
    if (!good_ && (!failure_ || failure_->code == budget_spent)) {
        return false; // nothing is known, and nothing is wrong: there will be something to tell
    }
    PlayerView fresh = view(now);
    const bool same =
        told_ && fresh.error == shown_.error && !is_news(shown_.playing, now - shown_at_, fresh.playing);
    if (!same) {
        ++version_;
        told_ = true;
        shown_ = std::move(fresh);
        shown_at_ = now;
    }
    return !same;
}

void PlayerState::forget() {
    const std::uint64_t version = version_;
    *this = PlayerState{poll_};
    version_ = version;
}

void PlayerState::take(Playing fresh, TimePoint sent, TimePoint now) {
    const TimePoint at = sent + std::max<milliseconds>(now - sent, 0ms) / 2;
    if (!fresh.progress_ms) { // then it runs on, if it is the same
        fresh.progress_ms = good_ && same_item(playing_, fresh) ? progress_after(playing_, at - true_at_) : 0;
    }
    count_end_polls(fresh, at);
    good_ = true;
    playing_ = std::move(fresh);
    true_at_ = at;
    asked_at_ = sent;
    failure_.reset();
    failures_ = 0;
    not_before_ = {};
}

void PlayerState::count_end_polls(const Playing& fresh, TimePoint at) {
    const auto before = good_ ? time_left(playing_, at - true_at_) : std::nullopt;
    const auto after = time_left(fresh, 0ms);
    const bool at_the_end = before && after && *before == 0ms && *after < poll_ && same_item(playing_, fresh);
    end_polls_ = at_the_end ? end_polls_ + 1 : 0;
}

void PlayerState::back_off(const Error& failure, TimePoint now, double jitter) {
    milliseconds wait = 0ms;
    if (failure.code != budget_spent) {
        failures_ = std::min(failures_ + 1, 10);
        wait = std::min(first_backoff * (1 << (failures_ - 1)), longest_backoff);
    }
    wait = std::clamp<milliseconds>(failure.retry_after.value_or(1s), wait, longest_backoff);
    // Those who were refused together don't come back together.
    not_before_ =
        now + wait + milliseconds{static_cast<std::int64_t>(jitter * static_cast<double>(wait.count()) / 4)};
}

bool PlayerState::may_ask(TimePoint now, milliseconds max_age) const {
    if (failure_) { // the second part: the clock was set back
        return now >= not_before_ || not_before_ - now > 2 * longest_backoff;
    }
    return !good_ || now - asked_at_ >= max_age || now < asked_at_;
}

milliseconds PlayerState::usual() const {
    return poll_ * (playing_.is_playing ? 1 : paused_pace);
}

milliseconds PlayerState::until_due(TimePoint now, const PlayerPace& pace) const {
    if (may_ask(now, milliseconds::max()) || now < asked_at_) {
        return 0ms;
    }
    if (failure_) {
        return not_before_ - now;
    }
    double stretch = pace.stretch;
    if (stretch > 1.0) { // all keep this pace: those who began together should not stay together
        stretch *= 1.0 + jitter_ * widest_jitter;
        stretch *= playing_.what == Playing::What::nothing ? double{silent_pace} / paused_pace : 1.0;
    }
    const milliseconds stretched{static_cast<std::int64_t>(static_cast<double>(usual().count()) * stretch)};
    TimePoint due = asked_at_ + stretched;
    const auto left = time_left(playing_, 0ms);
    if (left && pace.looks_at_ends && end_polls_ < most_end_polls) {
        const milliseconds gap = end_polls_ > 0 ? end_gap : shortest_gap;
        due = std::min(due, std::max(true_at_ + *left + after_end, asked_at_ + gap));
    }
    return std::clamp<milliseconds>(due - now, 0ms, std::max(stretched, longest_backoff));
}

WantedLooks PlayerState::wanted() const {
    const auto every = [](milliseconds time) {
        return std::int64_t{1'000'000'000} / std::max<std::int64_t>(time.count(), 1);
    };
    if (failure_ && failures_ > 0) {
        return {.paced = every(std::max(usual(), milliseconds{10s}))};
    }
    const bool ends = time_left(playing_, 0ms).has_value();
    return {.paced = every(usual()),
            .at_ends = ends ? every(milliseconds{std::max(playing_.track.duration_ms, poll_.count())}) : 0};
}

} // namespace personalify::app

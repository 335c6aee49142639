#include "upstream/spotify/governor.hpp"

#include "upstream/spotify/retry.hpp"

#include <algorithm>

namespace personalify::spotify {

namespace {

using namespace std::chrono_literals;

constexpr int longest_line = 256;

/// One of the callers that wait, or are about to. The count may outlive the governor, when a shard is torn
/// down late.
class InLine {
public:
    explicit InLine(std::shared_ptr<std::atomic<int>> count)
        : count_(std::move(count))
        , number_(++*count_) {}
    InLine(const InLine&) = delete;
    InLine& operator=(const InLine&) = delete;
    ~InLine() { --*count_; }
    bool too_many() const { return number_ > longest_line; }

private:
    std::shared_ptr<std::atomic<int>> count_;
    int number_;
};

Error come_back(std::chrono::milliseconds wait, Errc code) {
    return {code, "Spotify limits how often we may ask. Please try again later.", "held back before the call",
            std::max<std::chrono::seconds>(1s, std::chrono::ceil<std::chrono::seconds>(wait))};
}

} // namespace

Governor::Governor(std::string name, CallBudget budget, app::UpstreamStateStore& states, const Timing& timing,
                   Report report)
    : budget_(budget)
    , timing_(timing)
    , closure_(std::move(name), states, timing.clock, std::move(report)) {}

void Governor::forget_old_calls(TimePoint now) {
    for (std::deque<TimePoint>* calls : {&calls_, &player_calls_}) {
        while (!calls->empty() && calls->front() <= now - budget_.window) {
            calls->pop_front();
        }
        // Nobody waits longer than a job: what lies further ahead was noted before the clock was set back.
        while (!calls->empty() && calls->back() > now + spotify::patience(app::Urgency::background)) {
            calls->pop_back();
        }
    }
}

BudgetUse Governor::use() {
    const std::lock_guard lock(mutex_);
    forget_old_calls(timing_.clock.now());
    return {.used = static_cast<int>(calls_.size()),
            .player = static_cast<int>(player_calls_.size()),
            .most = budget_.calls};
}

Governor::Place Governor::take_player_place(TimePoint now) {
    TimePoint at = std::max(now, closure_.until());
    const bool closed = at > now;
    const auto free_at = [&](const std::deque<TimePoint>& calls, int allowed) {
        const auto most = static_cast<std::size_t>(std::max(allowed, 1));
        return calls.size() < most ? now : calls[calls.size() - most] + budget_.window;
    };
    if (budget_.calls > 0) {
        at = std::max({at, free_at(player_calls_, budget_.player_calls()),
                       free_at(calls_, budget_.filled_for_player())});
    }
    Place place{.wait = at - now};
    place.admitted = place.reserved = at == now;
    place.refused = !place.admitted;
    place.closed = closed;
    if (place.admitted && budget_.calls > 0) {
        player_calls_.insert(std::ranges::upper_bound(player_calls_, now), now);
        calls_.insert(std::ranges::upper_bound(calls_, now), now);
    }
    return place;
}

Governor::Place Governor::take_place(app::Urgency urgency, std::chrono::milliseconds patience) {
    const std::lock_guard lock(mutex_);
    const TimePoint now = timing_.clock.now();
    forget_old_calls(now);
    if (urgency == app::Urgency::player) {
        return take_player_place(now);
    }
    const bool user = urgency == app::Urgency::user_request;
    const auto allowed = static_cast<std::size_t>(user ? budget_.calls : budget_.background_calls());
    TimePoint at = std::max(now, closure_.until());
    if (budget_.calls > 0 && calls_.size() >= allowed) { // the call that has to leave the window first
        at = std::max(at, calls_[calls_.size() - allowed] + budget_.window);
    }
    Place place{.wait = at - now};
    place.admitted = at == now;
    place.refused = place.wait > patience;
    // Users get their place promised. A job looks again when the time has come, so that it never stands
    // before a user who comes later.
    place.reserved = !place.refused && (place.admitted || user);
    if (place.reserved && budget_.calls > 0) {
        calls_.insert(std::ranges::upper_bound(calls_, at), at);
    }
    return place;
}

Task<Result<>> Governor::admit(app::Urgency urgency, std::chrono::milliseconds patience) {
    const TimePoint give_up = timing_.clock.now() + patience;
    const InLine line(waiting_);
    // Where the line is full only a place at once will do: none is promised to a caller who is sent away.
    Place place = take_place(urgency, line.too_many() ? 0ms : patience);
    while (!place.admitted) {
        if (place.refused) {
            const bool spent = urgency == app::Urgency::player && !place.closed;
            Error refusal = come_back(place.wait, spent ? Errc::too_many_requests : Errc::rate_limited);
            const bool is_closed = closure_.left().has_value();
            record().not_asked(is_closed ? upstream::NotAsked::closed : upstream::NotAsked::budget);
            refusal.service = record().name();
            refusal.not_asked = is_closed;
            co_return std::unexpected(std::move(refusal));
        }
        const TimePoint due = timing_.clock.now() + place.wait;
        co_await timing_.sleep(place.wait);
        if (place.reserved && closure_.until() <= due) {
            break;
        }
        place = take_place(urgency, give_up - timing_.clock.now());
    }
    co_return Result<>{};
}

} // namespace personalify::spotify

#include "upstream/spotify/governor.hpp"

#include "upstream/spotify/retry.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <exception>

namespace personalify::spotify {

namespace {

using namespace std::chrono_literals;

constexpr int longest_line = 256;
constexpr auto worth_storing = 60s; ///< a restart takes about as long as a shorter closure

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

std::unexpected<Error> come_back(std::chrono::milliseconds wait) {
    return fail(Errc::rate_limited, "Spotify limits how often we may ask. Please try again later.",
                "held back before the call",
                std::max<std::chrono::seconds>(1s, std::chrono::ceil<std::chrono::seconds>(wait)));
}

} // namespace

Governor::Governor(std::string name, CallBudget budget, app::UpstreamStateStore& states, Timing timing,
                   Report report)
    : name_(std::move(name))
    , budget_(budget)
    , states_(states)
    , timing_(std::move(timing))
    , report_(std::move(report)) {}

Task<void> Governor::restore() {
    const Result<std::optional<TimePoint>> stored = co_await states_.closed_until(name_);
    if (!stored) {
        if (report_) {
            report_("reading until when " + name_ + " is closed", stored.error());
        }
        co_return;
    }
    if (!stored->has_value()) {
        co_return;
    }
    const TimePoint latest =
        timing_.clock.now() + longest_closure; // a clock once wrong must not close us for years
    const std::lock_guard lock(mutex_);
    closed_until_ = std::max(closed_until_, std::min(**stored, latest));
    stored_until_ = std::max(stored_until_, closed_until_);
}

Governor::Place Governor::take_place(app::Urgency urgency, std::chrono::milliseconds patience) {
    const std::lock_guard lock(mutex_);
    const TimePoint now = timing_.clock.now();
    while (!calls_.empty() && calls_.front() <= now - budget_.window) {
        calls_.pop_front();
    }
    // Nobody waits longer than a job: what lies further ahead was noted before the clock was set back.
    while (!calls_.empty() && calls_.back() > now + spotify::patience(app::Urgency::background)) {
        calls_.pop_back();
    }
    const bool user = urgency == app::Urgency::user_request;
    const auto allowed = static_cast<std::size_t>(user ? budget_.calls : budget_.background_calls());
    TimePoint at = std::max(now, closed_until_);
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
            co_return come_back(place.wait);
        }
        const TimePoint due = timing_.clock.now() + place.wait;
        co_await timing_.sleep(place.wait);
        if (place.reserved) {
            const std::lock_guard lock(mutex_);
            if (closed_until_ <= due) {
                break;
            }
        }
        place = take_place(urgency, give_up - timing_.clock.now());
    }
    co_return Result<>{};
}

void Governor::close_until(TimePoint until, Executor shard) {
    const TimePoint now = timing_.clock.now();
    {
        const std::lock_guard lock(mutex_);
        closed_until_ = std::max(closed_until_, until);
        // Calls that fail together ask for nearly the same time: one write is enough.
        if (until - now <= worth_storing || until <= stored_until_ + worth_storing) {
            return;
        }
        stored_until_ = until;
    }
    asio::co_spawn(shard, persist(states_, name_, until, report_), [](std::exception_ptr) {});
}

Task<void> Governor::persist(app::UpstreamStateStore& states, std::string name, TimePoint until,
                             Report report) {
    Result<> stored = fail(Errc::internal, "");
    try {
        stored = co_await states.close_until(name, until);
    } catch (const std::exception& failure) {
        stored = fail(Errc::internal, "Internal Server Error", failure.what());
    }
    if (!stored && report) {
        report("storing until when " + name + " is closed", stored.error());
    }
}

} // namespace personalify::spotify

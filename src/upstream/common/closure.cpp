#include "upstream/common/closure.hpp"

#include "crypto/crypto.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>

namespace personalify::upstream {

namespace {

using namespace std::chrono_literals;

constexpr auto worth_storing = 60s; ///< a restart takes about as long as a shorter closure

} // namespace

ClosureName closure_of_key(std::string_view service, std::string_view key) {
    constexpr std::size_t digits = 16;
    std::string name{service};
    if (key.empty()) {
        return name;
    }
    std::string stored = name + '-' + crypto::sha256_hex(std::string{key}).substr(0, digits);
    return {std::move(name), std::move(stored)};
}

Closure::Closure(ClosureName name, app::UpstreamStateStore& states, const Clock& clock, Report report,
                 std::chrono::seconds longest)
    : name_(std::move(name.stored))
    , states_(states)
    , clock_(clock)
    , report_(std::move(report))
    , record_(report_.board->record(name.service))
    , longest_(longest) {}

Task<void> Closure::restore() {
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
    const TimePoint latest = clock_.now() + longest_;
    const std::lock_guard lock(mutex_);
    until_ = std::max(until_, std::min(**stored, latest));
    stored_until_ = std::max(stored_until_, until_);
    report_.board->close(*record_, clock_.now(), until_, "closed before the restart");
}

TimePoint Closure::until() const {
    const std::lock_guard lock(mutex_);
    return until_;
}

std::optional<std::chrono::seconds> Closure::left() const {
    const auto wait = until() - clock_.now();
    return wait > 0ms ? std::optional{std::chrono::ceil<std::chrono::seconds>(wait)} : std::nullopt;
}

void Closure::close_until(TimePoint until, Executor shard, std::string why) {
    const TimePoint now = clock_.now();
    report_.board->close(*record_, now, until, std::move(why));
    {
        const std::lock_guard lock(mutex_);
        until_ = std::max(until_, until);
        // Calls that fail together ask for nearly the same time: one write is enough.
        if (until - now <= worth_storing || until <= stored_until_ + worth_storing) {
            return;
        }
        stored_until_ = until;
    }
    asio::co_spawn(shard, persist(states_, name_, until, report_), [](std::exception_ptr) {});
}

Task<void> Closure::persist(app::UpstreamStateStore& states, std::string name, TimePoint until,
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

} // namespace personalify::upstream

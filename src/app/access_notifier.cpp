#include "app/access_notifier.hpp"

#include <algorithm>

namespace personalify::app {

NextDelivery after_attempt(const MessageOutcome& outcome, int attempts, TimePoint now) {
    switch (outcome.fate) {
    case MessageFate::sent:
        return {.delivery = Delivery::sent};
    case MessageFate::maybe_sent:
        return {.delivery = Delivery::maybe_sent};
    case MessageFate::unsendable:
        return {.delivery = Delivery::failed};
    case MessageFate::not_sent:
    case MessageFate::misconfigured:
        break;
    }
    const bool ours = outcome.fate == MessageFate::misconfigured; // told once somebody mends the settings
    if (!ours && attempts >= AccessNotifier::most_attempts) {
        return {.delivery = Delivery::failed};
    }
    constexpr int most_doublings = 10; // more than an hour
    const auto pause = std::min<std::chrono::seconds>(AccessNotifier::first_pause *
                                                          (1 << std::clamp(attempts - 1, 0, most_doublings)),
                                                      AccessNotifier::longest_pause);
    return {.delivery = Delivery::pending, .next_attempt = now + outcome.wait.value_or(pause)};
}

std::string words_about(const StoredAccessRequest& stored) {
    return "New access request " + std::to_string(stored.id) + "\nName: " + stored.request.name +
           "\nMail: " + stored.request.email;
}

Task<void> AccessNotifier::work(Executor shard) {
    const auto bell = std::make_shared<Bell>(shard);
    {
        const std::lock_guard lock(mutex_);
        bell_ = bell;
    }
    return work_by(bell);
}

void AccessNotifier::ring() {
    const std::lock_guard lock(mutex_);
    if (bell_) {
        bell_->ring();
    }
}

Task<void> AccessNotifier::work_by(std::shared_ptr<Bell> bell) {
    Timer rest(co_await asio::this_coro::executor);
    bool settled = false; // what an earlier process left behind
    for (;;) {
        Round round;
        try {
            if (!settled) {
                const Result<int> interrupted = co_await requests_.settle_interrupted();
                settled = interrupted.has_value();
                round = settled ? Round{} : trouble(interrupted.error());
            }
            if (settled) {
                round = co_await run_once();
            }
        } catch (const std::exception& failure) { // this one is the only one
            round = trouble({Errc::internal, "Internal Server Error", failure.what()});
        }
        if (round.until_rung) {
            co_await bell->wait(round.rest);
        } else {
            rest.expires_after(round.rest);
            co_await rest.async_wait(asio::as_tuple(use_task));
        }
    }
}

Task<AccessNotifier::Round> AccessNotifier::run_once() {
    if (const auto closed = messenger_.closed_for()) {
        co_return Round{.rest = std::min<std::chrono::seconds>(*closed, longest_pause)};
    }
    Result<std::optional<StoredAccessRequest>> due = co_await requests_.take_due(clock_.now());
    if (!due) {
        co_return trouble(due.error());
    }
    if (!due->has_value()) {
        co_return co_await look_later();
    }
    const StoredAccessRequest& stored = **due;
    const MessageOutcome outcome = co_await messenger_.send(words_about(stored));
    const NextDelivery next = after_attempt(outcome, stored.attempts, clock_.now());
    if (next.delivery == Delivery::failed && report_) {
        report_("access.notify", {Errc::upstream_unavailable,
                                  "A request for access could not be told to the owner: see "
                                  "/admin/access-requests.",
                                  "gave up"});
    }
    if (const Result<> kept = co_await requests_.settle(stored.id, next.delivery, next.next_attempt); !kept) {
        Round round = trouble(kept.error()); // it stays "sending", and is never sent twice
        round.tried = true;
        co_return round;
    }
    co_return Round{.tried = true, .rest = between};
}

Task<AccessNotifier::Round> AccessNotifier::look_later() {
    const Result<std::optional<TimePoint>> next = co_await requests_.next_due();
    if (!next) {
        co_return trouble(next.error());
    }
    const std::chrono::milliseconds longest = longest_pause;
    const auto wait = next->has_value() ? **next - clock_.now() : longest;
    co_return Round{.rest = std::clamp(wait, std::chrono::milliseconds{1}, longest), .until_rung = true};
}

AccessNotifier::Round AccessNotifier::trouble(const Error& error) const {
    if (report_) {
        report_("access.notify", error);
    }
    return {.rest = trouble_look};
}

} // namespace personalify::app

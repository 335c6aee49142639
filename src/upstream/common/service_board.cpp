#include "upstream/common/service_board.hpp"

#include <algorithm>

namespace personalify::upstream {

namespace {

constexpr std::array<std::string_view, ServiceRecord::outcome_count> outcome_words{"ok", "refused", "limited",
                                                                                   "timeout", "error"};
constexpr std::array<std::string_view, 2> not_asked_words{"closed", "budget"};

} // namespace

CallOutcome outcome_of(const net::HttpResult& result) {
    if (!result) {
        return result.error().timed_out ? CallOutcome::timeout : CallOutcome::error;
    }
    if (result->status == 429) {
        return CallOutcome::limited;
    }
    if (result->status >= 500) {
        return CallOutcome::error;
    }
    const bool says_something = result->status < 400 || result->status == 404 || result->status == 410;
    return says_something ? CallOutcome::ok : CallOutcome::refused;
}

std::optional<ServiceRecord::Closed> ServiceRecord::closed(TimePoint now) const {
    const std::lock_guard lock(mutex_);
    return closed_.until > now ? std::optional{closed_} : std::nullopt;
}

bool ServiceRecord::close(TimePoint now, TimePoint until, std::string why) {
    const std::lock_guard lock(mutex_);
    const bool was_open = closed_.until <= now;
    if (until <= closed_.until || until <= now) {
        return false;
    }
    closed_ = {until, std::move(why)};
    is_closed_ = true;
    closures_.add(was_open ? 1 : 0);
    return was_open;
}

bool ServiceRecord::opens(TimePoint now) {
    const std::lock_guard lock(mutex_);
    return closed_.until <= now && std::exchange(is_closed_, false);
}

std::shared_ptr<ServiceRecord> ServiceBoard::record(std::string_view name) {
    const std::lock_guard lock(mutex_);
    const auto at = std::ranges::find_if(records_, [name](const auto& each) { return each->name() == name; });
    return at != records_.end() ? *at
                                : records_.emplace_back(std::make_shared<ServiceRecord>(std::string{name}));
}

std::vector<std::shared_ptr<ServiceRecord>> ServiceBoard::all() const {
    const std::lock_guard lock(mutex_);
    return records_;
}

void ServiceBoard::close(ServiceRecord& record, TimePoint now, TimePoint until, std::string why) const {
    if (record.close(now, until, why) && events_.closed) {
        events_.closed(record.name(), until, why);
    }
}

void ServiceBoard::look(TimePoint now) const {
    for (const auto& record : all()) {
        if (record->opens(now) && events_.opened) {
            events_.opened(record->name());
        }
    }
}

void ServiceBoard::measure(metrics::Sink& sink, TimePoint now) const {
    const auto records = all();
    sink.family("personalify_upstream_call_duration_seconds", metrics::Kind::histogram,
                "Requests to other services, each try on its own, by how they ended.");
    for (const auto& record : records) {
        for (std::size_t i = 0; i < outcome_words.size(); ++i) {
            sink.sample({{"service", record->name()}, {"outcome", outcome_words[i]}},
                        record->calls_[i].snapshot());
        }
    }
    sink.family("personalify_upstream_not_asked_total", metrics::Kind::counter,
                "Calls that were not made: the service is left alone (closed), or the budget is spent.");
    for (const auto& record : records) {
        for (std::size_t i = 0; i < not_asked_words.size(); ++i) {
            sink.sample({{"service", record->name()}, {"reason", not_asked_words[i]}},
                        static_cast<double>(record->not_asked_[i].value()));
        }
    }
    sink.family("personalify_upstream_closures_total", metrics::Kind::counter,
                "How often a service was closed after failures or at its own word.");
    for (const auto& record : records) {
        sink.sample({{"service", record->name()}}, static_cast<double>(record->closures_.value()));
    }
    sink.family("personalify_upstream_closed_seconds", metrics::Kind::gauge,
                "How long a service will still be left alone; 0 while it is open.");
    for (const auto& record : records) {
        const auto closed = record->closed(now);
        const auto left = closed ? closed->until - now : TimePoint::duration{0};
        sink.sample({{"service", record->name()}}, std::chrono::duration<double>(left).count());
    }
}

} // namespace personalify::upstream

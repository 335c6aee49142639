#include "app/reports.hpp"

#include <algorithm>

namespace personalify::app {

namespace {

constexpr std::chrono::seconds patience{30};
/// What was counted faster is counted again each time: nobody reads old numbers to save nothing.
constexpr std::chrono::milliseconds quick_count{100};
constexpr int shown_for_times = 100; ///< as long as counting took
constexpr std::chrono::minutes shown_for_most{10};
constexpr std::chrono::seconds export_retry{30};

} // namespace

ReportService::CountedPtr ReportService::recent() const {
    const std::lock_guard lock(mutex_);
    return counted_ != nullptr && clock_.now() < counted_->good_until ? counted_ : nullptr;
}

Task<Result<ReportService::CountedPtr>> ReportService::count() {
    const TimePoint begin = clock_.now();
    const std::uint64_t erasures = [this] {
        const std::lock_guard lock(mutex_);
        return erasures_;
    }();
    Result<StoredTotals> totals = co_await store_.totals(names_shown, users_shown);
    if (!totals) {
        co_return std::unexpected(std::move(totals.error()));
    }
    const TimePoint end = clock_.now();
    const auto shown_for =
        end - begin < quick_count
            ? std::chrono::milliseconds{}
            : std::min<std::chrono::milliseconds>((end - begin) * shown_for_times, shown_for_most);
    const auto counted = std::make_shared<const Counted>(Counted{std::move(*totals), begin, end + shown_for});
    const std::lock_guard lock(mutex_);
    if (erasures_ == erasures) { // else it may name somebody who is gone
        counted_ = counted;
    }
    co_return counted;
}

Task<Result<std::string>> ReportService::system() {
    CountedPtr counted = recent();
    if (counted == nullptr) {
        Result<CountedPtr> fresh = co_await counting_.run("totals", patience, [this] { return count(); });
        if (!fresh) {
            co_return std::unexpected(std::move(fresh.error()));
        }
        counted = std::move(*fresh);
    }
    ProcessReport process{.caches = caches_.sizes(),
                          .uptime =
                              std::chrono::duration_cast<std::chrono::seconds>(clock_.now() - started_at_)};
    co_return system_receipt({.stored = counted->totals,
                              .counted_at = counted->at,
                              .version = version_,
                              .process = std::move(process)});
}

Task<Result<std::string>> ReportService::user(UserId user) {
    const Result<std::optional<StoredUserTotals>> stored = co_await store_.user(user, names_shown);
    if (!stored) {
        co_return std::unexpected(stored.error());
    }
    co_return user_receipt(user, *stored, clock_.now());
}

void ReportService::erased() {
    const std::lock_guard lock(mutex_);
    counted_.reset();
    ++erasures_;
}

std::string ReportService::clear_caches() {
    erased();
    return cache_receipt(caches_.clear(), clock_.now());
}

ReportService::Export::~Export() {
    --*running_;
}

Task<Result<std::shared_ptr<ReportService::Export>>> ReportService::export_users() {
    if (++*running_ > most_exports) {
        --*running_;
        co_return std::unexpected(Error{.code = Errc::overloaded,
                                        .detail = "Other exports are going on. Please try again later.",
                                        .retry_after = export_retry});
    }
    const std::shared_ptr<Export> slot{new Export(running_, nullptr)};
    Result<UserSnapshot> rows = co_await store_.users();
    if (!rows) {
        co_return std::unexpected(std::move(rows.error()));
    }
    slot->rows_ = std::move(*rows);
    co_return slot;
}

} // namespace personalify::app

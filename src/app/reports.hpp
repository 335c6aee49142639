#pragma once

#include "app/caches.hpp"
#include "app/ports/reports.hpp"
#include "core/single_flight.hpp"
#include "domain/receipts.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace personalify::app {

/// What administrators see of the service, and what they may do with its caches. Any shard may use it.
class ReportService {
public:
    static constexpr int names_shown = 5;
    static constexpr int users_shown = 10;
    static constexpr int most_exports = 2; ///< at once

    ReportService(ReportStore& store, Caches& caches, const Clock& clock, std::string version)
        : store_(store)
        , caches_(caches)
        , clock_(clock)
        , version_(std::move(version))
        , started_at_(clock.now()) {}

    /// The receipt of the whole system. Counting all that is stored takes its time: totals are shown for a
    /// hundred times as long as it took, so that it costs a hundredth of a thread however often somebody
    /// asks.
    Task<Result<std::string>> system();
    /// A user's receipt, also of one who does not exist.
    Task<Result<std::string>> user(UserId user);
    /// Empties all caches, and says so.
    std::string clear_caches();
    /// A user is gone, and so are the counts that may name them.
    void erased();

    /// An export that is going on; counts against most_exports while it exists.
    class Export {
    public:
        ~Export();
        Export(const Export&) = delete;
        Export& operator=(const Export&) = delete;
        Task<Result<std::vector<ExportedUser>>> next(std::size_t at_most) { return rows_->next(at_most); }

    private:
        friend class ReportService;
        Export(std::shared_ptr<std::atomic<int>> running, UserSnapshot rows)
            : running_(std::move(running))
            , rows_(std::move(rows)) {}
        std::shared_ptr<std::atomic<int>> running_;
        UserSnapshot rows_;
    };
    /// All users as they are now. overloaded while others are exporting.
    Task<Result<std::shared_ptr<Export>>> export_users();

private:
    struct Counted {
        StoredTotals totals;
        TimePoint at{};
        TimePoint good_until{};
    };
    using CountedPtr = std::shared_ptr<const Counted>;

    Task<Result<CountedPtr>> count();
    CountedPtr recent() const;

    ReportStore& store_;
    Caches& caches_;
    const Clock& clock_;
    std::string version_;
    TimePoint started_at_;
    mutable std::mutex mutex_;
    CountedPtr counted_;         ///< guarded by mutex_
    std::uint64_t erasures_ = 0; ///< guarded by mutex_
    SingleFlight<CountedPtr> counting_;
    std::shared_ptr<std::atomic<int>> running_ = std::make_shared<std::atomic<int>>(0);
};

} // namespace personalify::app

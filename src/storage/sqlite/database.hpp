#pragma once

#include "net/blocking_pool.hpp"
#include "storage/sqlite/connection.hpp"

#include <array>
#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace personalify::storage {

/// The database file with its threads: one that writes, two that read, each with its own connection and the
/// queue bounded. Callers resume on their own shard.
///
/// Writes that queue up while the disk is busy share one commit: each runs in a savepoint of its own, so one
/// that fails takes none of the others along. A write completes when its commit is on the disk.
class Database {
public:
    static constexpr unsigned reader_count = 2;
    static constexpr std::size_t queue_limit = 1024; ///< waiting reads, and the same number of writes
    static constexpr std::size_t batch_limit = 64;   ///< writes that share a commit

    /// `file` exists and has the current schema. Throws SqliteFailure.
    explicit Database(const std::filesystem::path& file);
    ~Database();

    /// Runs `work(Connection&)`, which returns a Result, on a reading thread.
    template <class Work>
    Task<std::invoke_result_t<Work&, Connection&>> read(Work work) {
        using Outcome = std::invoke_result_t<Work&, Connection&>;
        co_return co_await reading_.run([this, work = std::move(work)]() mutable -> Outcome {
            try {
                const Lease lease{*this};
                return work(*lease.connection);
            } catch (const SqliteFailure& failure) {
                return std::unexpected(failure.error());
            }
        });
    }

    /// Runs `work(Connection&)`, which returns a Result, in a transaction; an error rolls it back.
    template <class Work>
    Task<std::invoke_result_t<Work&, Connection&>> write(Work work) {
        auto write = std::make_shared<TypedWrite<Work>>(std::move(work));
        if (!queue(write)) {
            co_return fail(Errc::overloaded, "The service is busy. Please try again.", "write queue is full");
        }
        co_return co_await writing_.run([this, write] {
            finish(*write);
            return write->take();
        });
    }

    /// For the work of a write: once it is committed, and before it is answered, the write-ahead log is
    /// emptied, where deleted rows would still be legible. While another process reads an older state (a
    /// backup) that has to wait; it is tried again behind later writes.
    void wipe_log_after_this() {
        wiping_ = true;
        wipe_after_ = {};
    }

    /// Reads, and commits a small change: a disk that is full or read-only is noticed.
    Task<Result<>> ping();

    void measure(metrics::Sink& sink) const;
    std::vector<const net::BlockingPool*> pools() const { return {&reading_, &writing_}; }

private:
    /// A queued write, whatever it returns. Only the writing thread touches it after it was queued.
    class Write {
    public:
        virtual ~Write() = default;
        /// Returns whether its changes are to be kept.
        virtual bool run(Connection& connection) = 0;
        /// The batch failed: what seemed done is not, and what did not run will not.
        virtual void lose(const Error& error) = 0;
        bool settled = false;
    };

    template <class Work>
    class TypedWrite final : public Write {
    public:
        using Outcome = std::invoke_result_t<Work&, Connection&>;
        explicit TypedWrite(Work work)
            : work_(std::move(work)) {}
        bool run(Connection& connection) override {
            ran_ = true;
            try {
                outcome_ = work_(connection);
            } catch (const SqliteFailure& failure) {
                outcome_ = std::unexpected(failure.error());
            } catch (...) {
                exception_ = std::current_exception();
                return false;
            }
            return outcome_.has_value();
        }
        void lose(const Error& error) override {
            if (!ran_ || outcome_.has_value()) {
                outcome_ = std::unexpected(error);
            }
        }
        Outcome take() {
            if (exception_) {
                std::rethrow_exception(exception_);
            }
            return std::move(outcome_);
        }

    private:
        Work work_;
        Outcome outcome_ = fail(Errc::internal, "Storage is unavailable.", "write did not run");
        std::exception_ptr exception_;
        bool ran_ = false;
    };

    /// A reading connection for the length of one call.
    struct Lease {
        explicit Lease(Database& from);
        ~Lease();
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        Database& database;
        std::unique_ptr<Connection> connection;
    };

    static constexpr std::array<double, 7> group_bounds{1, 2, 4, 8, 16, 32, 64};

    bool queue(std::shared_ptr<Write> write);
    void try_to_wipe_log();
    void finish(Write& write);
    void commit(const std::vector<std::shared_ptr<Write>>& batch);
    void run_in_savepoint(Write& write);

    StatementTimes times_; ///< first: the connections count into it
    metrics::Histogram group_sizes_{group_bounds};
    Connection writer_;
    bool wiping_ = false;                                ///< the writing thread's: the log is to be emptied
    std::chrono::steady_clock::time_point wipe_after_{}; ///< the same: when to try again
    std::chrono::seconds wipe_pause_{1};                 ///< the same: after a try in vain
    std::vector<std::unique_ptr<Connection>> idle_readers_; ///< guarded by mutex_
    std::deque<std::shared_ptr<Write>> queued_;             ///< guarded by mutex_
    std::size_t unanswered_ = 0; ///< guarded by mutex_; writes with a place in writing_
    metrics::Counter rejected_;  ///< writes that found the queue full
    mutable std::mutex mutex_;
    net::BlockingPool reading_;
    net::BlockingPool writing_; ///< last: its thread uses all of the above
};

} // namespace personalify::storage

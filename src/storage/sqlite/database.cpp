#include "storage/sqlite/database.hpp"

#include <algorithm>

namespace personalify::storage {

namespace {

constexpr NamedSql begin_batch{"database.begin", "BEGIN IMMEDIATE"};
constexpr NamedSql commit_batch{"database.commit", "COMMIT"};
constexpr NamedSql begin_write{"database.savepoint", "SAVEPOINT one_write"};
constexpr NamedSql undo_write{"database.undo", "ROLLBACK TO one_write"};
constexpr NamedSql end_write{"database.release", "RELEASE one_write"};
constexpr NamedSql read_something{"database.ping", "SELECT count(*) FROM upstream_state"};
// The value changes each time: SQLite writes no page that stays the same. No service has such a name.
constexpr NamedSql write_something{"database.ping_write",
                                   "INSERT INTO upstream_state (name, closed_until) VALUES ('.readiness', 0) "
                                   "ON CONFLICT (name) DO UPDATE SET closed_until = 1 - closed_until"};

constexpr NamedSql wait_for_readers{"database.wait", "PRAGMA busy_timeout = 250"};
constexpr NamedSql wait_as_usual{"database.wait_as_usual", "PRAGMA busy_timeout = 5000"};
constexpr NamedSql truncate_log{"database.wipe_log", "PRAGMA wal_checkpoint(TRUNCATE)"};
constexpr std::chrono::seconds between_wipes{1};
constexpr std::chrono::seconds longest_between_wipes{30};

} // namespace

Database::Database(const std::filesystem::path& file)
    : writer_(file, Connection::Mode::read_write, &times_)
    , reading_("sqlite-read", reader_count, queue_limit)
    , writing_("sqlite-write", 1, queue_limit) {
    for (unsigned i = 0; i < reader_count; ++i) {
        idle_readers_.push_back(std::make_unique<Connection>(file, Connection::Mode::read_only, &times_));
    }
}

Database::~Database() = default;

Database::Lease::Lease(Database& from)
    : database(from) {
    const std::lock_guard lock(database.mutex_);
    connection = std::move(database.idle_readers_.back()); // as many connections as threads: never empty
    database.idle_readers_.pop_back();
}

Database::Lease::~Lease() {
    const std::lock_guard lock(database.mutex_);
    database.idle_readers_.push_back(std::move(connection));
}

bool Database::queue(std::shared_ptr<Write> write) {
    const std::lock_guard lock(mutex_);
    if (unanswered_ >= queue_limit) { // checked here, so that writing_ never refuses what is queued
        rejected_.add();
        return false;
    }
    ++unanswered_;
    queued_.push_back(std::move(write));
    return true;
}

void Database::finish(Write& write) {
    std::vector<std::shared_ptr<Write>> batch;
    {
        const std::lock_guard lock(mutex_);
        --unanswered_;
        if (write.settled) {
            return; // an earlier write took this one along
        }
        const auto count = static_cast<std::ptrdiff_t>(std::min(queued_.size(), batch_limit));
        batch.assign(std::move_iterator{queued_.begin()}, std::move_iterator{queued_.begin() + count});
        queued_.erase(queued_.begin(), queued_.begin() + count);
    }
    group_sizes_.observe_alone(static_cast<double>(batch.size()));
    commit(batch);
    if (wiping_ && std::chrono::steady_clock::now() >= wipe_after_) {
        try_to_wipe_log();
    }
}

void Database::try_to_wipe_log() {
    try {
        writer_.script(wait_for_readers);
        Query query = writer_.query(truncate_log);
        wiping_ = !query.next() || query.boolean(0); // the first column: somebody was in the way
    } catch (const SqliteFailure&) {
        wiping_ = true;
    }
    // Whoever reads an older state may do so for minutes: each vain try costs the writes behind it a wait.
    wipe_pause_ = wiping_ ? std::min(2 * wipe_pause_, longest_between_wipes) : between_wipes;
    wipe_after_ = std::chrono::steady_clock::now() + wipe_pause_;
    writer_.script(wait_as_usual);
}

void Database::measure(metrics::Sink& sink) const {
    times_.measure(sink);
    sink.family("personalify_sqlite_commit_writes", metrics::Kind::histogram, "Writes that shared a commit.");
    sink.sample({}, group_sizes_.snapshot());
    std::size_t waiting = 0;
    {
        const std::lock_guard lock(mutex_);
        waiting = queued_.size();
    }
    sink.gauge("personalify_sqlite_writes_waiting", "Writes that wait for their commit.",
               static_cast<double>(waiting));
}

void Database::commit(const std::vector<std::shared_ptr<Write>>& batch) {
    const auto lose_all = [&](const Error& error) {
        writer_.roll_back();
        for (const std::shared_ptr<Write>& write : batch) {
            write->lose(error);
        }
    };
    try {
        writer_.execute(begin_batch);
        for (const std::shared_ptr<Write>& write : batch) {
            run_in_savepoint(*write);
        }
        writer_.execute(commit_batch);
    } catch (const SqliteFailure& failure) {
        lose_all(failure.error());
    } catch (const std::exception& failure) {
        lose_all({Errc::internal, "Storage is unavailable.", failure.what()});
    }
    for (const std::shared_ptr<Write>& write : batch) {
        write->settled = true;
    }
}

void Database::run_in_savepoint(Write& write) {
    writer_.execute(begin_write);
    const bool keep = write.run(writer_);
    if (!writer_.in_transaction()) { // disk full or I/O error: SQLite rolled the whole batch back
        throw SqliteFailure{"database.commit", "rolled back with a write of the same batch", 0};
    }
    if (!keep) {
        writer_.execute(undo_write);
    }
    writer_.execute(end_write);
}

Task<Result<>> Database::ping() {
    const Result<> readable = co_await read([](Connection& connection) -> Result<> {
        connection.query(read_something).next();
        return {};
    });
    if (!readable) {
        co_return readable;
    }
    co_return co_await write([](Connection& connection) -> Result<> {
        connection.execute(write_something);
        return {};
    });
}

} // namespace personalify::storage

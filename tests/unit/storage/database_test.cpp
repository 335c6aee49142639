#include "storage/sqlite/database.hpp"
#include "storage/sqlite/migrations.hpp"
#include "support/run_task.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <latch>

namespace personalify::storage {

namespace {

using test::run;
using test::run_all;

constexpr NamedSql add_state{"test.add", "INSERT INTO upstream_state VALUES (?1, 0)"};
constexpr NamedSql no_patience{"test.no_patience", "PRAGMA busy_timeout = 0"};
constexpr NamedSql lock{"test.lock", "BEGIN IMMEDIATE"};
constexpr NamedSql roll_back{"test.roll_back", "ROLLBACK"};
constexpr NamedSql count_states{"test.count", "SELECT count(*) FROM upstream_state"};

/// Where the writing thread waits while a test queues its next batch.
struct Gate {
    std::latch reached{1};
    std::latch open{1};
};

class DatabaseTest : public ::testing::Test {
protected:
    static std::filesystem::path make(const std::filesystem::path& file) {
        const std::ofstream created{file};
        Connection connection{file, Connection::Mode::read_write};
        EXPECT_TRUE(migrate(connection, schema_steps()));
        return file;
    }
    /// Adds a row; then ends with `outcome`.
    Task<Result<>> add(std::string name, Result<> outcome = {}) {
        return database_.write(
            [name = std::move(name), outcome = std::move(outcome)](Connection& connection) {
                connection.execute(add_state, name);
                return outcome;
            });
    }
    /// A write that keeps the writing thread until the gate opens.
    Task<Result<>> hold(std::shared_ptr<Gate> gate) {
        return database_.write([gate](Connection&) -> Result<> {
            gate->reached.count_down();
            gate->open.wait();
            return {};
        });
    }
    /// Keeps the loop until the writing thread stands at the gate: what is queued after this makes a batch of
    /// its own.
    static Task<Result<>> until_reached(std::shared_ptr<Gate> gate) {
        gate->reached.wait();
        co_return Result<>{};
    }
    /// Opens the gate when all that came before it is queued.
    Task<Result<>> open(std::shared_ptr<Gate> gate) {
        return database_.read([gate](Connection&) -> Result<> {
            gate->open.count_down();
            return {};
        });
    }
    std::int64_t count() {
        return run(database_.read([](Connection& connection) -> Result<std::int64_t> {
                   Query query = connection.query(count_states);
                   query.next();
                   return query.integer(0);
               }))
            .value();
    }

    test::TempDir dir_;
    Database database_{make(dir_.path() / "test.db")};
};

} // namespace

TEST_F(DatabaseTest, AWriteIsReadAfterwards) {
    EXPECT_TRUE(run(add("a")));
    EXPECT_EQ(count(), 1);
    EXPECT_TRUE(run(database_.ping()));
}

TEST_F(DatabaseTest, APingWrites) {
    constexpr NamedSql version{"test.version", "PRAGMA data_version"}; // changes with others' commits
    Connection watching{dir_.path() / "test.db", Connection::Mode::read_only};
    const auto seen = [&] {
        Query query = watching.query(version);
        query.next();
        return query.integer(0);
    };
    for (int i = 0; i < 3; ++i) {
        const std::int64_t before = seen();
        EXPECT_TRUE(run(database_.ping()));
        EXPECT_NE(seen(), before);
    }
    EXPECT_EQ(count(), 1);
}

TEST_F(DatabaseTest, WhatKeepsABatchFromStartingIsToldToItsWrites) {
    const auto hasten = [](Connection& connection) -> Result<> {
        connection.execute(no_patience);
        return {};
    };
    EXPECT_TRUE(run(database_.write(hasten)));
    Connection other{dir_.path() / "test.db", Connection::Mode::read_write};
    other.execute(lock);
    const Result<> refused = run(add("a"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::overloaded);
    EXPECT_TRUE(refused.error().cause.starts_with("database.begin: ")) << refused.error().cause;
    EXPECT_FALSE(run(database_.ping()));
    other.execute(roll_back);
    EXPECT_TRUE(run(add("a")));
}

TEST_F(DatabaseTest, AnErrorTakesItsOwnWritesBackOnly) {
    std::vector<Task<Result<>>> writes;
    for (int i = 0; i < 100; ++i) {
        const bool fails = i % 3 == 0;
        writes.push_back(add(std::to_string(i), fails ? Result<>{fail(Errc::not_found, "no")} : Result<>{}));
    }
    const std::vector<Result<>> results = run_all(std::move(writes));
    for (std::size_t i = 0; i < results.size(); ++i) {
        EXPECT_EQ(results[i].has_value(), i % 3 != 0);
    }
    EXPECT_EQ(count(), 66);
}

TEST_F(DatabaseTest, AStatementThatFailsHarmsNoOther) {
    std::vector<Task<Result<>>> writes;
    for (const char* name : {"a", "b", "a", "c"}) {
        writes.push_back(add(name));
    }
    const std::vector<Result<>> results = run_all(std::move(writes));
    EXPECT_TRUE(results[0] && results[1] && results[3]);
    ASSERT_FALSE(results[2]);
    EXPECT_EQ(results[2].error().code, Errc::internal);
    EXPECT_TRUE(results[2].error().cause.starts_with("test.add: UNIQUE constraint failed"));
    EXPECT_EQ(count(), 3);
}

TEST_F(DatabaseTest, ATransactionRolledBackBySqliteLosesTheWholeBatch) {
    // As SQLite does by itself when the disk is full: no write of the batch may claim to be stored.
    auto gate = std::make_shared<Gate>();
    std::vector<Task<Result<>>> writes;
    writes.push_back(hold(gate));
    writes.push_back(until_reached(gate));
    writes.push_back(add("a"));
    writes.push_back(database_.write([](Connection& connection) -> Result<> {
        connection.execute(roll_back);
        return fail(Errc::internal, "Storage is unavailable.", "disk full");
    }));
    writes.push_back(add("b"));
    writes.push_back(open(gate));
    const std::vector<Result<>> results = run_all(std::move(writes));
    EXPECT_TRUE(results[0]);
    EXPECT_FALSE(results[2]);
    ASSERT_FALSE(results[3]);
    EXPECT_EQ(results[3].error().cause, "disk full");
    EXPECT_FALSE(results[4]);
    EXPECT_EQ(count(), 0);
    EXPECT_TRUE(run(add("a")));
    EXPECT_EQ(count(), 1);
}

TEST_F(DatabaseTest, AnExceptionReachesTheCallerAndUndoesTheWrite) {
    const auto throwing = [](Connection& connection) -> Result<> {
        connection.execute(add_state, std::string_view{"a"});
        throw std::runtime_error("unexpected");
    };
    EXPECT_THROW((void)run(database_.write(throwing)), std::runtime_error);
    EXPECT_THROW(
        (void)run(database_.read([](Connection&) -> Result<> { throw std::runtime_error("unexpected"); })),
        std::runtime_error);
    EXPECT_EQ(count(), 0);
    EXPECT_TRUE(run(add("a")));
    EXPECT_EQ(count(), 1);
}

TEST_F(DatabaseTest, AFullQueueIsOverload) {
    auto gate = std::make_shared<Gate>();
    std::vector<Task<Result<>>> writes;
    writes.push_back(hold(gate));
    writes.push_back(until_reached(gate));
    constexpr std::size_t extra = 10;
    for (std::size_t i = 0; i < Database::queue_limit + extra; ++i) {
        writes.push_back(add(std::to_string(i)));
    }
    writes.push_back(open(gate));
    const std::vector<Result<>> results = run_all(std::move(writes));
    std::size_t refused = 0;
    for (const Result<>& result : results) {
        if (!result) {
            EXPECT_EQ(result.error().code, Errc::overloaded);
            ++refused;
        }
    }
    EXPECT_EQ(refused, extra); // the one at the gate has left the queue
    EXPECT_EQ(count(), static_cast<std::int64_t>(Database::queue_limit + extra - refused));
}

TEST_F(DatabaseTest, ReadsSeeWholeTransactions) {
    const auto add_two = [this](int i) {
        return database_.write([i](Connection& connection) -> Result<bool> {
            connection.execute(add_state, "x" + std::to_string(i));
            connection.execute(add_state, "y" + std::to_string(i));
            return true;
        });
    };
    std::vector<Task<Result<bool>>> tasks;
    for (int i = 0; i < 200; ++i) {
        tasks.push_back(add_two(i));
        tasks.push_back(database_.read([](Connection& connection) -> Result<bool> {
            Query query = connection.query(count_states);
            query.next();
            return query.integer(0) % 2 == 0;
        }));
    }
    for (const Result<bool>& result : run_all(std::move(tasks))) {
        EXPECT_TRUE(result.value());
    }
}

} // namespace personalify::storage

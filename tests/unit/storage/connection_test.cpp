#include "storage/sqlite/connection.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace personalify::storage {

namespace {

constexpr NamedSql create{"test.create", "CREATE TABLE t (a, b)"};
constexpr NamedSql insert{"test.insert", "INSERT INTO t VALUES (?1, ?2)"};
constexpr NamedSql select{"test.select", "SELECT a, b FROM t ORDER BY rowid"};

class ConnectionTest : public ::testing::Test {
protected:
    static std::filesystem::path make(const std::filesystem::path& file) {
        const std::ofstream created{file};
        return file;
    }
    test::TempDir dir_;
    std::filesystem::path file_ = make(dir_.path() / "test.db");
    Connection connection_{file_, Connection::Mode::read_write};
};

} // namespace

TEST_F(ConnectionTest, ValuesComeBackWithTheirTypes) {
    connection_.script(create);
    EXPECT_EQ(connection_.execute(insert, 42, std::string_view{"text with \0", 11}), 1);
    EXPECT_EQ(connection_.execute(insert, Blob{{"\x00\xff", 2}}, std::optional<std::string>{}), 1);
    EXPECT_EQ(connection_.execute(insert, true, std::string_view{}), 1);
    Query query = connection_.query(select);
    ASSERT_TRUE(query.next());
    EXPECT_EQ(query.integer(0), 42);
    EXPECT_EQ(query.text(1), (std::string{"text with \0", 11}));
    ASSERT_TRUE(query.next());
    EXPECT_EQ(query.bytes(0), (std::string{"\x00\xff", 2}));
    EXPECT_TRUE(query.is_null(1));
    EXPECT_EQ(query.text_or_null(1), std::nullopt);
    ASSERT_TRUE(query.next());
    EXPECT_TRUE(query.boolean(0));
    EXPECT_EQ(query.text_or_null(1), ""); // an empty text is no NULL
    EXPECT_FALSE(query.next());
}

TEST_F(ConnectionTest, FailuresNameTheStatement) {
    try {
        connection_.execute(insert, 1, 2);
        FAIL() << "there is no table";
    } catch (const SqliteFailure& failure) {
        EXPECT_EQ(failure.error().code, Errc::internal);
        EXPECT_EQ(failure.error().detail, "Storage is unavailable.");
        EXPECT_EQ(failure.error().cause, "test.insert: no such table: t (1)");
    }
}

TEST_F(ConnectionTest, ALockedDatabaseIsOverload) {
    EXPECT_EQ(SqliteFailure("test", "database is locked", 5).error().code, Errc::overloaded);
    EXPECT_EQ(SqliteFailure("test", "database is locked", 261).error().code, Errc::overloaded);
    EXPECT_EQ(SqliteFailure("test", "database or disk is full", 13).error().code, Errc::internal);
}

TEST_F(ConnectionTest, AReadOnlyConnectionDoesNotWrite) {
    connection_.script(create);
    Connection reader{file_, Connection::Mode::read_only};
    EXPECT_FALSE(reader.query(select).next());
    EXPECT_THROW(reader.execute(insert, 1, 2), SqliteFailure);
}

TEST_F(ConnectionTest, AcknowledgedWritesAreSynced) {
    constexpr NamedSql journal{"test.journal", "PRAGMA journal_mode"};
    constexpr NamedSql synchronous{"test.synchronous", "PRAGMA synchronous"};
    constexpr NamedSql foreign_keys{"test.foreign_keys", "PRAGMA foreign_keys"};
    Query mode = connection_.query(journal);
    ASSERT_TRUE(mode.next());
    EXPECT_EQ(mode.text(0), "wal");
    Query sync = connection_.query(synchronous);
    ASSERT_TRUE(sync.next());
    EXPECT_EQ(sync.integer(0), 2); // FULL
    Query keys = connection_.query(foreign_keys);
    ASSERT_TRUE(keys.next());
    EXPECT_EQ(keys.integer(0), 1);
}

TEST(Connection, AFileThatIsNoDatabaseIsRefused) {
    const test::TempDir dir;
    const std::filesystem::path file = dir.path() / "test.db";
    std::ofstream{file} << std::string(5000, 'x');
    EXPECT_THROW(Connection(file, Connection::Mode::read_write), SqliteFailure);
    EXPECT_THROW(Connection(dir.path() / "missing.db", Connection::Mode::read_write), SqliteFailure);
}

} // namespace personalify::storage

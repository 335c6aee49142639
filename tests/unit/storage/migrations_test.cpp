#include "storage/sqlite/migrations.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <array>
#include <fstream>

namespace personalify::storage {

namespace {

constexpr std::string_view first = "CREATE TABLE a (x)";
constexpr std::string_view second = "CREATE TABLE b (x); INSERT INTO b VALUES (7)";
constexpr std::string_view broken = "CREATE TABLE c (x); INSERT INTO nowhere VALUES (1)";

class MigrationsTest : public ::testing::Test {
protected:
    static std::filesystem::path make(const std::filesystem::path& file) {
        const std::ofstream created{file};
        return file;
    }
    std::int64_t ask(std::string_view text) {
        Connection asking{file_, Connection::Mode::read_only};
        Query query = asking.query({"test.ask", text});
        query.next();
        return query.integer(0);
    }
    bool has_table(const std::string& name) {
        return ask("SELECT count(*) FROM sqlite_schema WHERE name = '" + name + "'") == 1;
    }
    std::int64_t version() { return ask("PRAGMA user_version"); }

    test::TempDir dir_;
    std::filesystem::path file_ = make(dir_.path() / "test.db");
    Connection connection_{file_, Connection::Mode::read_write};
};

} // namespace

TEST_F(MigrationsTest, AnEmptyFileGetsTheWholeSchema) {
    ASSERT_TRUE(migrate(connection_, schema_steps()));
    EXPECT_EQ(version(), std::ssize(schema_steps()));
    for (const char* table : {"users", "sessions", "artists", "artist_genres", "tracks", "track_artists",
                              "top_syncs", "user_top_artists", "user_top_tracks", "sync_history",
                              "access_requests", "upstream_state", "translations"}) {
        EXPECT_TRUE(has_table(table)) << table;
    }
}

TEST_F(MigrationsTest, OnlyNewStepsRun) {
    const std::array steps{first, second};
    ASSERT_TRUE(migrate(connection_, std::span{steps}.first(1)));
    EXPECT_EQ(version(), 1);
    EXPECT_FALSE(has_table("b"));
    ASSERT_TRUE(migrate(connection_, steps));
    ASSERT_TRUE(migrate(connection_, steps));
    EXPECT_EQ(version(), 2);
    EXPECT_EQ(ask("SELECT sum(x) FROM b"), 7);
}

TEST_F(MigrationsTest, ABrokenStepLeavesTheOnesBeforeIt) {
    const std::array steps{first, broken};
    EXPECT_THROW(static_cast<void>(migrate(connection_, steps)), SqliteFailure);
    EXPECT_EQ(version(), 1);
    EXPECT_TRUE(has_table("a"));
    EXPECT_FALSE(has_table("c"));
    const std::array repaired{first, second};
    ASSERT_TRUE(migrate(connection_, repaired));
    EXPECT_EQ(version(), 2);
}

TEST_F(MigrationsTest, ADatabaseFromTheFutureIsRefused) {
    connection_.script({"test.future", "PRAGMA user_version = 99"});
    const Result<> migrated = migrate(connection_, schema_steps());
    ASSERT_FALSE(migrated);
    EXPECT_EQ(migrated.error().code, Errc::conflict);
    EXPECT_NE(migrated.error().detail.find("schema version 99"), std::string::npos);
    EXPECT_FALSE(has_table("users"));
}

} // namespace personalify::storage

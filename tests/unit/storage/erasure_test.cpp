#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/sqlite.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace personalify::storage {

namespace {

using namespace std::chrono_literals;
using test::noon;
using test::run;

constexpr const char* who = "a-listener-whom-nothing-else-is-named-like";

class SqliteErasure : public ::testing::Test {
protected:
    /// Whether the user's id is legible in any file of the folder.
    bool is_legible() {
        for (const auto& entry : std::filesystem::directory_iterator{dir_.path()}) {
            std::ifstream file{entry.path(), std::ios::binary};
            const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
            if (bytes.find(who) != std::string::npos) {
                return true;
            }
        }
        return false;
    }
    void fill() {
        const UserId user{who};
        ASSERT_TRUE(run(stores_->users().save_login(test::profile(who), {"sealed"}, noon)));
        Tops tops{{test::artist("a1")}, {test::track("t1")}};
        for (int i = 0; i < 50; ++i) { // what one row lies on moves about
            ASSERT_TRUE(run(stores_->library().save_tops(user, TimeRange::short_term, tops, noon)));
            ASSERT_TRUE(
                run(stores_->history().append(user, {test::document(TimeRange::short_term, who), noon})));
        }
    }

    test::TempDir dir_;
    ManualClock clock_{noon};
    std::unique_ptr<Stores> stores_ = open_sqlite(dir_.path(), clock_).value();
};

} // namespace

TEST_F(SqliteErasure, LeavesNoBytesBehind) {
    fill();
    ASSERT_TRUE(is_legible());
    EXPECT_EQ(run(stores_->users().erase(UserId{who})), true);
    EXPECT_FALSE(is_legible());
    EXPECT_EQ(std::filesystem::file_size(dir_.path() / "personalify.db-wal"), 0U);
}

TEST_F(SqliteErasure, OverwritesWhatWasDeletedBefore) {
    fill();
    ASSERT_TRUE(run(stores_->users().save_login(test::profile("bob"), {"sealed"}, noon)));
    for (int i = 0; i < 1010; ++i) { // more than are kept
        ASSERT_TRUE(run(stores_->history().append(
            UserId{"bob"}, {test::document(TimeRange::short_term, i < 10 ? who : "bob"), noon + i * 1ms})));
    }
    EXPECT_EQ(run(stores_->users().erase(UserId{who})), true);
    EXPECT_FALSE(is_legible());
}

TEST_F(SqliteErasure, WaitsForAReaderOfAnOlderState) {
    fill();
    {
        Connection reader{dir_.path() / "personalify.db", Connection::Mode::read_only};
        reader.script({"test.begin", "BEGIN; SELECT count(*) FROM users"});
        EXPECT_EQ(run(stores_->users().erase(UserId{who})), true) << "the rows are gone";
        EXPECT_TRUE(is_legible());
    }
    // Tried again behind later writes, now and then.
    while (is_legible()) {
        ASSERT_TRUE(run(stores_->ping()));
    }
}

} // namespace personalify::storage

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/sqlite.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sys/stat.h>

namespace personalify::storage {

namespace {

using namespace std::chrono_literals;
using test::noon;
using test::run;

class SqliteTest : public ::testing::Test {
protected:
    std::unique_ptr<Stores> open() { return open_sqlite(data_dir_, clock_).value(); }
    static unsigned mode(const std::filesystem::path& path) {
        struct stat found{};
        EXPECT_EQ(::stat(path.c_str(), &found), 0) << path;
        return found.st_mode & 0777U;
    }
    std::string ask(std::string_view text) {
        Connection asking{data_dir_ / "personalify.db", Connection::Mode::read_only};
        Query query = asking.query({"test.ask", text});
        return query.next() ? query.text(0) : "";
    }

    test::TempDir dir_;
    std::filesystem::path data_dir_ = dir_.path() / "deep" / "data";
    ManualClock clock_{noon};
};

} // namespace

TEST_F(SqliteTest, OnlyTheOwnerReadsTheFiles) {
    const std::unique_ptr<Stores> stores = open();
    ASSERT_TRUE(run(stores->ping()));
    EXPECT_EQ(mode(data_dir_), 0700U);
    for (const auto& file : std::filesystem::directory_iterator{data_dir_}) {
        EXPECT_EQ(mode(file.path()), 0600U) << file.path();
    }
}

TEST_F(SqliteTest, EverythingIsThereAfterReopening) {
    const Tops tops{{test::artist("a1"), test::artist("a2", {})}, {test::track("t1")}};
    {
        const std::unique_ptr<Stores> stores = open();
        ASSERT_TRUE(run(stores->users().save_login(test::profile("ada", "acc1"), {"sealed"}, noon)));
        ASSERT_TRUE(run(stores->users().set_sharing(UserId{"ada"}, true)));
        ASSERT_TRUE(run(
            stores->sessions().create({"hash", UserId{"ada"}, app::SessionKind::mobile, noon, noon + 24h})));
        ASSERT_TRUE(run(stores->library().save_tops(UserId{"ada"}, TimeRange::long_term, tops, noon)));
        ASSERT_TRUE(run(stores->history().append(UserId{"ada"}, {test::document(), noon})));
        ASSERT_TRUE(run(stores->access_requests().add({"Ada", "ada@example.org", noon}, 10)));
        ASSERT_TRUE(run(stores->upstream_state().close_until("spotify", noon + 20h)));
    }
    const std::unique_ptr<Stores> stores = open();
    const auto user = run(stores->users().find(UserId{"ada"})).value();
    ASSERT_TRUE(user.has_value());
    EXPECT_EQ(user->account_id, "acc1");
    EXPECT_EQ(user->sharing, true);
    EXPECT_EQ(run(stores->users().tokens(UserId{"ada"})).value(), app::SealedTokens{"sealed"});
    EXPECT_TRUE(run(stores->sessions().find("hash", noon)).value().has_value());
    const auto stored = run(stores->library().tops(UserId{"ada"}, TimeRange::long_term)).value();
    ASSERT_TRUE(stored.has_value());
    EXPECT_EQ(stored->tops, tops);
    EXPECT_EQ(run(stores->history().list(UserId{"ada"}, 10, std::nullopt))->size(), 1U);
    EXPECT_EQ(run(stores->access_requests().add({"Ada", "ada@example.org", noon}, 10)), false);
    EXPECT_EQ(run(stores->upstream_state().closed_until("spotify")).value(), noon + 20h);
}

TEST_F(SqliteTest, AnsweredWritesSurviveAKill) {
    const pid_t child = ::fork();
    if (child == 0) {
        const std::unique_ptr<Stores> stores = open();
        const bool saved =
            run(stores->users().save_login(test::profile("ada"), {"sealed"}, noon)).has_value();
        ::kill(::getpid(), saved ? SIGKILL : SIGTERM);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    ASSERT_EQ(WTERMSIG(status), SIGKILL);
    const std::unique_ptr<Stores> stores = open(); // the lock went with the process
    EXPECT_TRUE(run(stores->users().find(UserId{"ada"})).value().has_value());
}

TEST_F(SqliteTest, WhatASyncDoesNotKnowStaysInTheCatalogue) {
    const std::unique_ptr<Stores> stores = open();
    ASSERT_TRUE(run(stores->users().save_login(test::profile("ada"), {"sealed"}, noon)));
    const auto save = [&](const Tops& tops) {
        ASSERT_TRUE(run(stores->library().save_tops(UserId{"ada"}, TimeRange::short_term, tops, noon)));
    };
    save({{test::artist("a1", {"soul", "dream pop"})}, {test::track("t1")}});
    Tops poorer{{test::artist("a1", {})}, {test::track("t1")}};
    poorer.artists[0].popularity = 0;
    poorer.artists[0].image = "";
    poorer.artists[0].name = "Renamed";
    poorer.tracks[0].popularity = 0;
    poorer.tracks[0].preview_url = std::nullopt;
    save(poorer);
    EXPECT_EQ(ask("SELECT name || ' ' || popularity || ' ' || image FROM artists"),
              "Renamed 61 https://images.example/a1");
    EXPECT_EQ(
        ask("SELECT group_concat(name) FROM (SELECT name FROM artist_genres JOIN genres USING (genre_id) "
            "ORDER BY position)"),
        "soul,dream pop");
    EXPECT_EQ(ask("SELECT popularity || ' ' || preview_url FROM tracks"), "44 https://audio.example/t1");
    save({{test::artist("a1", {"indie"})}, {}});
    EXPECT_EQ(ask("SELECT group_concat(name) FROM artist_genres JOIN genres USING (genre_id)"), "indie");
    EXPECT_EQ(ask("SELECT count(*) FROM user_top_tracks"), "0");
    EXPECT_EQ(ask("SELECT group_concat(name) FROM (SELECT name FROM track_artists ORDER BY position)"),
              "Main Artist,Guest \"Ñ\" 🎧");
}

TEST_F(SqliteTest, NoEmailAddressOfAUserIsStored) {
    {
        const std::unique_ptr<Stores> stores = open();
        ASSERT_TRUE(run(stores->users().save_login(test::profile("ada"), {"sealed"}, noon)));
    }
    std::ifstream file{data_dir_ / "personalify.db", std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    EXPECT_NE(bytes.find("Rani Senja"), std::string::npos);
    EXPECT_EQ(bytes.find("rani@example.org"), std::string::npos);
}

TEST_F(SqliteTest, TheDataDirectoryHasOneUserAtATime) {
    std::unique_ptr<Stores> stores = open();
    const auto second = open_sqlite(data_dir_, clock_);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, Errc::conflict);
    EXPECT_NE(second.error().detail.find(data_dir_.string() + " is in use by another process"),
              std::string::npos);
    stores.reset();
    EXPECT_TRUE(open_sqlite(data_dir_, clock_).has_value());
}

TEST_F(SqliteTest, ANewerDatabaseIsLeftAlone) {
    open().reset();
    {
        Connection connection{data_dir_ / "personalify.db", Connection::Mode::read_write};
        connection.script({"test.future", "PRAGMA user_version = 99"});
    }
    const auto opened = open_sqlite(data_dir_, clock_);
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, Errc::conflict);
    EXPECT_EQ(ask("PRAGMA user_version"), "99");
}

TEST_F(SqliteTest, AnUnusableDirectoryOrFileIsNamed) {
    std::ofstream{dir_.path() / "file"} << "x";
    const auto in_file = open_sqlite(dir_.path() / "file" / "data", clock_);
    ASSERT_FALSE(in_file.has_value());
    EXPECT_NE(in_file.error().detail.find("file"), std::string::npos);
    std::filesystem::create_directories(data_dir_);
    std::ofstream{data_dir_ / "personalify.db"} << std::string(5000, 'x');
    const auto no_database = open_sqlite(data_dir_, clock_);
    ASSERT_FALSE(no_database.has_value());
    EXPECT_NE(no_database.error().detail.find("file is not a database"), std::string::npos);
}

} // namespace personalify::storage

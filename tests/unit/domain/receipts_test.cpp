#include "domain/receipts.hpp"
#include "domain/width.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace personalify {

namespace {

using namespace std::chrono_literals;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

const TimePoint at = TimePoint{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}} + 15h + 45min + 12s;

SystemReport report() {
    SystemReport made{.stored = {.engine = "SQLite", .engine_version = "3.40.1"}};
    made.counted_at = at;
    made.version = "0.1.0";
    return made;
}

void expect_no_line_is_wider(const std::string& receipt) {
    std::istringstream lines{receipt};
    for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(display_width(line), receipt_width) << line;
    }
}

} // namespace

TEST(LeaderLine, FillsThePlaceBetween) {
    EXPECT_EQ(leader_line("Total Users", "1"), " Total Users..........................1 \n");
    for (const char* value :
         {"user1", "Anggar Ñ \"Q\" 🎧", "宇多田ヒカル", "Ro\u0301s", "👩‍👩‍👧‍👦 아이유"}) {
        std::string line = leader_line("User", value);
        line.pop_back();
        EXPECT_EQ(display_width(line), receipt_width) << line;
    }
}

TEST(LeaderLine, GivesLongValuesLinesOfTheirOwn) {
    const std::string id(60, 'x');
    EXPECT_EQ(leader_line("Spotify ID", id),
              " Spotify ID:\n    " + std::string(36, 'x') + "\n    " + std::string(24, 'x') + '\n');
}

TEST(SystemReceipt, ShowsWhatThereIs) {
    SystemReport shown = report();
    shown.stored.users = 2;
    shown.stored.tracks = 39;
    shown.stored.top_artists = {{"SZA", 100}, {"Sigur Rós", 97}};
    shown.stored.top_tracks = {{"Untuk Perempuan Yang Sedang Di Pelukan", 93}};
    shown.stored.synced_users = 12;
    shown.stored.syncs = 40;
    shown.stored.last_synced = {UserId{"user2"}, UserId{"user1"}};
    shown.stored.jobs = {{"done", 3}, {"queued", 1}};
    shown.process = ProcessReport{.caches = {{"Dashboards", 4}, {"Song searches", 2}},
                                  .uptime = std::chrono::days{3} + 4h + 5min + 6s};
    const std::string receipt = system_receipt(shown);
    expect_no_line_is_wider(receipt);
    for (const char* line :
         {"        PERSONALIFY SYSTEM AUDIT\n", " DATE: 2026-11-22 15:45:12 UTC\n",
          "--- SQLITE (MAIN DB) ---\n", " Total Users..........................2 \n",
          " Total Tracks........................39 \n", " Development Mode Places Left....3 of 5 \n",
          "  Top 5 Artists (All Users):\n", "    - SZA (Pop: 100)\n", "    - Sigur Rós (Pop: 97)\n",
          "    - Untuk Perempuan Yang Se… (Pop: 93)\n", "--- SYNC HISTORY ---\n",
          " Synced Users Count..................12 \n", "    - user2\n    - user1\n    ... and 10 more\n",
          " Cached Keys Count....................6 \n", "   Dashboards.........................4 \n",
          " Total Jobs...........................4 \n", " Uptime.....................3d 04:05:06 \n",
          " SQLite..........................3.40.1 \n", "           THANK YOU - ADMIN\n"}) {
        EXPECT_THAT(receipt, HasSubstr(line));
    }
}

TEST(SystemReceipt, OfAnEmptyServiceSaysSo) {
    const std::string receipt = system_receipt(report());
    expect_no_line_is_wider(receipt);
    EXPECT_THAT(receipt, HasSubstr("    - No artists found in DB -\n"));
    EXPECT_THAT(receipt, HasSubstr("Development Mode Places Left....5 of 5 \n"));
    EXPECT_THAT(receipt, Not(HasSubstr("more")));
    EXPECT_THAT(receipt, Not(AnyOf(HasSubstr("CACHE"), HasSubstr("Uptime")))) << "no process, no memory";
}

TEST(SystemReceipt, ThereAreNeverLessThanNoPlaces) {
    SystemReport shown = report();
    shown.stored.users = 1'000'000;
    EXPECT_THAT(system_receipt(shown), HasSubstr("0 of 5 \n"));
}

TEST(UserReceipt, ShowsTheUser) {
    const StoredUserTotals stored{
        "Anggar Ñ \"Q\" 🎧", {{"SZA", 100}}, {{"宇多田ヒカル 宇多田ヒカル 宇多田ヒカル", 9}}};
    const std::string receipt = user_receipt(UserId{"user1"}, stored, at);
    expect_no_line_is_wider(receipt);
    EXPECT_THAT(receipt, HasSubstr("PERSONALIFY USER REPORT\n"));
    EXPECT_THAT(receipt, HasSubstr(" User...................Anggar Ñ \"Q\" 🎧 \n"));
    EXPECT_THAT(receipt, HasSubstr("    - SZA (Pop: 100)\n"));
    EXPECT_THAT(receipt, HasSubstr("… (Pop: 9)\n"));
}

TEST(UserReceipt, OfNobodySaysSo) {
    for (const std::string& id :
         {std::string{"nobody"}, std::string(255, 'x'), std::string{"a\nb\x1b[31m"}}) {
        const std::string receipt = user_receipt(UserId{id}, std::nullopt, at);
        expect_no_line_is_wider(receipt);
        EXPECT_THAT(receipt, HasSubstr("  ERROR: User with spotify_id"));
        EXPECT_THAT(receipt, HasSubstr("N/A \n"));
        EXPECT_THAT(receipt, HasSubstr("No tracks found in DB"));
        EXPECT_THAT(receipt, Not(HasSubstr("\x1b")));
    }
}

TEST(CacheReceipt, CountsWhatWent) {
    const std::string receipt = cache_receipt({{"Dashboards", 4}, {"Song searches", 0}}, at);
    expect_no_line_is_wider(receipt);
    EXPECT_THAT(receipt, HasSubstr("        PERSONALIFY CACHE FLUSH\n"));
    EXPECT_THAT(receipt, HasSubstr("  STATUS: SUCCESS\n"));
    EXPECT_THAT(receipt, HasSubstr(" TOTAL KEYS DELETED...................4 \n"));
    EXPECT_THAT(receipt, HasSubstr("           CACHE IS NOW EMPTY\n"));
}

} // namespace personalify

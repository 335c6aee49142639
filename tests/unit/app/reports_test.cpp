#include "app/reports.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"
#include "unit/app/fake_reports.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace personalify::app {

namespace {

using namespace test;
using ::testing::HasSubstr;

/// A cache of that many entries.
struct Box {
    std::size_t entries = 0;
    std::size_t size() const { return entries; }
    std::size_t clear() { return std::exchange(entries, 0); }
};

class ReportsTest : public ::testing::Test {
protected:
    ReportsTest() { caches_.add("Boxes", box_); }
    std::string system() { return run(reports_.system()).value(); }

    ManualClock clock_{noon};
    FakeReports store_;
    Box box_{3};
    Caches caches_;
    ReportService reports_{store_, caches_, clock_, "1.2.3"};
};

} // namespace

TEST_F(ReportsTest, ShowsStorageAndMemory) {
    clock_.advance(1h);
    const std::string receipt = system();
    EXPECT_THAT(receipt, HasSubstr(" Total Users..........................1 \n"));
    EXPECT_THAT(receipt, HasSubstr(" Cached Keys Count....................3 \n"));
    EXPECT_THAT(receipt, HasSubstr("0d 01:00:00 \n"));
    EXPECT_THAT(receipt, HasSubstr("1.2.3 \n"));
    EXPECT_THAT(run(reports_.user(UserId{"ada"})).value(), HasSubstr("Ada \n"));
    EXPECT_THAT(run(reports_.user(UserId{"eve"})).value(), HasSubstr("ERROR"));
}

TEST_F(ReportsTest, CountsAgainAfterAHundredTimesAsLongAsItTook) {
    store_.on_totals = [this] { clock_.advance(99ms); };
    system();
    EXPECT_THAT(system(), HasSubstr("Total Users..........................2 ")) << "it took no time";
    store_.on_totals = [this] { clock_.advance(100ms); };
    system();
    EXPECT_EQ(store_.counted, 3);
    clock_.advance(9999ms);
    system();
    EXPECT_EQ(store_.counted, 3);
    clock_.advance(1ms);
    EXPECT_THAT(system(), HasSubstr("Total Users..........................4 "));
}

TEST_F(ReportsTest, EmptiesAllCachesAndItsOwnMemory) {
    store_.on_totals = [this] { clock_.advance(1s); };
    system();
    EXPECT_THAT(reports_.clear_caches(), HasSubstr(" TOTAL KEYS DELETED...................3 \n"));
    EXPECT_THAT(reports_.clear_caches(), HasSubstr(" TOTAL KEYS DELETED...................0 \n"));
    EXPECT_THAT(system(), HasSubstr("Total Users..........................2 "));
}

TEST_F(ReportsTest, TwoExportsAtOnce) {
    auto first = run(reports_.export_users()).value();
    const auto second = run(reports_.export_users()).value();
    const auto refused = run(reports_.export_users());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::overloaded);
    EXPECT_TRUE(refused.error().retry_after);
    EXPECT_EQ(store_.open, 2);
    first.reset();
    EXPECT_EQ(store_.open, 1);
    store_.broken = true;
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(run(reports_.export_users()).error().code, Errc::internal) << "takes no place";
    }
    store_.broken = false;
    EXPECT_TRUE(run(reports_.export_users()));
}

} // namespace personalify::app

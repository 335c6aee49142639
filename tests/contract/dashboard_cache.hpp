#pragma once

#include "app/ports/dashboards.hpp"
#include "support/run_task.hpp"

#include <gtest/gtest.h>

namespace personalify::test {

using namespace std::chrono_literals;

/// What every app::DashboardCache does. A World has `app::DashboardCache& dashboards()`, empty at first, with
/// room for a hundred small entries, and `void pass(seconds)`, which lets time pass.
template <class World>
class DashboardCacheContract : public ::testing::Test {
protected:
    app::DashboardCache::Lookup look(const std::string& user, TimeRange range = TimeRange::short_term) {
        return run(cache().get(UserId{user}, range));
    }
    /// The name in the cached dashboard; "" when there is none.
    std::string name(const std::string& user, TimeRange range = TimeRange::short_term) {
        const app::DashboardCache::Lookup found = look(user, range);
        return found.value ? found.value->user : "";
    }
    void put(const std::string& user, std::string shown, std::uint64_t mark,
             TimeRange range = TimeRange::short_term) {
        auto dashboard = std::make_shared<Dashboard>();
        dashboard->user = std::move(shown);
        dashboard->time_range = range;
        run(cache().put(UserId{user}, std::move(dashboard), audience_, 60s, mark));
    }
    void erase(const std::string& user) { run(cache().erase(UserId{user})); }
    void pass(std::chrono::seconds time) { world_.pass(time); }
    app::DashboardCache& cache() { return world_.dashboards(); }

    app::DashboardCache::Audience audience_ = app::DashboardCache::Audience::own_user;

private:
    World world_;
};
TYPED_TEST_SUITE_P(DashboardCacheContract);

TYPED_TEST_P(DashboardCacheContract, KeepsOnePerUserAndRange) {
    EXPECT_EQ(this->name("ada"), "");
    this->put("ada", "Ada", this->look("ada").mark);
    this->put("ada", "Ada, long", this->look("ada").mark, TimeRange::long_term);
    this->put("bob", "Bob", this->look("bob").mark);
    EXPECT_EQ(this->name("ada"), "Ada");
    EXPECT_EQ(this->name("ada", TimeRange::long_term), "Ada, long");
    EXPECT_EQ(this->name("ada", TimeRange::medium_term), "");
    EXPECT_EQ(this->name("bob"), "Bob");
}

TYPED_TEST_P(DashboardCacheContract, EntriesExpire) {
    this->put("ada", "Ada", this->look("ada").mark);
    this->pass(59s);
    EXPECT_EQ(this->name("ada"), "Ada");
    this->pass(1s);
    EXPECT_EQ(this->name("ada"), "");
}

TYPED_TEST_P(DashboardCacheContract, ErasingTakesAllRangesOfTheUser) {
    this->put("bob", "Bob", this->look("bob").mark);
    for (const TimeRange range : all_time_ranges) {
        this->put("ada", "Ada", this->look("ada", range).mark, range);
    }
    this->erase("ada");
    for (const TimeRange range : all_time_ranges) {
        EXPECT_EQ(this->name("ada", range), "");
    }
    EXPECT_EQ(this->name("bob"), "Bob");
}

TYPED_TEST_P(DashboardCacheContract, WhatWasReadBeforeAnErasureDoesNotComeBack) {
    const std::uint64_t before = this->look("ada").mark;
    this->erase("ada");
    this->put("ada", "old", before);
    EXPECT_EQ(this->name("ada"), "");
    this->put("ada", "new", this->look("ada").mark);
    EXPECT_EQ(this->name("ada"), "new");
}

REGISTER_TYPED_TEST_SUITE_P(DashboardCacheContract, KeepsOnePerUserAndRange, EntriesExpire,
                            ErasingTakesAllRangesOfTheUser, WhatWasReadBeforeAnErasureDoesNotComeBack);

} // namespace personalify::test

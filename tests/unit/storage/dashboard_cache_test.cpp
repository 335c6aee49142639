#include "storage/memory/dashboard_cache.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace personalify::storage {

namespace {

using namespace std::chrono_literals;
using namespace test;
using Value = app::DashboardCache::Value;
using Audience = app::DashboardCache::Audience;

constexpr std::size_t part_bytes = 192 * 1024;

/// What every such cache does is in tests/contract; here is what only this one has: bytes and threads.
class MemoryDashboardCacheTest : public ::testing::Test {
protected:
    app::DashboardCache::Lookup look(const UserId& user) {
        return run(cache_.get(user, TimeRange::short_term));
    }
    bool keeps(Value dashboard) {
        const std::uint64_t mark = look(ada_).mark;
        run(cache_.put(ada_, std::move(dashboard), Audience::own_user, 60s, mark));
        return look(ada_).value != nullptr;
    }
    static std::shared_ptr<Dashboard> dashboard() {
        auto made = std::make_shared<Dashboard>();
        made->time_range = TimeRange::short_term;
        return made;
    }

    ManualClock clock_{noon};
    MemoryDashboardCache cache_{part_bytes * Lru<const Dashboard>::part_count, clock_};
    UserId ada_{"ada"};
};

} // namespace

TEST_F(MemoryDashboardCacheTest, SharesOneDashboardWithAllWhoAsk) {
    const Value one = dashboard();
    EXPECT_TRUE(keeps(one));
    EXPECT_EQ(look(ada_).value, one);
    EXPECT_FALSE((run(cache_.erase(ada_)), keeps(nullptr)));
}

TEST_F(MemoryDashboardCacheTest, IsEmptiedAndStaysSo) {
    EXPECT_TRUE(keeps(dashboard()));
    const std::uint64_t mark = look(ada_).mark;
    EXPECT_EQ(cache_.size(), 1U);
    EXPECT_EQ(cache_.clear(), 1U);
    EXPECT_EQ(cache_.size(), 0U);
    run(cache_.put(ada_, dashboard(), Audience::own_user, 60s, mark)); // read before it was emptied
    EXPECT_EQ(look(ada_).value, nullptr);
    EXPECT_TRUE(keeps(dashboard()));
    EXPECT_EQ(cache_.clear(), 1U);
}

TEST_F(MemoryDashboardCacheTest, CountsTheBytesOfEveryPart) {
    const std::string large(part_bytes, 'x');
    auto usual = dashboard();
    usual->artists.assign(50, artist("a"));
    usual->tracks.assign(50, track("t"));
    EXPECT_TRUE(keeps(usual));

    const auto with = [](auto&& change) {
        auto made = dashboard();
        change(*made);
        return made;
    };
    EXPECT_FALSE(keeps(with([&](Dashboard& one) { one.user = large; })));
    EXPECT_FALSE(keeps(with([&](Dashboard& one) { one.emotion_paragraph = large; })));
    EXPECT_FALSE(keeps(with([&](Dashboard& one) { one.artists.push_back(artist("a", {large})); })));
    EXPECT_FALSE(keeps(with([&](Dashboard& one) {
        one.tracks.push_back(track("t"));
        one.tracks.back().artists.push_back(large);
    })));
    EXPECT_FALSE(keeps(with([&](Dashboard& one) { one.genre_artists_map.push_back({"indie", {large}}); })));
    EXPECT_FALSE(keeps(with([](Dashboard& one) { one.tracks.assign(1'000, track("t")); })));
}

TEST_F(MemoryDashboardCacheTest, AnErasureWinsOverReadersOnOtherThreads) {
    for (int round = 0; round < 50; ++round) {
        const std::uint64_t mark = look(ada_).mark;
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 3; ++thread) {
            threads.emplace_back(
                [this, mark] { run(cache_.put(ada_, dashboard(), Audience::own_user, 60s, mark)); });
        }
        threads.emplace_back([this] { run(cache_.erase(ada_)); });
        threads.clear();
        ASSERT_EQ(look(ada_).value, nullptr) << round;
    }
}

} // namespace personalify::storage

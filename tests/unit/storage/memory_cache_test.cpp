#include "storage/memory/cache.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace personalify::storage {

namespace {

using namespace std::chrono_literals;
using test::noon;
using test::run;

constexpr std::size_t part_bytes = 4096;

class MemoryCacheTest : public ::testing::Test {
protected:
    bool has(const std::string& key) { return run(cache_.get(key)).has_value(); }
    void put(const std::string& key, std::size_t size, std::chrono::seconds lifetime = 60s) {
        run(cache_.put(key, std::make_shared<const std::string>(size, 'x'), lifetime));
    }
    ManualClock clock_{noon};
    MemoryCache cache_{part_bytes * MemoryCache::Entries::part_count, clock_};
};

} // namespace

TEST_F(MemoryCacheTest, NeverHoldsMoreThanItsLimit) {
    for (int i = 0; i < 1000; ++i) {
        put("key " + std::to_string(i), 300);
        EXPECT_LE(cache_.stats().bytes, part_bytes * MemoryCache::Entries::part_count);
    }
    EXPECT_GT(cache_.stats().evictions, 0U);
    EXPECT_EQ(cache_.stats().entries + cache_.stats().evictions, 1000U);
}

TEST_F(MemoryCacheTest, WhatWasUsedStaysWhatWasNotGoes) {
    put("favourite", 300);
    for (int i = 0; i < 200; ++i) {
        put("key " + std::to_string(i), 300);
        EXPECT_TRUE(has("favourite"));
    }
    EXPECT_FALSE(has("key 0"));
    EXPECT_TRUE(has("key 199"));
}

TEST_F(MemoryCacheTest, KeysAndOverheadCount) {
    for (int i = 0; i < 1000; ++i) {
        put("key " + std::to_string(i), 0);
    }
    const MemoryCache::Entries::Stats stats = cache_.stats();
    EXPECT_LE(stats.entries * (MemoryCache::Entries::entry_overhead + 5), part_bytes * MemoryCache::Entries::part_count);
    put(std::string(part_bytes, 'k'), 0);
    EXPECT_FALSE(has(std::string(part_bytes, 'k')));
}

TEST_F(MemoryCacheTest, AValueTooLargeIsNotKeptAndReplacesTheOld) {
    put("k", 10);
    put("k", part_bytes);
    EXPECT_FALSE(has("k"));
    EXPECT_EQ(cache_.stats().bytes, 0U);
}

TEST_F(MemoryCacheTest, ErasedAndExpiredEntriesGiveTheirBytesBack) {
    put("a", 100);
    put("b", 100);
    put("b", 200);
    run(cache_.erase("a"));
    clock_.advance(60s);
    EXPECT_FALSE(has("b"));
    EXPECT_EQ(cache_.stats().bytes, 0U);
    EXPECT_EQ(cache_.stats().entries, 0U);
}

TEST_F(MemoryCacheTest, AValueOutlivesItsEntry) {
    put("k", 10);
    const std::optional<app::Cache::Value> value = run(cache_.get("k"));
    run(cache_.erase("k"));
    EXPECT_EQ(**value, std::string(10, 'x'));
}

TEST_F(MemoryCacheTest, ThreadsMayUseItAtOnce) {
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([this, thread] {
            for (int i = 0; i < 300; ++i) {
                put("key " + std::to_string(i % 50), 100);
                has("key " + std::to_string((i + thread) % 50));
                if (i % 7 == 0) {
                    run(cache_.erase("key " + std::to_string(i % 50)));
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_LE(cache_.stats().entries, 50U);
    EXPECT_EQ(cache_.stats().hits + cache_.stats().misses, 1200U);
}

} // namespace personalify::storage

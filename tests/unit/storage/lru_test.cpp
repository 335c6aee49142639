#include "storage/memory/lru.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace personalify::storage {

namespace {

using namespace std::chrono_literals;
using Texts = Lru<const std::string>;

constexpr std::size_t part_bytes = 4096;
constexpr std::size_t limit = part_bytes * Texts::part_count;

class LruTest : public ::testing::Test {
protected:
    std::string get(const std::string& key) {
        const Texts::Value found = lru_.get(key);
        return found ? *found : "";
    }
    void put(const std::string& key, const std::string& value, std::size_t bytes = 100,
             std::chrono::seconds lifetime = 60s) {
        lru_.put(key, std::make_shared<const std::string>(value), bytes, lifetime);
    }
    void fill(int count, std::size_t bytes = 100) {
        for (int i = 0; i < count; ++i) {
            put("filler " + std::to_string(i), "x", bytes);
        }
    }

    ManualClock clock_{test::noon};
    Texts lru_{limit, clock_};
};

} // namespace

TEST_F(LruTest, KeepsReplacesAndErases) {
    EXPECT_EQ(get("a"), "");
    put("a", "one");
    put("b", "other");
    EXPECT_EQ(get("a"), "one");
    put("a", "two");
    EXPECT_EQ(get("a"), "two");
    EXPECT_EQ(lru_.stats().entries, 2U);
    lru_.erase("a");
    lru_.erase("never there");
    EXPECT_EQ(get("a"), "");
    EXPECT_EQ(get("b"), "other");
    lru_.erase("b");
    EXPECT_EQ(lru_.stats().entries, 0U);
    EXPECT_EQ(lru_.stats().bytes, 0U);
}

TEST_F(LruTest, EntriesExpireAtTheirTime) {
    put("short", "s", 100, 10s);
    put("long", "l", 100, 20s);
    put("none", "n", 100, 0s);
    EXPECT_EQ(get("none"), "");
    clock_.advance(9'999ms);
    EXPECT_EQ(get("short"), "s");
    clock_.advance(1ms);
    EXPECT_EQ(get("short"), "") << "use does not prolong it";
    EXPECT_EQ(get("long"), "l");
    EXPECT_EQ(lru_.stats().entries, 1U) << "what expired and was asked for is gone";
}

TEST_F(LruTest, NeverHoldsMoreThanItsLimit) {
    for (int i = 0; i < 2'000; ++i) {
        put("key " + std::to_string(i), "x", static_cast<std::size_t>(i % 700));
        ASSERT_LE(lru_.stats().bytes, limit);
    }
    EXPECT_EQ(lru_.stats().entries + lru_.stats().evictions, 2'000U);
    EXPECT_GT(lru_.stats().entries, 0U);
}

TEST_F(LruTest, KeysAndOverheadCount) {
    fill(2'000, 0);
    EXPECT_LE(lru_.stats().entries * (Texts::entry_overhead + 8), limit);
    put(std::string(part_bytes, 'k'), "x", 0);
    EXPECT_EQ(get(std::string(part_bytes, 'k')), "");
}

TEST_F(LruTest, WhatWasUsedStaysAndWhatWasNotMakesRoom) {
    put("used", "u");
    put("unused", "n");
    for (int i = 0; i < 500; ++i) {
        fill(1, 100);
        put("filler " + std::to_string(i), "x");
        EXPECT_EQ(get("used"), "u");
    }
    EXPECT_EQ(get("unused"), "");
}

TEST_F(LruTest, WhatIsTooLargeIsNotKeptAndCostsNobody) {
    put("a", "small");
    put("b", "other");
    put("a", "too large", part_bytes);
    EXPECT_EQ(get("a"), "") << "nor is the old value, which it replaces";
    EXPECT_EQ(get("b"), "other");
    EXPECT_EQ(lru_.stats().evictions, 0U);
}

TEST_F(LruTest, AValueOutlivesItsEviction) {
    put("a", "held");
    const Texts::Value held = lru_.get("a");
    fill(2'000);
    EXPECT_EQ(get("a"), "");
    EXPECT_EQ(*held, "held");
}

TEST_F(LruTest, CountsHitsAndMisses) {
    get("a");
    put("a", "x", 100, 1s);
    get("a");
    get("a");
    clock_.advance(1s);
    get("a");
    EXPECT_EQ(lru_.stats().hits, 2U);
    EXPECT_EQ(lru_.stats().misses, 2U);
}

TEST_F(LruTest, ThreadsShareIt) {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([this, thread] {
            for (int i = 0; i < 2'000; ++i) {
                const std::string key = "key " + std::to_string((i * 7 + thread) % 50);
                if (i % 3 == 0) {
                    put(key, key);
                } else if (i % 10 == 1) {
                    lru_.erase(key);
                } else if (const std::string found = get(key); !found.empty()) {
                    EXPECT_EQ(found, key);
                }
            }
        });
    }
    threads.clear();
    EXPECT_LE(lru_.stats().bytes, limit);
    EXPECT_LE(lru_.stats().entries, 50U);
}

} // namespace personalify::storage

#pragma once

#include "app/ports/cache.hpp"
#include "support/run_task.hpp"

#include <gtest/gtest.h>

namespace personalify::test {

using namespace std::chrono_literals;

/// What every app::Cache does. A World has `app::Cache& cache()`, empty at first, with room for a hundred
/// small entries, and `void pass(seconds)`, which lets time pass.
template <class World>
class CacheContract : public ::testing::Test {
protected:
    std::optional<std::string> get(std::string key) {
        const std::optional<app::Cache::Value> value = run(world_.cache().get(std::move(key)));
        return value ? std::optional{**value} : std::nullopt;
    }
    void put(std::string key, std::string value, std::chrono::seconds lifetime = 60s) {
        run(world_.cache().put(std::move(key), std::make_shared<const std::string>(std::move(value)),
                               lifetime));
    }
    void erase(std::string key) { run(world_.cache().erase(std::move(key))); }
    void pass(std::chrono::seconds time) { world_.pass(time); }

private:
    World world_;
};
TYPED_TEST_SUITE_P(CacheContract);

TYPED_TEST_P(CacheContract, GivesBackWhatWasPut) {
    EXPECT_EQ(this->get("k"), std::nullopt);
    this->put("k", std::string{"a\0b", 3});
    this->put("other", "");
    EXPECT_EQ(this->get("k"), (std::string{"a\0b", 3}));
    EXPECT_EQ(this->get("k"), (std::string{"a\0b", 3}));
    EXPECT_EQ(this->get("other"), "");
}

TYPED_TEST_P(CacheContract, TheLastPutCounts) {
    this->put("k", "one");
    this->put("k", "two", 120s);
    EXPECT_EQ(this->get("k"), "two");
    this->pass(61s);
    EXPECT_EQ(this->get("k"), "two");
}

TYPED_TEST_P(CacheContract, EntriesExpire) {
    this->put("k", "value", 60s);
    this->put("longer", "value", 600s);
    this->pass(59s);
    EXPECT_EQ(this->get("k"), "value"); // being read does not make it live longer
    this->pass(1s);
    EXPECT_EQ(this->get("k"), std::nullopt);
    EXPECT_EQ(this->get("longer"), "value");
}

TYPED_TEST_P(CacheContract, ErasedIsGone) {
    this->put("k", "value");
    this->put("other", "value");
    this->erase("k");
    this->erase("never there");
    EXPECT_EQ(this->get("k"), std::nullopt);
    EXPECT_EQ(this->get("other"), "value");
}

REGISTER_TYPED_TEST_SUITE_P(CacheContract, GivesBackWhatWasPut, TheLastPutCounts, EntriesExpire,
                            ErasedIsGone);

} // namespace personalify::test

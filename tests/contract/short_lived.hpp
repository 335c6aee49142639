#pragma once

#include "app/ports/short_lived.hpp"
#include "support/run_task.hpp"

#include <gtest/gtest.h>

namespace personalify::test {

using namespace std::chrono_literals;

/// What every app::ShortLivedStore does. A World has `app::ShortLivedStore& store()`, empty at first, with
/// room for a hundred small entries, and `void pass(seconds)`, which lets time pass.
template <class World>
class ShortLivedStoreContract : public ::testing::Test {
protected:
    std::optional<std::string> take(std::string key) { return run(store().take(std::move(key))).value(); }
    void put(std::string key, std::string value, std::chrono::seconds lifetime = 60s) {
        ASSERT_TRUE(run(store().put(std::move(key), std::move(value), lifetime)));
    }
    void pass(std::chrono::seconds time) { world_.pass(time); }
    app::ShortLivedStore& store() { return world_.store(); }

private:
    World world_;
};
TYPED_TEST_SUITE_P(ShortLivedStoreContract);

TYPED_TEST_P(ShortLivedStoreContract, IsTakenOnce) {
    EXPECT_EQ(this->take("k"), std::nullopt);
    this->put("k", "value");
    this->put("other", "more");
    EXPECT_EQ(this->take("k"), "value");
    EXPECT_EQ(this->take("k"), std::nullopt);
    EXPECT_EQ(this->take("other"), "more");
}

TYPED_TEST_P(ShortLivedStoreContract, Expires) {
    this->put("k", "value", 60s);
    this->put("longer", "value", 61s);
    this->pass(60s);
    EXPECT_EQ(this->take("k"), std::nullopt);
    EXPECT_EQ(this->take("longer"), "value");
}

TYPED_TEST_P(ShortLivedStoreContract, TheLastPutCounts) {
    this->put("k", "one", 60s);
    this->put("k", "two", 600s);
    this->pass(60s);
    EXPECT_EQ(this->take("k"), "two");
    EXPECT_EQ(this->take("k"), std::nullopt);
}

TYPED_TEST_P(ShortLivedStoreContract, OfManyTakersOneGetsIt) {
    this->put("k", "value");
    std::vector<Task<Result<std::optional<std::string>>>> takers;
    for (int i = 0; i < 20; ++i) {
        takers.push_back(this->store().take("k"));
    }
    int winners = 0;
    for (const auto& taken : run_all(std::move(takers))) {
        winners += taken.value().has_value() ? 1 : 0;
    }
    EXPECT_EQ(winners, 1);
}

REGISTER_TYPED_TEST_SUITE_P(ShortLivedStoreContract, IsTakenOnce, Expires, TheLastPutCounts,
                            OfManyTakersOneGetsIt);

} // namespace personalify::test

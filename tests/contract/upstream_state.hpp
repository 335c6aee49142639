#pragma once

#include "storage/stores.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

namespace personalify::test {

/// What every app::UpstreamStateStore does. A World has `storage::Stores& stores()`, empty at first.
template <class World>
class UpstreamStateStoreContract : public ::testing::Test {
protected:
    std::optional<TimePoint> closed_until(std::string name) {
        return run(states().closed_until(std::move(name))).value();
    }
    app::UpstreamStateStore& states() { return world_.stores().upstream_state(); }

private:
    World world_;
};
TYPED_TEST_SUITE_P(UpstreamStateStoreContract);

TYPED_TEST_P(UpstreamStateStoreContract, RemembersTheLastTimePerUpstream) {
    EXPECT_EQ(this->closed_until("spotify"), std::nullopt);
    ASSERT_TRUE(run(this->states().close_until("spotify", noon + 20h)));
    ASSERT_TRUE(run(this->states().close_until("genius", noon + 1h)));
    EXPECT_EQ(this->closed_until("spotify"), noon + 20h);
    ASSERT_TRUE(run(this->states().close_until("spotify", noon + 2h)));
    EXPECT_EQ(this->closed_until("spotify"), noon + 2h);
    EXPECT_EQ(this->closed_until("genius"), noon + 1h);
}

REGISTER_TYPED_TEST_SUITE_P(UpstreamStateStoreContract, RemembersTheLastTimePerUpstream);

} // namespace personalify::test

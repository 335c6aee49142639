#pragma once

#include "storage/stores.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

namespace personalify::test {

/// What every app::AccessRequestStore does. A World has `storage::Stores& stores()`, empty at first.
template <class World>
class AccessRequestStoreContract : public ::testing::Test {
protected:
    bool add(std::string email, TimePoint at) {
        return run(world_.stores().access_requests().add({"Ada", std::move(email), at})).value();
    }

private:
    World world_;
};
TYPED_TEST_SUITE_P(AccessRequestStoreContract);

TYPED_TEST_P(AccessRequestStoreContract, OncePerAddressAndDay) {
    EXPECT_TRUE(this->add("ada@example.org", noon));
    EXPECT_FALSE(this->add("ada@example.org", noon));
    EXPECT_FALSE(this->add("Ada@EXAMPLE.org", noon + 24h - 1ms));
    EXPECT_TRUE(this->add("ada@example.org", noon + 24h));
    EXPECT_FALSE(this->add("ada@example.org", noon + 25h));
}

TYPED_TEST_P(AccessRequestStoreContract, AddressesDoNotDisturbEachOther) {
    EXPECT_TRUE(this->add("ada@example.org", noon));
    EXPECT_TRUE(this->add("bob@example.org", noon));
    EXPECT_TRUE(this->add("ada@example.com", noon));
}

REGISTER_TYPED_TEST_SUITE_P(AccessRequestStoreContract, OncePerAddressAndDay, AddressesDoNotDisturbEachOther);

} // namespace personalify::test

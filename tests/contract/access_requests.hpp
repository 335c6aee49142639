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
        return run(world_.stores().access_requests().add({"Ada", std::move(email), at}, 100)).value();
    }

    app::AccessRequestStore& store() { return world_.stores().access_requests(); }
    std::vector<app::StoredAccessRequest> list(app::AccessFilter filter = {}) {
        return run(store().list(filter)).value();
    }
    std::optional<app::StoredAccessRequest> take(TimePoint now) { return run(store().take_due(now)).value(); }
    Result<app::SavedLogin> sign_up(const std::string& id, const std::string& invitation,
                                    TimePoint at = noon) {
        return run(world_.stores().invited_users().save_invited(profile(id), {"sealed"}, at, invitation));
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

TYPED_TEST_P(AccessRequestStoreContract, TakesNoMoreWhileManyAreOpen) {
    this->add("a@example.org", noon);
    this->add("b@example.org", noon);
    const Result<bool> third = run(this->store().add({"Ada", "c@example.org", noon}, 2));
    ASSERT_FALSE(third.has_value());
    EXPECT_EQ(third.error().code, Errc::overloaded);
    run(this->store().decide(this->list()[0].id, std::nullopt, noon)).value();
    EXPECT_EQ(run(this->store().add({"Ada", "c@example.org", noon}, 2)), true);
}

TYPED_TEST_P(AccessRequestStoreContract, AnErasedOneIsGoneWithItsInvitation) {
    this->add("a@example.org", noon);
    this->add("b@example.org", noon);
    const std::int64_t id = this->list()[1].id;
    run(this->store().decide(id, app::Invitation{"hash", noon + 24h}, noon)).value();
    EXPECT_EQ(run(this->store().erase(id)), true);
    EXPECT_EQ(run(this->store().erase(id)), false);
    ASSERT_EQ(this->list().size(), 1U);
    EXPECT_EQ(this->list()[0].request.email, "b@example.org");
    EXPECT_EQ(this->sign_up("ada", "hash").error().code, Errc::forbidden);
}

TYPED_TEST_P(AccessRequestStoreContract, OldDecidedOnesAreErasedInBatches) {
    for (const char* email : {"a@example.org", "b@example.org", "c@example.org", "d@example.org"}) {
        this->add(email, noon);
    }
    const auto all = this->list(); // d, c, b, a
    run(this->store().decide(all[3].id, std::nullopt, noon)).value();
    run(this->store().decide(all[2].id, app::Invitation{"hash", noon + 24h}, noon + 1h)).value();
    run(this->store().decide(all[1].id, std::nullopt, noon + 3h)).value();
    EXPECT_EQ(run(this->store().erase_decided(noon + 2h, 1)), 1);
    EXPECT_EQ(run(this->store().erase_decided(noon + 2h, 10)), 1);
    EXPECT_EQ(run(this->store().erase_decided(noon + 2h, 10)), 0);
    ASSERT_EQ(this->list().size(), 2U) << "one that is open, one that was decided later";
    EXPECT_EQ(this->list()[0].request.email, "d@example.org");
}

TYPED_TEST_P(AccessRequestStoreContract, ListsTheNewestFirst) {
    for (const char* email : {"a@example.org", "b@example.org", "c@example.org"}) {
        this->add(email, noon);
    }
    const auto all = this->list();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].request, (app::AccessRequest{"Ada", "c@example.org", noon}));
    EXPECT_EQ(all[0].state, app::AccessState::open);
    EXPECT_EQ(all[0].delivery, app::Delivery::pending);
    EXPECT_EQ(all[0].decided_at, std::nullopt);
    EXPECT_EQ(this->list({.limit = 2}).size(), 2U);
    const auto rest = this->list({.before = all[1].id});
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest[0].request.email, "a@example.org");
    run(this->store().decide(all[1].id, std::nullopt, noon)).value();
    EXPECT_EQ(this->list({.state = app::AccessState::open}).size(), 2U);
    const auto declined = this->list({.state = app::AccessState::declined});
    ASSERT_EQ(declined.size(), 1U);
    EXPECT_EQ(declined[0].decided_at, noon);
}

TYPED_TEST_P(AccessRequestStoreContract, EachIsTakenOnceUntilItIsPendingAgain) {
    this->add("a@example.org", noon);
    this->add("b@example.org", noon);
    const auto first = this->take(noon);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->request.email, "a@example.org");
    EXPECT_EQ(first->delivery, app::Delivery::sending);
    EXPECT_EQ(first->attempts, 1);
    ASSERT_TRUE(this->take(noon));
    EXPECT_FALSE(this->take(noon));
    EXPECT_EQ(run(this->store().next_due()).value(), std::nullopt);

    run(this->store().settle(first->id, app::Delivery::pending, noon + 30s)).value();
    EXPECT_EQ(run(this->store().next_due()).value(), noon + 30s);
    EXPECT_FALSE(this->take(noon + 30s - 1ms));
    const auto again = this->take(noon + 30s);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->id, first->id);
    EXPECT_EQ(again->attempts, 2);
    run(this->store().settle(first->id, app::Delivery::sent, noon)).value();
    EXPECT_FALSE(this->take(noon + 24h));
}

TYPED_TEST_P(AccessRequestStoreContract, WhatWasBeingSentMayHaveBeen) {
    this->add("a@example.org", noon);
    this->add("b@example.org", noon);
    const auto taken = this->take(noon);
    ASSERT_TRUE(taken);
    EXPECT_EQ(run(this->store().settle_interrupted()).value(), 1);
    EXPECT_EQ(run(this->store().settle_interrupted()).value(), 0);
    EXPECT_EQ(this->list()[1].delivery, app::Delivery::maybe_sent);
    run(this->store().settle(taken->id, app::Delivery::pending, noon)).value();
    EXPECT_EQ(this->list()[1].delivery, app::Delivery::maybe_sent) << "a late word of a dead process";
}

TYPED_TEST_P(AccessRequestStoreContract, AnInvitationLetsOneNewUserIn) {
    this->add("a@example.org", noon);
    const std::int64_t id = this->list()[0].id;
    EXPECT_FALSE(run(this->store().decide(id + 1, std::nullopt, noon)).value());
    const auto approved = run(this->store().decide(id, app::Invitation{"hash", noon + 24h}, noon)).value();
    ASSERT_TRUE(approved);
    EXPECT_EQ(approved->state, app::AccessState::approved);

    EXPECT_EQ(this->sign_up("ada", "").error().code, Errc::forbidden);
    EXPECT_EQ(this->sign_up("ada", "other").error().code, Errc::forbidden);
    EXPECT_EQ(this->sign_up("ada", "hash", noon + 24h).error().code, Errc::forbidden) << "expired";
    EXPECT_EQ(run(this->store().count_users()).value(), 0);
    EXPECT_TRUE(this->sign_up("ada", "hash"));
    EXPECT_EQ(this->sign_up("bob", "hash").error().code, Errc::forbidden) << "used";
    EXPECT_TRUE(this->sign_up("ada", "")) << "has an account";
    EXPECT_EQ(run(this->store().count_users()).value(), 1);
    EXPECT_EQ(run(this->store().decide(id, std::nullopt, noon)).error().code, Errc::conflict);
}

TYPED_TEST_P(AccessRequestStoreContract, ALaterDecisionVoidsTheInvitation) {
    this->add("a@example.org", noon);
    const std::int64_t id = this->list()[0].id;
    run(this->store().decide(id, app::Invitation{"first", noon + 24h}, noon)).value();
    run(this->store().decide(id, app::Invitation{"second", noon + 24h}, noon)).value();
    EXPECT_FALSE(this->sign_up("ada", "first"));
    run(this->store().decide(id, std::nullopt, noon)).value();
    EXPECT_FALSE(this->sign_up("ada", "second"));
}

REGISTER_TYPED_TEST_SUITE_P(AccessRequestStoreContract, OncePerAddressAndDay, AddressesDoNotDisturbEachOther,
                            TakesNoMoreWhileManyAreOpen, AnErasedOneIsGoneWithItsInvitation,
                            OldDecidedOnesAreErasedInBatches, ListsTheNewestFirst,
                            EachIsTakenOnceUntilItIsPendingAgain, WhatWasBeingSentMayHaveBeen,
                            AnInvitationLetsOneNewUserIn, ALaterDecisionVoidsTheInvitation);

} // namespace personalify::test

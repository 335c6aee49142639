#pragma once

#include "storage/stores.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

namespace personalify::test {

/// What every app::SessionStore does. A World has `storage::Stores& stores()`, empty at first.
template <class World>
class SessionStoreContract : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(run(world_.stores().users().save_login(profile("ada"), {"sealed"}, noon)).has_value());
    }
    static app::Session session(std::string hash, TimePoint expires_at = noon + 1h) {
        return {std::move(hash), UserId{"ada"}, app::SessionKind::mobile, noon, expires_at};
    }
    std::optional<app::Session> find(const std::string& hash, TimePoint now = noon) {
        return run(sessions().find(hash, now)).value();
    }
    app::SessionStore& sessions() { return world_.stores().sessions(); }

private:
    World world_;
};
TYPED_TEST_SUITE_P(SessionStoreContract);

TYPED_TEST_P(SessionStoreContract, ComesBackAsCreated) {
    const app::Session mobile = this->session("h1");
    app::Session web = this->session("h2");
    web.kind = app::SessionKind::web;
    ASSERT_TRUE(run(this->sessions().create(mobile)).has_value());
    ASSERT_TRUE(run(this->sessions().create(web)).has_value());
    EXPECT_EQ(this->find("h1"), mobile);
    EXPECT_EQ(this->find("h2"), web);
    EXPECT_EQ(this->find("h3"), std::nullopt);
}

TYPED_TEST_P(SessionStoreContract, NeedsAUser) {
    app::Session stray = this->session("h1");
    stray.user = UserId{"bob"};
    const Result<> created = run(this->sessions().create(stray));
    ASSERT_FALSE(created.has_value());
    EXPECT_EQ(created.error().code, Errc::not_found);
}

TYPED_TEST_P(SessionStoreContract, IsNotFoundOnceExpired) {
    ASSERT_TRUE(run(this->sessions().create(this->session("h1"))).has_value());
    EXPECT_TRUE(this->find("h1", noon + 1h).has_value());
    EXPECT_FALSE(this->find("h1", noon + 1h + 1ms).has_value());
}

TYPED_TEST_P(SessionStoreContract, ExpiryMoves) {
    ASSERT_TRUE(run(this->sessions().create(this->session("h1"))).has_value());
    ASSERT_TRUE(run(this->sessions().extend("h1", noon + 5h)).has_value());
    ASSERT_TRUE(this->find("h1", noon + 4h).has_value());
    EXPECT_EQ(this->find("h1", noon + 4h)->expires_at, noon + 5h);
    EXPECT_TRUE(run(this->sessions().extend("gone", noon + 5h)).has_value());
    EXPECT_FALSE(this->find("gone").has_value());
}

TYPED_TEST_P(SessionStoreContract, ListsThoseOfAUserNewestFirst) {
    app::Session later = this->session("h2");
    later.created_at = noon + 1min;
    later.kind = app::SessionKind::web;
    for (const app::Session& one : {this->session("h1"), later, this->session("expired", noon - 1ms)}) {
        ASSERT_TRUE(run(this->sessions().create(one)).has_value());
    }
    const auto list = [this](const char* user, int limit) {
        return run(this->sessions().list(UserId{user}, noon, limit)).value();
    };
    EXPECT_EQ(list("ada", 10), (std::vector{later, this->session("h1")}));
    EXPECT_EQ(list("ada", 1), (std::vector{later}));
    EXPECT_TRUE(list("bob", 10).empty());
}

TYPED_TEST_P(SessionStoreContract, IsErasedOnce) {
    ASSERT_TRUE(run(this->sessions().create(this->session("h1"))).has_value());
    EXPECT_EQ(run(this->sessions().erase("h1")), true);
    EXPECT_FALSE(this->find("h1").has_value());
    EXPECT_EQ(run(this->sessions().erase("h1")), false);
}

TYPED_TEST_P(SessionStoreContract, ErasesExpiredOnesInPortions) {
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(run(this->sessions().create(this->session("h" + std::to_string(i)))).has_value());
    }
    ASSERT_TRUE(run(this->sessions().create(this->session("alive", noon + 9h))).has_value());
    EXPECT_EQ(run(this->sessions().erase_expired(noon + 1h, 100)), 0);
    EXPECT_EQ(run(this->sessions().erase_expired(noon + 2h, 3)), 3);
    EXPECT_EQ(run(this->sessions().erase_expired(noon + 2h, 3)), 2);
    EXPECT_EQ(run(this->sessions().erase_expired(noon + 2h, 3)), 0);
    EXPECT_TRUE(this->find("alive").has_value());
}

REGISTER_TYPED_TEST_SUITE_P(SessionStoreContract, ComesBackAsCreated, NeedsAUser, IsNotFoundOnceExpired,
                            ExpiryMoves, ListsThoseOfAUserNewestFirst, IsErasedOnce,
                            ErasesExpiredOnesInPortions);

} // namespace personalify::test

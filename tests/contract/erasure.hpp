#pragma once

#include "storage/stores.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

namespace personalify::test {

/// What app::UserStore::erase means for all stores together. A World has `storage::Stores& stores()`, empty
/// at first.
template <class World>
class ErasureContract : public ::testing::Test {
protected:
    void SetUp() override {
        for (const char* id : {"ada", "bob"}) {
            furnish(id);
        }
    }
    /// Something of everything that belongs to a user.
    void furnish(const std::string& id) {
        const UserId user{id};
        log_in(id);
        ASSERT_TRUE(run(stores().sessions().create(session(id))));
        ASSERT_TRUE(run(stores().library().save_tops(user, TimeRange::short_term, tops_, noon)));
        ASSERT_TRUE(run(stores().history().append(user, {document(), noon})));
        ASSERT_TRUE(run(stores().jobs().enqueue(job(id), 100)));
    }
    void log_in(const std::string& id) {
        ASSERT_TRUE(run(stores().users().save_login(profile(id, "account of " + id), tokens_, noon)));
    }
    static app::Session session(const std::string& id) {
        return {"hash of " + id, UserId{id}, app::SessionKind::web, noon, noon + 24h};
    }
    static app::Job job(const std::string& id) {
        return {.id = "job of " + id, .user = UserId{id}, .created_at = noon, .updated_at = noon};
    }
    bool has_anything(const std::string& id) {
        const UserId user{id};
        return run(stores().users().find(user)).value().has_value() ||
               run(stores().users().tokens(user)).value().has_value() ||
               run(stores().sessions().find(session(id).token_hash, noon)).value().has_value() ||
               run(stores().jobs().find(job(id).id)).value().has_value() || has_data(id);
    }
    bool has_data(const std::string& id) {
        const UserId user{id};
        return run(stores().library().tops(user, TimeRange::short_term)).value().has_value() ||
               !run(stores().history().list(user, 10, std::nullopt)).value().empty();
    }
    Result<bool> erase(const std::string& id) { return run(stores().users().erase(UserId{id})); }
    Task<Result<>> erase_among_others(UserId user) {
        const Result<bool> erased = co_await stores().users().erase(std::move(user));
        co_return erased ? Result<>{} : Result<>{std::unexpected(erased.error())};
    }
    storage::Stores& stores() { return world_.stores(); }

    const Tops tops_{{artist("a1")}, {track("t1")}};
    const app::SealedTokens tokens_{"sealed"};

private:
    World world_;
};
TYPED_TEST_SUITE_P(ErasureContract);

TYPED_TEST_P(ErasureContract, TakesAllOfTheUserAndNothingOfOthers) {
    EXPECT_EQ(this->erase("ada"), true);
    EXPECT_FALSE(this->has_anything("ada"));
    EXPECT_TRUE(this->has_anything("bob"));
    EXPECT_TRUE(this->has_data("bob"));
    EXPECT_TRUE(run(this->stores().users().tokens(UserId{"bob"})).value().has_value());
    EXPECT_TRUE(run(this->stores().sessions().find("hash of bob", noon)).value().has_value());
    EXPECT_TRUE(run(this->stores().jobs().find("job of bob")).value().has_value());
    EXPECT_TRUE(run(this->stores().library().track("t1")).value().has_value())
        << "the catalogue is everybody's";
}

TYPED_TEST_P(ErasureContract, HappensOnce) {
    EXPECT_EQ(this->erase("nobody"), false);
    EXPECT_EQ(this->erase("ada"), true);
    EXPECT_EQ(this->erase("ada"), false);
}

TYPED_TEST_P(ErasureContract, LateWritesBringNothingBack) {
    const UserId ada{"ada"};
    storage::Stores& stores = this->stores();
    ASSERT_TRUE(run(stores.jobs().start_next(noon)).value().has_value());
    ASSERT_EQ(this->erase("ada"), true);
    const auto refused = [](const auto& outcome) {
        return !outcome && outcome.error().code == Errc::not_found;
    };
    EXPECT_TRUE(refused(run(stores.library().save_tops(ada, TimeRange::short_term, this->tops_, noon))));
    EXPECT_TRUE(refused(run(stores.history().append(ada, {document(), noon}))));
    EXPECT_TRUE(refused(run(stores.sessions().create(this->session("ada")))));
    EXPECT_TRUE(refused(run(stores.jobs().enqueue(this->job("ada"), 100))));
    EXPECT_TRUE(refused(run(stores.users().set_sharing(ada, true))));
    EXPECT_EQ(run(stores.users().replace_tokens(ada, this->tokens_, {"new"})), false);
    EXPECT_EQ(run(stores.users().require_reconnect(ada, this->tokens_)), false);
    EXPECT_EQ(run(stores.library().count_all_titles(ada, TimeRange::short_term, noon)), false);
    EXPECT_TRUE(run(stores.history().annotate(ada, TimeRange::short_term, noon, {"Joy", {}})));
    EXPECT_TRUE(run(stores.sessions().extend("hash of ada", noon + 48h)));
    EXPECT_EQ(run(stores.jobs().advance("job of ada", 1, 2, noon)).value(), std::nullopt);
    EXPECT_EQ(run(stores.jobs().finish("job of ada", {.error = "over"}, true, noon)).value(), std::nullopt);
    EXPECT_FALSE(this->has_anything("ada"));
}

TYPED_TEST_P(ErasureContract, ALoginBeginsAnew) {
    ASSERT_TRUE(run(this->stores().users().set_sharing(UserId{"ada"}, true)));
    ASSERT_EQ(this->erase("ada"), true);
    this->log_in("ada");
    EXPECT_FALSE(this->has_data("ada"));
    EXPECT_FALSE(run(this->stores().sessions().find("hash of ada", noon)).value().has_value());
    EXPECT_EQ(run(this->stores().users().find(UserId{"ada"})).value()->sharing, std::nullopt);
}

TYPED_TEST_P(ErasureContract, WritesAtTheSameTimeLeaveNothingBehind) {
    const UserId ada{"ada"};
    std::vector<Task<Result<>>> tasks;
    for (int i = 0; i < 20; ++i) {
        tasks.push_back(this->stores().library().save_tops(ada, TimeRange::short_term, this->tops_, noon));
        tasks.push_back(this->stores().history().append(ada, {document(), noon}));
        if (i == 10) {
            tasks.push_back(this->erase_among_others(ada));
        }
    }
    for (const Result<>& outcome : run_all(std::move(tasks))) {
        EXPECT_TRUE(outcome || outcome.error().code == Errc::not_found);
    }
    EXPECT_FALSE(this->has_anything("ada"));
}

REGISTER_TYPED_TEST_SUITE_P(ErasureContract, TakesAllOfTheUserAndNothingOfOthers, HappensOnce,
                            LateWritesBringNothingBack, ALoginBeginsAnew,
                            WritesAtTheSameTimeLeaveNothingBehind);

} // namespace personalify::test

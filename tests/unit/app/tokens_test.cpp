#include "unit/app/world.hpp"

#include <gtest/gtest.h>

namespace personalify::app {

namespace {

using namespace test;
using Answer = Result<std::string>;

class TokensTest : public ::testing::Test {
protected:
    Answer access_token() { return run(world_.tokens.access_token(ada_, "")); }
    /// A call to Spotify that answers with the token it was made with, unless Spotify refuses that one.
    Task<Answer> call() {
        std::function<Task<Answer>(std::string)> request = [this](std::string token) {
            return answer(std::move(token));
        };
        return world_.tokens.call<std::string>(ada_, std::move(request));
    }
    bool reconnect_needed() { return world_.users.users[ada_].reconnect_needed; }
    void expire() { world_.clock.advance(1h); }

    World world_;
    UserId ada_ = world_.sign_up("ada", grant("access-1", "refresh-1"));
    std::vector<std::string> refused_;
    Errc refusal_ = Errc::unauthenticated;
    int calls_ = 0;

private:
    Task<Answer> answer(std::string token) {
        ++calls_;
        world_.journal.note("use of " + token);
        co_await pass_turns(3);
        if (std::ranges::find(refused_, token) != refused_.end()) {
            co_return fail(refusal_, "Spotify says no.");
        }
        co_return token;
    }
};

} // namespace

TEST_F(TokensTest, StoresSeeOnlySealedTokens) {
    const std::string& sealed = world_.users.sealed_tokens[ada_].sealed;
    EXPECT_EQ(sealed.find("access-1"), std::string::npos);
    EXPECT_EQ(sealed.find("refresh-1"), std::string::npos);
}

TEST_F(TokensTest, AGoodTokenIsUsedAsItIs) {
    EXPECT_EQ(access_token(), "access-1");
    world_.clock.advance(58min);
    EXPECT_EQ(run(call()), "access-1");
    EXPECT_TRUE(world_.accounts.refreshes.empty());
}

TEST_F(TokensTest, RefreshesAMinuteBeforeTheTokenExpires) {
    world_.clock.advance(59min);
    EXPECT_EQ(access_token(), "access-2");
    EXPECT_EQ(world_.accounts.refreshes, std::vector<std::string>{"refresh-1"});
    EXPECT_EQ(access_token(), "access-2") << "and that one lives for an hour again";
    EXPECT_EQ(world_.accounts.refreshes.size(), 1U);
}

TEST_F(TokensTest, ARotatedRefreshTokenIsStoredBeforeItsAccessTokenIsUsed) {
    expire();
    EXPECT_EQ(run(call()), "access-2");
    EXPECT_EQ(world_.journal.entries,
              (std::vector<std::string>{"refresh with refresh-1", "tokens stored", "use of access-2"}));
    expire();
    world_.accounts.on_refresh = [] { return grant("access-3"); };
    EXPECT_EQ(access_token(), "access-3");
    EXPECT_EQ(world_.accounts.refreshes.back(), "refresh-2");
}

TEST_F(TokensTest, WithoutARotationTheOldRefreshTokenStaysGood) {
    world_.accounts.on_refresh = [] { return grant("access-2"); };
    expire();
    EXPECT_EQ(access_token(), "access-2");
    expire();
    EXPECT_EQ(access_token(), "access-2");
    EXPECT_EQ(world_.accounts.refreshes, (std::vector<std::string>{"refresh-1", "refresh-1"}));
}

TEST_F(TokensTest, WhatCannotBeStoredIsNotUsed) {
    expire();
    world_.accounts.on_refresh = [this] {
        world_.users.failure = Error{Errc::overloaded, "busy"};
        return grant("access-2", "refresh-2");
    };
    EXPECT_EQ(error_of(run(call())), Errc::overloaded);
    EXPECT_EQ(calls_, 0);
}

TEST_F(TokensTest, ADeadRefreshTokenAsksTheUserToReconnect) {
    expire();
    world_.accounts.on_refresh = [] { return fail(Errc::unauthenticated, "invalid_grant", "invalid_grant"); };
    const Answer answer = run(call());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, Errc::unauthenticated);
    EXPECT_EQ(answer.error().detail, "Please login again.");
    EXPECT_TRUE(reconnect_needed());
    EXPECT_EQ(calls_, 0);
    EXPECT_EQ(error_of(run(call())), Errc::unauthenticated);
    EXPECT_EQ(world_.accounts.refreshes.size(), 1U) << "a dead token is not tried again";
}

TEST_F(TokensTest, WhatMayPassWipesNothing) {
    expire();
    for (const Errc code : {Errc::upstream_unavailable, Errc::rate_limited, Errc::forbidden}) {
        world_.accounts.on_refresh = [code] { return fail(code, "not now", "", 7s); };
        EXPECT_EQ(error_of(access_token()),
                  code == Errc::forbidden ? Errc::upstream_unavailable
                                          : code); // our credentials, not the user's
        EXPECT_FALSE(reconnect_needed());
    }
    world_.accounts.on_refresh = [] { return grant("access-2"); };
    EXPECT_EQ(access_token(), "access-2");
}

TEST_F(TokensTest, OneRefreshServesAllWhoWait) {
    expire();
    world_.accounts.turns = 20;
    std::vector<Task<Answer>> calls;
    for (int i = 0; i < 5; ++i) {
        calls.push_back(call());
    }
    for (const Answer& answer : run_all(std::move(calls))) {
        EXPECT_EQ(answer, "access-2");
    }
    EXPECT_EQ(world_.accounts.refreshes.size(), 1U);
}

TEST_F(TokensTest, OneUsersRefreshIsNotAnothers) {
    const UserId bob = world_.sign_up("bob", grant("bobs-access", "bobs-refresh"));
    expire();
    world_.accounts.turns = 20;
    std::vector<Task<Answer>> both;
    both.push_back(world_.tokens.access_token(ada_, ""));
    both.push_back(world_.tokens.access_token(bob, ""));
    run_all(std::move(both));
    EXPECT_EQ(world_.accounts.refreshes, (std::vector<std::string>{"refresh-1", "bobs-refresh"}));
}

TEST_F(TokensTest, ARefusedTokenIsRefreshedAndTheCallRepeatedOnce) {
    refused_ = {"access-1"};
    EXPECT_EQ(run(call()), "access-2");
    EXPECT_EQ(calls_, 2);
    EXPECT_EQ(world_.accounts.refreshes.size(), 1U);
    EXPECT_EQ(run(call()), "access-2");
    EXPECT_EQ(calls_, 3);
}

TEST_F(TokensTest, ManyRefusedAtOnceAreOneRefresh) {
    refused_ = {"access-1"};
    world_.accounts.turns = 20;
    std::vector<Task<Answer>> calls;
    for (int i = 0; i < 6; ++i) {
        calls.push_back(call());
    }
    for (const Answer& answer : run_all(std::move(calls))) {
        EXPECT_EQ(answer, "access-2");
    }
    EXPECT_EQ(world_.accounts.refreshes.size(), 1U);
    EXPECT_EQ(calls_, 12);
}

TEST_F(TokensTest, RefusedTwiceAsksTheUserToReconnect) {
    refused_ = {"access-1", "access-2"};
    EXPECT_EQ(error_of(run(call())), Errc::unauthenticated);
    EXPECT_EQ(calls_, 2);
    EXPECT_EQ(world_.accounts.refreshes.size(), 1U);
    EXPECT_TRUE(reconnect_needed());
}

TEST_F(TokensTest, OtherFailuresOfACallAreTheCallersAffair) {
    refusal_ = Errc::forbidden;
    refused_ = {"access-1"};
    EXPECT_EQ(error_of(run(call())), Errc::forbidden);
    EXPECT_EQ(calls_, 1);
    EXPECT_TRUE(world_.accounts.refreshes.empty());
}

TEST_F(TokensTest, ARefreshNeverOverwritesANewerLogin) {
    expire();
    world_.accounts.on_refresh = [this] {
        SealedTokens newer = world_.tokens.seal(ada_, grant("newer-access", "newer-refresh"), "");
        world_.users.sealed_tokens[ada_] = std::move(newer);
        return grant("access-2", "refresh-2");
    };
    EXPECT_EQ(access_token(), "newer-access");
    EXPECT_EQ(access_token(), "newer-access");
    EXPECT_EQ(world_.accounts.refreshes.size(), 1U);
}

TEST_F(TokensTest, ADeadRefreshTokenNeverEndsANewerLogin) {
    expire();
    world_.accounts.on_refresh = [this]() -> Result<TokenGrant> {
        SealedTokens newer = world_.tokens.seal(ada_, grant("newer-access", "newer-refresh"), "");
        world_.users.sealed_tokens[ada_] = std::move(newer);
        return fail(Errc::unauthenticated, "invalid_grant");
    };
    EXPECT_EQ(access_token(), "newer-access");
    EXPECT_FALSE(reconnect_needed());
}

TEST_F(TokensTest, SealedUnderAnotherKeyTheyWaitForTheRightOne) {
    const crypto::SecretBox other_box{"another APP_SECRET"};
    TokenService other{world_.users, world_.accounts, other_box, world_.clock};
    EXPECT_EQ(error_of(run(other.access_token(ada_, ""))), Errc::unauthenticated);
    EXPECT_FALSE(reconnect_needed()) << "a wrong APP_SECRET must not cost anybody their consent";
    EXPECT_TRUE(access_token().has_value());
}

TEST_F(TokensTest, SealedForAnotherUserTheyDoNotOpen) {
    const UserId eve = world_.sign_up("eve");
    world_.users.sealed_tokens[eve] = world_.users.sealed_tokens[ada_];
    EXPECT_EQ(error_of(run(world_.tokens.access_token(eve, ""))), Errc::unauthenticated);
}

TEST_F(TokensTest, UnknownUsersHaveNone) {
    EXPECT_EQ(error_of(run(world_.tokens.access_token(UserId{"nobody"}, ""))), Errc::unauthenticated);
    world_.users.failure = Error{Errc::internal, "disk"};
    EXPECT_EQ(error_of(access_token()), Errc::internal) << "a broken store is no reason to sign in again";
}

} // namespace personalify::app

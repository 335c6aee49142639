#pragma once

#include "storage/stores.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace personalify::test {

/// What every app::UserStore does. A World has `storage::Stores& stores()`, empty at first.
template <class World>
class UserStoreContract : public ::testing::Test {
protected:
    app::SavedLogin save(SpotifyProfile who) {
        return run(users().save_login(std::move(who), {"sealed"}, noon)).value();
    }
    Result<User> log_in(SpotifyProfile who, std::string sealed = "sealed", TimePoint at = noon) {
        Result<app::SavedLogin> saved = run(users().save_login(std::move(who), {std::move(sealed)}, at));
        if (!saved) {
            return std::unexpected(saved.error());
        }
        return saved->user;
    }
    std::optional<User> find(const std::string& id) { return run(users().find(UserId{id})).value(); }
    std::optional<app::SealedTokens> tokens(const std::string& id) {
        return run(users().tokens(UserId{id})).value();
    }
    app::UserStore& users() { return world_.stores().users(); }
    storage::Stores& stores() { return world_.stores(); }

private:
    World world_;
};
TYPED_TEST_SUITE_P(UserStoreContract);

TYPED_TEST_P(UserStoreContract, UnknownUserIsNothing) {
    EXPECT_FALSE(this->find("ada").has_value());
    EXPECT_FALSE(this->tokens("ada").has_value());
}

TYPED_TEST_P(UserStoreContract, StoresTheWholeProfile) {
    const Result<User> saved = this->log_in(profile("r/ñ 🎧?", "acc1"));
    ASSERT_TRUE(saved.has_value());
    const std::optional<User> user = this->find("r/ñ 🎧?");
    ASSERT_TRUE(user.has_value());
    for (const User& one : {*saved, *user}) {
        EXPECT_EQ(one.id, UserId{"r/ñ 🎧?"});
        EXPECT_EQ(one.account_id, "acc1");
        EXPECT_EQ(one.display_name, "Rani Senja");
        EXPECT_EQ(one.image, "https://images.example/rani");
        EXPECT_EQ(one.country, "ID");
        EXPECT_EQ(one.product, "premium");
        EXPECT_EQ(one.followers, 7);
        EXPECT_EQ(one.sharing, std::nullopt);
        EXPECT_FALSE(one.reconnect_needed);
        EXPECT_EQ(one.authorized_at, noon);
    }
}

TYPED_TEST_P(UserStoreContract, StoresAProfileWithoutOptionalMembers) {
    SpotifyProfile bare;
    bare.id = UserId{"ada"};
    bare.display_name = "ada";
    ASSERT_TRUE(this->log_in(bare).has_value());
    const std::optional<User> user = this->find("ada");
    ASSERT_TRUE(user.has_value());
    EXPECT_EQ(user->account_id, std::nullopt);
    EXPECT_EQ(user->image, "");
    EXPECT_EQ(user->country, std::nullopt);
    EXPECT_EQ(user->product, std::nullopt);
    EXPECT_EQ(user->followers, std::nullopt);
}

TYPED_TEST_P(UserStoreContract, TokensComeBackByteForByte) {
    const std::string sealed{"\x01\x00\xff\x80'\"", 6};
    ASSERT_TRUE(this->log_in(profile("ada"), sealed).has_value());
    EXPECT_EQ(this->tokens("ada"), app::SealedTokens{sealed});
}

TYPED_TEST_P(UserStoreContract, LoginAgainOverwritesProfileAndTokensButKeepsSharing) {
    ASSERT_TRUE(this->log_in(profile("ada", "acc1"), "first").has_value());
    ASSERT_TRUE(run(this->users().set_sharing(UserId{"ada"}, false)).has_value());
    SpotifyProfile later = profile("ada");
    later.display_name = "Ada L.";
    later.country = std::nullopt;
    ASSERT_TRUE(this->log_in(later, "second", noon + 1h).has_value());
    const std::optional<User> user = this->find("ada");
    ASSERT_TRUE(user.has_value());
    EXPECT_EQ(user->display_name, "Ada L.");
    EXPECT_EQ(user->country, std::nullopt);
    EXPECT_EQ(user->account_id, "acc1"); // immutable: a profile without it does not erase it
    EXPECT_EQ(user->sharing, false);
    EXPECT_EQ(user->authorized_at, noon + 1h);
    EXPECT_EQ(this->tokens("ada"), app::SealedTokens{"second"});
}

TYPED_TEST_P(UserStoreContract, ReplacesTokensOnlyWhileTheExpectedOnesAreStored) {
    ASSERT_TRUE(this->log_in(profile("ada"), "one").has_value());
    EXPECT_EQ(run(this->users().replace_tokens(UserId{"ada"}, {"one"}, {"two"})), true);
    EXPECT_EQ(this->tokens("ada"), app::SealedTokens{"two"});
    EXPECT_EQ(run(this->users().replace_tokens(UserId{"ada"}, {"one"}, {"three"})), false);
    EXPECT_EQ(this->tokens("ada"), app::SealedTokens{"two"});
    EXPECT_EQ(run(this->users().replace_tokens(UserId{"bob"}, {"one"}, {"two"})), false);
}

TYPED_TEST_P(UserStoreContract, OfManyRefreshesAtOnceOneWins) {
    ASSERT_TRUE(this->log_in(profile("ada"), "old").has_value());
    std::vector<Task<Result<bool>>> refreshes;
    for (int i = 0; i < 20; ++i) {
        refreshes.push_back(
            this->users().replace_tokens(UserId{"ada"}, {"old"}, {"new" + std::to_string(i)}));
    }
    const std::vector<Result<bool>> results = run_all(std::move(refreshes));
    EXPECT_EQ(std::ranges::count_if(results, [](const Result<bool>& won) { return won.value(); }), 1);
}

TYPED_TEST_P(UserStoreContract, ReconnectDropsTheTokensUntilTheNextLogin) {
    ASSERT_TRUE(this->log_in(profile("ada"), "one").has_value());
    EXPECT_EQ(run(this->users().require_reconnect(UserId{"ada"}, {"other"})), false);
    EXPECT_FALSE(this->find("ada")->reconnect_needed);
    EXPECT_EQ(run(this->users().require_reconnect(UserId{"ada"}, {"one"})), true);
    EXPECT_TRUE(this->find("ada")->reconnect_needed);
    EXPECT_EQ(this->tokens("ada"), std::nullopt);
    EXPECT_EQ(run(this->users().replace_tokens(UserId{"ada"}, {"one"}, {"two"})), false);
    ASSERT_TRUE(this->log_in(profile("ada"), "three").has_value());
    EXPECT_FALSE(this->find("ada")->reconnect_needed);
    EXPECT_EQ(this->tokens("ada"), app::SealedTokens{"three"});
}

TYPED_TEST_P(UserStoreContract, SharingIsTheUsersChoice) {
    ASSERT_TRUE(this->log_in(profile("ada")).has_value());
    ASSERT_TRUE(run(this->users().set_sharing(UserId{"ada"}, true)).has_value());
    EXPECT_EQ(this->find("ada")->sharing, true);
    ASSERT_TRUE(run(this->users().set_sharing(UserId{"ada"}, false)).has_value());
    EXPECT_EQ(this->find("ada")->sharing, false);
    const Result<> unknown = run(this->users().set_sharing(UserId{"bob"}, true));
    ASSERT_FALSE(unknown.has_value());
    EXPECT_EQ(unknown.error().code, Errc::not_found);
}

TYPED_TEST_P(UserStoreContract, AChangedIdTakesEverythingAlong) {
    ASSERT_TRUE(this->log_in(profile("old", "acc1")).has_value());
    ASSERT_TRUE(run(this->users().set_sharing(UserId{"old"}, true)).has_value());
    const Tops tops{{artist("a1")}, {track("t1")}};
    ASSERT_TRUE(run(this->stores().library().save_tops(UserId{"old"}, TimeRange::short_term, tops, noon)));
    ASSERT_TRUE(run(this->stores().history().append(UserId{"old"}, {document(), noon})));
    const app::Session session{"hash", UserId{"old"}, app::SessionKind::web, noon, noon + 24h};
    ASSERT_TRUE(run(this->stores().sessions().create(session)));

    const Result<User> renamed = this->log_in(profile("new", "acc1"));
    ASSERT_TRUE(renamed.has_value());
    EXPECT_EQ(renamed->id, UserId{"new"});
    EXPECT_EQ(renamed->sharing, true);
    EXPECT_FALSE(this->find("old").has_value());
    const auto stored = run(this->stores().library().tops(UserId{"new"}, TimeRange::short_term)).value();
    ASSERT_TRUE(stored.has_value());
    EXPECT_EQ(stored->tops, tops);
    EXPECT_EQ(run(this->stores().history().list(UserId{"new"}, 10, std::nullopt))->size(), 1U);
    const auto found = run(this->stores().sessions().find("hash", noon)).value();
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->user, UserId{"new"});
}

TYPED_TEST_P(UserStoreContract, AUserSeenWithoutAnAccountIdIsGivenOne) {
    ASSERT_TRUE(this->log_in(profile("ada")).has_value());
    ASSERT_TRUE(run(this->users().set_sharing(UserId{"ada"}, true)).has_value());
    ASSERT_TRUE(this->log_in(profile("ada", "acc1")).has_value());
    EXPECT_EQ(this->find("ada")->account_id, "acc1");
    EXPECT_EQ(this->find("ada")->sharing, true);
}

TYPED_TEST_P(UserStoreContract, TwoRecordsOfOneAccountBecomeOne) {
    ASSERT_TRUE(this->log_in(profile("old", "acc1")).has_value());
    ASSERT_TRUE(this->log_in(profile("new")).has_value()); // the account_id was missing from this answer
    const Tops older{{artist("a1"), artist("a2")}, {track("t1")}};
    const Tops newer{{artist("a3")}, {}};
    auto& library = this->stores().library();
    ASSERT_TRUE(run(library.save_tops(UserId{"old"}, TimeRange::short_term, older, noon)));
    ASSERT_TRUE(run(library.save_tops(UserId{"old"}, TimeRange::long_term, older, noon)));
    ASSERT_TRUE(run(library.save_tops(UserId{"new"}, TimeRange::short_term, newer, noon + 1h)));
    ASSERT_TRUE(run(this->stores().history().append(UserId{"old"}, {document(), noon})));
    ASSERT_TRUE(run(this->stores().history().append(UserId{"new"}, {document(), noon + 1h})));
    const app::Session session{"hash", UserId{"new"}, app::SessionKind::web, noon, noon + 24h};
    ASSERT_TRUE(run(this->stores().sessions().create(session)));

    ASSERT_TRUE(this->log_in(profile("new", "acc1")).has_value());
    EXPECT_FALSE(this->find("old").has_value());
    EXPECT_EQ(run(library.tops(UserId{"new"}, TimeRange::short_term)).value()->tops, newer);
    EXPECT_EQ(run(library.tops(UserId{"new"}, TimeRange::long_term)).value()->tops, older);
    EXPECT_EQ(run(this->stores().history().list(UserId{"new"}, 10, std::nullopt))->size(), 2U);
    EXPECT_TRUE(run(this->stores().sessions().find("hash", noon))->has_value());
}

TYPED_TEST_P(UserStoreContract, AnIdGivenToAnotherAccountShowsNothingOfTheFirst) {
    ASSERT_TRUE(this->log_in(profile("ada", "acc1"), "hers").has_value());
    const Tops tops{{artist("a1")}, {}};
    ASSERT_TRUE(run(this->stores().library().save_tops(UserId{"ada"}, TimeRange::short_term, tops, noon)));

    ASSERT_TRUE(this->log_in(profile("ada", "acc2"), "his").has_value());
    EXPECT_EQ(this->find("ada")->account_id, "acc2");
    EXPECT_EQ(this->tokens("ada"), app::SealedTokens{"his"});
    EXPECT_FALSE(run(this->stores().library().tops(UserId{"ada"}, TimeRange::short_term))->has_value());

    ASSERT_TRUE(this->log_in(profile("ada_2", "acc1")).has_value());
    EXPECT_EQ(run(this->stores().library().tops(UserId{"ada_2"}, TimeRange::short_term)).value()->tops, tops);
}

TYPED_TEST_P(UserStoreContract, ALoginTellsWhetherSomethingChangedHands) {
    const auto usual = [this](SpotifyProfile who) {
        const app::SavedLogin saved = this->save(std::move(who));
        return !saved.changed_hands && !saved.former_id;
    };
    EXPECT_TRUE(usual(profile("ada", "acc1"))) << "a new user";
    EXPECT_TRUE(usual(profile("ada", "acc1"))) << "the same again";
    EXPECT_TRUE(usual(profile("bob"))) << "without an account_id";
    EXPECT_TRUE(usual(profile("bob", "acc2"))) << "given one";

    const app::SavedLogin renamed = this->save(profile("ada2", "acc1"));
    EXPECT_TRUE(renamed.changed_hands);
    EXPECT_EQ(renamed.former_id, UserId{"ada"});
    EXPECT_TRUE(this->save(profile("bob", "acc3")).changed_hands) << "the id now belongs to another account";
}

REGISTER_TYPED_TEST_SUITE_P(UserStoreContract, UnknownUserIsNothing, StoresTheWholeProfile,
                            StoresAProfileWithoutOptionalMembers, TokensComeBackByteForByte,
                            LoginAgainOverwritesProfileAndTokensButKeepsSharing,
                            ReplacesTokensOnlyWhileTheExpectedOnesAreStored, OfManyRefreshesAtOnceOneWins,
                            ReconnectDropsTheTokensUntilTheNextLogin, SharingIsTheUsersChoice,
                            AChangedIdTakesEverythingAlong, AUserSeenWithoutAnAccountIdIsGivenOne,
                            TwoRecordsOfOneAccountBecomeOne, AnIdGivenToAnotherAccountShowsNothingOfTheFirst,
                            ALoginTellsWhetherSomethingChangedHands);

} // namespace personalify::test

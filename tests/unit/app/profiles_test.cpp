#include "unit/app/world.hpp"

#include <gtest/gtest.h>

namespace personalify::app {

namespace {

using namespace test;

class ProfilesTest : public ::testing::Test {
protected:
    std::optional<User> show(Caller caller, UserId user) {
        return run(world_.profiles.show(std::move(caller), std::move(user))).value();
    }
    Result<SpotifyProfile> at_spotify(Caller caller, UserId user) {
        return run(world_.profiles.at_spotify(std::move(caller), std::move(user)));
    }

    World world_;
    UserId ada_ = world_.sign_up("ada");
    Caller caller_ = world_.caller(ada_);
};

} // namespace

TEST_F(ProfilesTest, AreForTheOwnUserUntilShared) {
    EXPECT_TRUE(show(caller_, ada_));
    EXPECT_FALSE(show({}, ada_));
    EXPECT_FALSE(show({}, UserId{"nobody"}));
    EXPECT_TRUE(run(world_.profiles.share(caller_, true)));
    EXPECT_EQ(show({}, ada_)->display_name, "Rani Senja");
    EXPECT_TRUE(run(world_.profiles.share(caller_, false)));
    EXPECT_FALSE(show({}, ada_));
    EXPECT_TRUE(show(caller_, ada_));
}

TEST_F(ProfilesTest, SharingIsTheSessionsUsersChoice) {
    EXPECT_EQ(error_of(run(world_.profiles.share({}, true))), Errc::unauthenticated);
    EXPECT_EQ(world_.users.users[ada_].sharing, std::nullopt);
}

TEST_F(ProfilesTest, SelfKnowsWhenTheConsentEnds) {
    const Result<Self> self = run(world_.profiles.self(caller_));
    ASSERT_TRUE(self);
    EXPECT_EQ(self->user.id, ada_);
    EXPECT_EQ(self->reauthorize_by, reauthorize_by(noon));
    EXPECT_EQ(error_of(run(world_.profiles.self({}))), Errc::unauthenticated);
    world_.users.users.clear();
    EXPECT_EQ(error_of(run(world_.profiles.self(caller_))), Errc::unauthenticated) << "the user is gone";
}

TEST_F(ProfilesTest, AtSpotifyIsAsSpotifyHasItNow) {
    world_.spotify.on_me = [] {
        SpotifyProfile changed = profile("ada");
        changed.display_name = "Rani Baru";
        return changed;
    };
    const Result<SpotifyProfile> found = at_spotify(caller_, ada_);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->display_name, "Rani Baru");
    EXPECT_EQ(found->email, "rani@example.org");
}

TEST_F(ProfilesTest, AtSpotifyIsForTheOwnUserOnly) {
    EXPECT_EQ(error_of(at_spotify({}, ada_)), Errc::unauthenticated);
    world_.users.users[world_.sign_up("bob")].sharing = true;
    EXPECT_EQ(error_of(at_spotify(caller_, UserId{"bob"})), Errc::not_found);
    EXPECT_EQ(error_of(at_spotify(caller_, UserId{"nobody"})), Errc::not_found);
    EXPECT_EQ(world_.spotify.calls, 0);
}

TEST_F(ProfilesTest, WhileSpotifyIsAwayWhatIsStoredWithoutTheAddress) {
    for (const Errc code : {Errc::rate_limited, Errc::upstream_unavailable}) {
        world_.spotify.on_me = [code] { return fail(code, "not now"); };
        const Result<SpotifyProfile> found = at_spotify(caller_, ada_);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->id, ada_);
        EXPECT_EQ(found->display_name, "Rani Senja");
        EXPECT_EQ(found->country, "ID");
        EXPECT_EQ(found->followers, 7);
        EXPECT_EQ(found->email, std::nullopt);
    }
}

TEST_F(ProfilesTest, ALostConsentIsNotHidden) {
    world_.spotify.on_me = [] { return fail(Errc::unauthenticated, "expired"); };
    EXPECT_EQ(error_of(at_spotify(caller_, ada_)), Errc::unauthenticated);
    EXPECT_TRUE(world_.users.users[ada_].reconnect_needed);
    EXPECT_TRUE(run(world_.profiles.self(caller_))->user.reconnect_needed);
}

TEST(Visible, OwnThenTheUsersChoiceThenTheOperators) {
    const UserId ada{"ada"};
    Caller own{.session = Session{.token_hash = {}, .user = ada}, .token = "token"};
    for (const bool profiles_public : {false, true}) {
        const Visibility visibility{profiles_public};
        for (const std::optional<bool> sharing :
             {std::optional<bool>{}, std::optional{false}, std::optional{true}}) {
            User owner;
            owner.id = ada;
            owner.sharing = sharing;
            EXPECT_TRUE(visibility.allows(own, owner));
            EXPECT_EQ(visibility.allows({}, owner), sharing ? *sharing : profiles_public);
        }
    }
}

TEST(History, IsTheOwnUsersEvenWhenShared) {
    World world{{.profiles_public = true}};
    const UserId ada = world.sign_up("ada");
    world.users.users[ada].sharing = true;
    for (int i = 0; i < 3; ++i) {
        world.clock.advance(1h);
        EXPECT_TRUE(run(world.sync.sync(ada, TimeRange::short_term, 20, Urgency::user_request)));
    }
    const auto list = [&](Caller caller, int limit, std::optional<TimePoint> before) {
        return run(world.history.list(std::move(caller), ada, limit, before)).value();
    };
    const Caller own = world.caller(ada);
    EXPECT_EQ(list(own, 50, std::nullopt).size(), 3U);
    EXPECT_EQ(list(own, 1, std::nullopt).front().synced_at, noon + 3h);
    EXPECT_EQ(list(own, 50, noon + 3h).front().synced_at, noon + 2h);
    const int reads = world.history_store.reads;
    EXPECT_TRUE(list({}, 50, std::nullopt).empty());
    EXPECT_TRUE(list(world.caller(world.sign_up("bob")), 50, std::nullopt).empty());
    EXPECT_EQ(world.history_store.reads, reads);
}

} // namespace personalify::app

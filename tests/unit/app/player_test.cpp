#include "unit/app/player_fixture.hpp"

namespace personalify::app {
namespace {

TEST_F(PlayerTest, IsForTheOwnUserAndThoseSharedWith) {
    world_.spotify.on_player = [] { return playing("a"); };
    EXPECT_EQ(show(caller_, ada_).playing.track.id, "a");
    EXPECT_EQ(error_of(run(player_.show({}, ada_))), Errc::not_found)
        << "public profiles don't make live listening public";
    EXPECT_EQ(error_of(run(player_.show(caller_, UserId{"nobody"}))), Errc::not_found);
    EXPECT_EQ(error_of(run(player_.watch({}, ada_, ""))), Errc::not_found);
    world_.users.users[ada_].sharing = true;
    EXPECT_EQ(show({}, ada_).playing.track.id, "a");
    EXPECT_EQ(world_.spotify.player_calls, 1);
}

TEST_F(PlayerTest, AsksAgainAfterASecondOnly) {
    world_.spotify.on_player = [] { return playing("a"); };
    EXPECT_EQ(show(caller_, ada_).playing.progress_ms, 10'000);
    world_.clock.advance(999ms);
    EXPECT_EQ(show(caller_, ada_).playing.progress_ms, 10'999);
    EXPECT_EQ(world_.spotify.player_calls, 1);
    world_.clock.advance(1ms);
    EXPECT_EQ(show(caller_, ada_).playing.progress_ms, 10'000);
    EXPECT_EQ(world_.spotify.player_calls, 2);
}

TEST_F(PlayerTest, AllWhoAskAtOnceShareOneCall) {
    world_.spotify.turns = 5;
    std::vector<Task<Result<PlayerView>>> tasks;
    for (int i = 0; i < 50; ++i) {
        tasks.push_back(player_.show(caller_, ada_));
    }
    for (const Result<PlayerView>& view : run_all(std::move(tasks))) {
        EXPECT_TRUE(view);
    }
    EXPECT_EQ(world_.spotify.player_calls, 1);
}

TEST_F(PlayerTest, AHangingSpotifyHoldsNobody) {
    world_.spotify.turns = 1'000'000'000; // for ever, as far as the loop lives
    asio::io_context loop{1};
    std::optional<Result<PlayerView>> view;
    asio::co_spawn(loop.get_executor(), player_.show(caller_, ada_),
                   [&](std::exception_ptr, Result<PlayerView> got) { view = std::move(got); });
    while (!view && loop.run_one() > 0) {
    }
    ASSERT_TRUE(view.has_value() && view->has_value());
    EXPECT_NE((*view)->error, "");
}

TEST_F(PlayerTest, TroubleIsInTheView) {
    world_.spotify.on_player = [] { return fail(Errc::upstream_unavailable, "Spotify is away."); };
    EXPECT_EQ(show(caller_, ada_).error, "Spotify is away.");
    EXPECT_EQ(show(caller_, ada_).error, "Spotify is away.");
    EXPECT_EQ(world_.spotify.player_calls, 1) << "it backs off";
}

TEST_F(PlayerTest, AnExpiredTokenIsRefreshedOnce) {
    world_.spotify.on_player = [this]() -> Result<Playing> {
        if (world_.spotify.player_calls == 1) {
            return fail(Errc::unauthenticated, "expired");
        }
        return playing("a");
    };
    EXPECT_EQ(show(caller_, ada_).playing.track.id, "a");
    EXPECT_EQ(world_.accounts.refreshes.size(), 1U);
}

TEST_F(PlayerTest, ALostConsentAsksToSignInAgain) {
    world_.spotify.on_player = [] { return fail(Errc::unauthenticated, login_again); };
    EXPECT_EQ(show(caller_, ada_).error, login_again);
    EXPECT_TRUE(world_.users.users[ada_].reconnect_needed);
}

TEST_F(PlayerTest, ANewLoginLooksAgainAtOnce) {
    LoginService logins{
        world_.users,    world_.sessions, world_.short_lived,
        world_.accounts, world_.spotify,  world_.tokens,
        world_.sync,     world_.clock,    [this](const SavedLogin& login) { player_.signed_in(login); }};
    world_.spotify.on_player = [] { return fail(Errc::unauthenticated, login_again); };
    EXPECT_EQ(show(caller_, ada_).error, login_again);
    world_.spotify.on_player = [] { return playing("a"); };
    EXPECT_EQ(show(caller_, ada_).error, login_again) << "it backs off";
    const LoginStart start = run(logins.begin({})).value();
    EXPECT_EQ(run(logins.finish(start.state, start.binder, "code")).failure, std::nullopt);
    EXPECT_EQ(show(caller_, ada_).playing.track.id, "a");
}

TEST_F(PlayerTest, AnIdThatWentToAnotherUserShowsNothingOfTheFormerOne) {
    world_.spotify.on_player = [] { return playing("a"); };
    const UserId bob = world_.sign_up("bob");
    EXPECT_EQ(show(caller_, ada_).playing.track.id, "a");
    EXPECT_EQ(show(world_.caller(bob), bob).playing.track.id, "a");
    world_.spotify.on_player = [] { return playing("b"); };
    player_.signed_in({.user = world_.users.users[ada_], .changed_hands = true, .former_id = bob});
    EXPECT_EQ(show(caller_, ada_).playing.track.id, "b");
    EXPECT_EQ(show(world_.caller(bob), bob).playing.track.id, "b");
    world_.sign_up("eve"); // of whom nothing is known
    player_.signed_in({.user = world_.users.users[UserId{"eve"}], .changed_hands = true});
}

TEST_F(PlayerTest, FaultsOfOursAreReported) {
    world_.users.failure = Error{Errc::internal, "Storage is unavailable.", "disk"};
    EXPECT_FALSE(run(player_.show(caller_, ada_)));
    EXPECT_FALSE(run(player_.watch(caller_, ada_, "")));
    EXPECT_TRUE(run(player_.may_go_on(caller_.token, ada_)));
    EXPECT_EQ(reported_, std::vector<std::string>(3, "player.user Storage is unavailable. disk"));
    world_.users.failure.reset();
    reported_.clear();
    EXPECT_FALSE(run(player_.show(caller_, UserId{"nobody"})));
    EXPECT_FALSE(run(player_.show({}, ada_)));
    EXPECT_TRUE(reported_.empty());
    world_.session_store.failure = Error{Errc::overloaded, "Storage is busy.", "queue"};
    std::string unseen = caller_.token; // the other one is remembered
    unseen.front() = unseen.front() == 'a' ? 'b' : 'a';
    EXPECT_TRUE(run(player_.may_go_on(unseen, ada_)));
    EXPECT_EQ(reported_, std::vector<std::string>{"player.session Storage is busy. queue"});
}

TEST_F(PlayerTest, ABudgetThatIsSpentIsNotReported) {
    world_.spotify.on_player = [] { return fail(budget_spent, "later", "", 5s); };
    EXPECT_EQ(show(caller_, ada_).error, "later");
    EXPECT_TRUE(reported_.empty());
    world_.clock.advance(11s);
    world_.spotify.on_player = [] { return fail(Errc::overloaded, "busy"); };
    EXPECT_EQ(show(caller_, ada_).error, "busy");
    EXPECT_EQ(reported_, std::vector<std::string>{"player.poll busy "});
}

TEST_F(PlayerTest, RenewingATokenIsNotPartOfTheLook) {
    world_.spotify.on_player = [this]() -> Result<Playing> {
        if (world_.spotify.player_calls == 1) {
            return fail(Errc::unauthenticated, "expired");
        }
        world_.clock.advance(200ms); // the answer travels
        return playing("a");
    };
    world_.accounts.on_refresh = [this] {
        world_.clock.advance(8s);
        return grant("access-2", "refresh-2");
    };
    EXPECT_EQ(show(caller_, ada_).playing.progress_ms, 10'100);
}

TEST_F(PlayerTest, RemembersABoundedNumberOfPlayers) {
    options_.most_feeds = 2;
    PlayerService small{world_.users, world_.spotify, world_.tokens, world_.sessions,
                        world_.clock, render,         options_,      report_};
    const UserId bob = world_.sign_up("bob");
    const UserId eve = world_.sign_up("eve");
    EXPECT_TRUE(run(small.show(caller_, ada_)));
    EXPECT_TRUE(run(small.show(world_.caller(bob), bob)));
    EXPECT_EQ(error_of(run(small.show(world_.caller(eve), eve))), Errc::overloaded);
    EXPECT_EQ(reported_.size(), 1U);
    world_.clock.advance(11s);
    EXPECT_TRUE(run(small.show(world_.caller(eve), eve))) << "the idle ones made room";
}

TEST_F(PlayerTest, RecentPlaysAreTheOwnUsers) {
    world_.spotify.on_recent = [] {
        return std::vector<RecentPlay>{{.played_at = "2026-11-20T09:15:32.412Z", .track = {}, .album = {}}};
    };
    world_.users.users[ada_].sharing = true;
    EXPECT_EQ(run(player_.recent(caller_, ada_, 7)).value().size(), 1U);
    EXPECT_EQ(world_.spotify.limits.back(), 7);
    EXPECT_EQ(error_of(run(player_.recent({}, ada_, 7))), Errc::unauthenticated);
    EXPECT_EQ(error_of(run(player_.recent({}, UserId{}, 7))), Errc::unauthenticated);
    EXPECT_EQ(error_of(run(player_.recent(world_.caller(world_.sign_up("bob")), ada_, 7))), Errc::not_found);
}

TEST_F(PlayerTest, AWatchGoesOnWhileSessionAndSharingStand) {
    const UserId bob = world_.sign_up("bob");
    const Caller bobs = world_.caller(bob);
    EXPECT_TRUE(run(player_.may_go_on(caller_.token, ada_)));
    EXPECT_FALSE(run(player_.may_go_on(bobs.token, ada_)));
    world_.users.users[ada_].sharing = true;
    EXPECT_TRUE(run(player_.may_go_on(bobs.token, ada_)));
    EXPECT_TRUE(run(player_.may_go_on("", ada_)));
    EXPECT_TRUE(run(world_.sessions.end(bobs)));
    EXPECT_FALSE(run(player_.may_go_on(bobs.token, ada_))) << "it was opened by a session that ended";
    world_.users.failure = Error{Errc::internal, "broken"};
    EXPECT_TRUE(run(player_.may_go_on(caller_.token, ada_))) << "could not look";
    world_.users.failure.reset();
    world_.users.users.clear();
    EXPECT_FALSE(run(player_.may_go_on(caller_.token, ada_)));
}

} // namespace
} // namespace personalify::app

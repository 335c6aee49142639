#include "unit/app/login_walk.hpp"

#include <gtest/gtest.h>

namespace personalify::app {

namespace {

using namespace test;

class LoginTest : public ::testing::Test, protected LoginWalk {
protected:
    std::optional<LoginFailure> failure_when_exchange_fails(Errc code) {
        world_.accounts.on_exchange = [code] { return fail(code, "no", "scripted"); };
        return finish(begin()).failure;
    }
    std::optional<LoginFailure> failure_when_me_fails(Errc code) {
        world_.spotify.on_me = [code] { return fail(code, "no", "scripted"); };
        return finish(begin()).failure;
    }
};

} // namespace

TEST_F(LoginTest, EndsInASession) {
    const LoginEnd end = finish(begin({.redirect = "/me?x=1"}));
    EXPECT_EQ(end.failure, std::nullopt);
    EXPECT_FALSE(end.mobile);
    EXPECT_EQ(end.redirect, "/me?x=1");
    EXPECT_EQ(end.user, UserId{"ada"});
    EXPECT_EQ(end.one_time_code, "");

    const Caller caller = run(world_.sessions.identify(end.session_token)).value();
    EXPECT_TRUE(caller.is(UserId{"ada"}));
    EXPECT_EQ(caller.session->kind, SessionKind::web);
}

TEST_F(LoginTest, KeepsUserTokensAndTopsOfAllRanges) {
    finish(begin());
    const User& ada = world_.users.users.at(UserId{"ada"});
    EXPECT_EQ(ada.display_name, "Rani Senja");
    EXPECT_EQ(ada.authorized_at, noon);
    EXPECT_EQ(run(world_.tokens.access_token(ada.id, "")), "access-1");
    for (const TimeRange range : all_time_ranges) {
        EXPECT_TRUE(world_.library.stored.contains({ada.id, range})) << to_string(range);
    }
    EXPECT_EQ(world_.history_store.entries[ada.id].size(), 3U);
    EXPECT_EQ(world_.spotify.limits, std::vector<int>(6, 20));
}

TEST_F(LoginTest, IsToldOfOnceItIsStored) {
    std::vector<UserId> told;
    LoginService logins{world_.users,
                        world_.sessions,
                        world_.short_lived,
                        world_.accounts,
                        world_.spotify,
                        world_.tokens,
                        world_.sync,
                        world_.clock,
                        [&](const SavedLogin& login) {
                            EXPECT_TRUE(world_.users.users.contains(login.user.id));
                            told.push_back(login.user.id);
                        }};
    const LoginStart start = run(logins.begin({})).value();
    EXPECT_EQ(run(logins.finish(start.state, start.binder, "code")).failure, std::nullopt);
    EXPECT_EQ(told, std::vector{UserId{"ada"}});
    world_.users.failure = Error{Errc::internal, "broken"};
    const LoginStart again = run(logins.begin({})).value();
    EXPECT_NE(run(logins.finish(again.state, again.binder, "code")).failure, std::nullopt);
    EXPECT_EQ(told.size(), 1U);
}

class InvitedLoginTest : public LoginTest {
protected:
    LoginEnd log_in(LoginRequest request = {}) {
        const LoginStart start = run(logins_.begin(std::move(request))).value();
        return run(logins_.finish(start.state, start.binder, "code"));
    }
    void invite(const std::string& code) { world_.users.invitations.insert(crypto::sha256_hex(code)); }

    LoginService logins_{world_.users,  world_.sessions, world_.short_lived, world_.accounts, world_.spotify,
                         world_.tokens, world_.sync,     world_.clock,       nullptr,         &world_.users};
};

TEST_F(InvitedLoginTest, ANewcomerNeedsAnInvitation) {
    const LoginEnd web = log_in();
    EXPECT_EQ(web.failure, LoginFailure::access_required);
    EXPECT_EQ(web.session_token, "");
    EXPECT_TRUE(world_.users.users.empty());
    EXPECT_TRUE(log_in({.mobile = true, .invitation = "wrong"}).mobile);
    EXPECT_EQ(log_in({.invitation = "wrong"}).failure, LoginFailure::access_required);
    invite("good");
    EXPECT_EQ(log_in({.invitation = "good"}).failure, std::nullopt);
    EXPECT_TRUE(world_.users.invitations.empty());
    EXPECT_EQ(log_in().failure, std::nullopt) << "who has an account comes in as ever";
}

TEST_F(InvitedLoginTest, ALoginThatFailsUsesUpNothing) {
    invite("good");
    const auto well = world_.accounts.on_exchange;
    world_.accounts.on_exchange = [] { return fail(Errc::unauthenticated, "no", "scripted"); };
    EXPECT_EQ(log_in({.invitation = "good"}).failure, LoginFailure::token_error);
    world_.accounts.on_exchange = well;
    EXPECT_EQ(log_in({.invitation = "good"}).failure, std::nullopt);
}

TEST_F(LoginTest, ProvesToSpotifyThatItBeganTheLogin) {
    const LoginStart start = begin({.redirect_uri = "http://127.0.0.1:8000/callback"});
    EXPECT_THAT(start.authorize_url, ::testing::HasSubstr("redirect_uri=http://127.0.0.1:8000/callback&"));
    EXPECT_THAT(start.authorize_url, ::testing::HasSubstr("&state=" + start.state + "&"));
    finish(start, "the code");
    ASSERT_EQ(world_.accounts.exchanges.size(), 1U);
    const CodeExchange& exchange = world_.accounts.exchanges[0];
    EXPECT_EQ(exchange.code, "the code");
    EXPECT_EQ(exchange.redirect_uri, "http://127.0.0.1:8000/callback");
    EXPECT_THAT(start.authorize_url,
                ::testing::EndsWith("&code_challenge=" + crypto::pkce_challenge(exchange.code_verifier)));
    EXPECT_EQ(start.authorize_url.find(exchange.code_verifier), std::string::npos);
}

TEST_F(LoginTest, EveryLoginHasItsOwnSecrets) {
    const LoginStart one = begin();
    const LoginStart other = begin();
    EXPECT_NE(one.state, other.state);
    EXPECT_NE(one.binder, other.binder);
    EXPECT_NE(one.state, one.binder);
    EXPECT_EQ(finish(other).failure, std::nullopt);
    EXPECT_EQ(finish(one).failure, std::nullopt) << "two tabs don't end each other's login";
    EXPECT_NE(world_.accounts.exchanges[0].code_verifier, world_.accounts.exchanges[1].code_verifier);
}

TEST_F(LoginTest, AStateIsGoodOnce) {
    const LoginStart start = begin();
    EXPECT_EQ(finish(start).failure, std::nullopt);
    EXPECT_EQ(finish(start).failure, LoginFailure::state_error);
    EXPECT_EQ(world_.accounts.exchanges.size(), 1U);
}

TEST_F(LoginTest, AStateIsGoodInItsOwnBrowserOnly) {
    const LoginStart mine = begin();
    const LoginStart theirs = begin();
    for (const auto& [state, binder] : {std::pair{mine.state, theirs.binder},
                                        {mine.state, std::string{}},
                                        {std::string{}, mine.binder},
                                        {std::string{}, std::string{}},
                                        {std::string{"made up"}, mine.binder},
                                        {mine.binder, mine.state}}) {
        EXPECT_EQ(run(world_.logins.finish(state, binder, "code")).failure, LoginFailure::state_error);
    }
    EXPECT_TRUE(world_.accounts.exchanges.empty());
    EXPECT_EQ(finish(mine).failure, std::nullopt) << "a foreign browser can't spend the state";
}

TEST_F(LoginTest, AStateLivesTenMinutes) {
    const LoginStart early = begin();
    world_.clock.advance(9min + 59s);
    EXPECT_EQ(finish(early).failure, std::nullopt);
    const LoginStart late = begin();
    world_.clock.advance(10min);
    EXPECT_EQ(finish(late).failure, LoginFailure::state_error);
}

TEST_F(LoginTest, ACodeThatSpotifyRefusesIsATokenError) {
    EXPECT_EQ(failure_when_exchange_fails(Errc::unauthenticated), LoginFailure::token_error);
    EXPECT_EQ(failure_when_exchange_fails(Errc::forbidden), LoginFailure::token_error);
    EXPECT_EQ(failure_when_exchange_fails(Errc::upstream_unavailable), LoginFailure::server_error);
    EXPECT_EQ(failure_when_exchange_fails(Errc::rate_limited), LoginFailure::server_error);
    EXPECT_EQ(world_.users.logins, 0);
    EXPECT_EQ(world_.spotify.calls, 0);
}

TEST_F(LoginTest, AGrantWithoutAccessTokenIsNone) {
    world_.accounts.on_exchange = [] { return grant("", "refresh-1"); };
    EXPECT_EQ(finish(begin()).failure, LoginFailure::no_access_token);
    EXPECT_EQ(world_.spotify.calls, 0);
}

TEST_F(LoginTest, WithoutAProfileNobodyIsLoggedIn) {
    EXPECT_EQ(failure_when_me_fails(Errc::forbidden), LoginFailure::access_denied);
    EXPECT_EQ(failure_when_me_fails(Errc::upstream_unavailable), LoginFailure::server_error);
    EXPECT_EQ(failure_when_me_fails(Errc::unauthenticated), LoginFailure::server_error);
    EXPECT_EQ(world_.users.logins, 0);
    EXPECT_TRUE(world_.session_store.sessions.empty());
    EXPECT_TRUE(world_.library.stored.empty());
}

TEST_F(LoginTest, BrokenStoresAreServerErrors) {
    world_.users.failure = Error{Errc::overloaded, "busy", "queue full"};
    EXPECT_EQ(finish(begin()).failure, LoginFailure::server_error);
    world_.users.failure.reset();
    world_.session_store.failure = Error{Errc::overloaded, "busy", "queue full"};
    const LoginEnd end = finish(begin());
    EXPECT_EQ(end.failure, LoginFailure::server_error);
    EXPECT_EQ(end.cause, "queue full");
    EXPECT_EQ(end.session_token, "");
}

TEST_F(LoginTest, AFailingSyncStillLogsIn) {
    world_.spotify.on_tops = [](const std::string&, TimeRange range) {
        return range == TimeRange::medium_term ? std::optional<Error>{{Errc::upstream_unavailable, "away"}}
                                               : std::nullopt;
    };
    EXPECT_EQ(finish(begin()).failure, std::nullopt);
    EXPECT_EQ(world_.library.stored.size(), 2U) << "what could be read is kept";

    world_.spotify.on_tops = tops_fail(Errc::forbidden);
    EXPECT_EQ(finish(begin()).failure, std::nullopt);

    world_.spotify.on_tops = [](const std::string&, TimeRange) { return std::nullopt; };
    world_.library.failure = Error{Errc::overloaded, "busy"};
    EXPECT_EQ(finish(begin()).failure, std::nullopt);
}

TEST_F(LoginTest, ReadsEverythingAtOnce) {
    world_.spotify.turns = 10;
    EXPECT_EQ(finish(begin()).failure, std::nullopt);
    EXPECT_EQ(world_.spotify.calls, 7);
    EXPECT_EQ(world_.spotify.most_under_way, 7) << "the profile, and artists and tracks of three ranges";
}

TEST_F(LoginTest, SigningInAgainEndsTheNeedToReconnect) {
    finish(begin());
    world_.clock.advance(24h);
    world_.users.users[UserId{"ada"}].reconnect_needed = true;
    world_.users.users[UserId{"ada"}].sharing = true;
    finish(begin());
    const User& ada = world_.users.users.at(UserId{"ada"});
    EXPECT_FALSE(ada.reconnect_needed);
    EXPECT_EQ(ada.authorized_at, noon + 24h);
    EXPECT_EQ(ada.sharing, true);
}

TEST_F(LoginTest, WhoSaysNoIsTakenAtTheirWord) {
    EXPECT_EQ(refuse(begin(), "access_denied").failure, LoginFailure::access_denied);
    EXPECT_EQ(refuse(begin(), "server_error").failure, LoginFailure::server_error);
    const LoginStart start = begin({.mobile = true});
    const LoginEnd end = refuse(start, "access_denied");
    EXPECT_TRUE(end.mobile);
    EXPECT_EQ(refuse(start, "access_denied").failure, LoginFailure::state_error) << "the state is used";
    EXPECT_EQ(run(world_.logins.refuse(begin().state, "foreign", "access_denied")).failure,
              LoginFailure::state_error);
    EXPECT_TRUE(world_.accounts.exchanges.empty());
}

TEST_F(LoginTest, RefusesToLeadElsewhere) {
    const auto start = run(world_.logins.begin({.redirect = "//evil.example"}));
    ASSERT_FALSE(start);
    EXPECT_EQ(start.error().code, Errc::invalid_argument);
}

TEST_F(LoginTest, AFullStoreOfStatesIsAnError) {
    storage::MemoryShortLived full{0, 0, world_.clock};
    LoginService logins{world_.users,   world_.sessions, full,        world_.accounts,
                        world_.spotify, world_.tokens,   world_.sync, world_.clock};
    EXPECT_EQ(error_of(run(logins.begin({}))), Errc::overloaded);
}

TEST(FrontendPath, IsAPlainPath) {
    for (const char* good :
         {"/", "/dashboard", "/dashboard/ada?time_range=short_term", "/a#b", "/a//b", "/%2F%2Fx"}) {
        EXPECT_TRUE(is_frontend_path(good)) << good;
    }
    for (const char* bad :
         {"", "dashboard", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
          "https://evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: x=y", "/a b", "/a\tb", " /a",
          ".evil.example", "@evil.example", "/a\x7f"}) {
        EXPECT_FALSE(is_frontend_path(bad)) << bad;
    }
    EXPECT_TRUE(is_frontend_path('/' + std::string(511, 'a')));
    EXPECT_FALSE(is_frontend_path('/' + std::string(512, 'a')));
}

} // namespace personalify::app

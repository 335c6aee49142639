#include "unit/app/login_walk.hpp"

#include <gtest/gtest.h>

namespace personalify::app {

namespace {

using namespace test;

const std::string verifier(64, 'v');

class MobileLoginTest : public ::testing::Test, protected LoginWalk {
protected:
    std::string one_time_code() {
        return finish(begin({.mobile = true, .app_code_challenge = crypto::pkce_challenge(verifier)}))
            .one_time_code;
    }
    Result<MobileSession> exchange(std::string code, std::string with = verifier) {
        return run(world_.logins.exchange(std::move(code), std::move(with)));
    }
};

} // namespace

TEST_F(MobileLoginTest, EndsInASessionForTheApp) {
    const LoginEnd end = finish(begin({.mobile = true}));
    EXPECT_TRUE(end.mobile);
    EXPECT_EQ(end.failure, std::nullopt);
    EXPECT_EQ(end.one_time_code, "");
    const Caller caller = run(world_.sessions.identify(end.session_token)).value();
    EXPECT_TRUE(caller.is(UserId{"ada"}));
    EXPECT_EQ(caller.session->kind, SessionKind::mobile);
}

TEST_F(MobileLoginTest, FailuresRememberThatItIsTheApp) {
    world_.accounts.on_exchange = [] { return fail(Errc::unauthenticated, "invalid_grant"); };
    EXPECT_TRUE(finish(begin({.mobile = true})).mobile);
    EXPECT_FALSE(run(world_.logins.finish("unknown", "unknown", "code")).mobile);
}

TEST_F(MobileLoginTest, WithAChallengeTheLinkCarriesACodeInstead) {
    const LoginEnd end =
        finish(begin({.mobile = true, .app_code_challenge = crypto::pkce_challenge(verifier)}));
    EXPECT_EQ(end.session_token, "");
    EXPECT_EQ(end.one_time_code.size(), 43U);
    EXPECT_TRUE(world_.session_store.sessions.empty());

    const Result<MobileSession> session = exchange(end.one_time_code);
    ASSERT_TRUE(session);
    EXPECT_EQ(session->user, UserId{"ada"});
    EXPECT_EQ(session->lifetime, 30 * 24h);
    const Caller caller = run(world_.sessions.identify(session->token)).value();
    EXPECT_TRUE(caller.is(UserId{"ada"}));
    EXPECT_EQ(caller.session->kind, SessionKind::mobile);
}

TEST_F(MobileLoginTest, ACodeIsGoodOnce) {
    const std::string code = one_time_code();
    EXPECT_TRUE(exchange(code));
    EXPECT_EQ(error_of(exchange(code)), Errc::invalid_argument);
    EXPECT_EQ(world_.session_store.sessions.size(), 1U);
}

TEST_F(MobileLoginTest, AWrongVerifierSpendsTheCode) {
    const std::string code = one_time_code();
    EXPECT_EQ(error_of(exchange(code, std::string(64, 'w'))), Errc::invalid_argument);
    EXPECT_EQ(error_of(exchange(code)), Errc::invalid_argument);
    EXPECT_EQ(error_of(exchange(one_time_code(), crypto::pkce_challenge(verifier))), Errc::invalid_argument)
        << "the challenge is no verifier";
    EXPECT_TRUE(world_.session_store.sessions.empty());
}

TEST_F(MobileLoginTest, ACodeLivesAMinute) {
    const std::string early = one_time_code();
    world_.clock.advance(59s);
    EXPECT_TRUE(exchange(early));
    const std::string late = one_time_code();
    world_.clock.advance(1min);
    EXPECT_EQ(error_of(exchange(late)), Errc::invalid_argument);
}

TEST_F(MobileLoginTest, NothingElseIsACode) {
    EXPECT_EQ(error_of(exchange("")), Errc::invalid_argument);
    EXPECT_EQ(error_of(exchange("made up")), Errc::invalid_argument);
    EXPECT_EQ(error_of(exchange(begin({.mobile = true}).state)), Errc::invalid_argument);
}

TEST_F(MobileLoginTest, AChallengeChangesNothingForABrowser) {
    const LoginEnd end = finish(begin({.app_code_challenge = crypto::pkce_challenge(verifier)}));
    EXPECT_FALSE(end.mobile);
    EXPECT_EQ(end.one_time_code, "");
    EXPECT_TRUE(run(world_.sessions.identify(end.session_token)).value().session);
}

} // namespace personalify::app

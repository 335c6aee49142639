#include "unit/app/world.hpp"

#include <gtest/gtest.h>

namespace personalify::app {

namespace {

using namespace test;

class SessionsTest : public ::testing::Test {
protected:
    std::string begin() { return run(world_.sessions.start(ada_, SessionKind::web)).value(); }
    Caller identify(std::string token) { return run(world_.sessions.identify(std::move(token))).value(); }
    /// The only session as stored.
    Session& stored() { return world_.session_store.sessions.begin()->second; }

    World world_;
    UserId ada_ = world_.sign_up("ada");
};

} // namespace

TEST_F(SessionsTest, ATokenProvesItsUser) {
    const std::string token = begin();
    const Caller caller = identify(token);
    ASSERT_TRUE(caller.session);
    EXPECT_TRUE(caller.is(ada_));
    EXPECT_FALSE(caller.is(UserId{"bob"}));
    EXPECT_EQ(caller.token, token);
    EXPECT_EQ(caller.session->kind, SessionKind::web);
    EXPECT_NE(begin(), token);
}

TEST_F(SessionsTest, TheStoreSeesOnlyAHash) {
    const std::string token = begin();
    EXPECT_EQ(token.size(), 43U); // 256 bits
    EXPECT_EQ(stored().token_hash, crypto::sha256_hex(token));
    EXPECT_EQ(stored().token_hash.find(token), std::string::npos);
}

TEST_F(SessionsTest, NobodyIsBehindAnythingElse) {
    std::string other = begin();
    other.front() = other.front() == 'A' ? 'B' : 'A';
    const int finds = world_.session_store.finds;
    EXPECT_FALSE(identify("").session);
    EXPECT_FALSE(identify("short").session);
    EXPECT_FALSE(identify(std::string(10'000, 'x')).session);
    EXPECT_EQ(world_.session_store.finds, finds) << "what can't be a token is not looked up";
    EXPECT_FALSE(identify(other).session);
    EXPECT_FALSE(identify(other).is(UserId{}));
}

TEST_F(SessionsTest, LivesThirtyDaysFromItsLastUse) {
    const std::string token = begin();
    world_.clock.advance(29 * 24h);
    EXPECT_TRUE(identify(token).session);
    world_.clock.advance(29 * 24h);
    EXPECT_TRUE(identify(token).session);
    world_.clock.advance(30 * 24h + 1s);
    EXPECT_FALSE(identify(token).session);
}

TEST_F(SessionsTest, NeverLivesLongerThan180Days) {
    const std::string token = begin();
    const TimePoint born = world_.clock.now();
    for (int day = 0; day < 179; day += 10) {
        EXPECT_TRUE(identify(token).session) << day;
        EXPECT_LE(stored().expires_at, born + SessionService::longest_lifetime);
        world_.clock.advance(10 * 24h);
    }
    EXPECT_EQ(world_.clock.now(), born + 180 * 24h);
    EXPECT_FALSE(identify(token).session);
}

TEST_F(SessionsTest, SlidingWritesAtMostOnceADay) {
    const std::string token = begin();
    for (int hour = 0; hour < 24; ++hour) {
        identify(token);
        world_.clock.advance(1h);
    }
    EXPECT_EQ(world_.session_store.extensions, 0);
    world_.clock.advance(1h);
    identify(token);
    identify(token);
    EXPECT_EQ(world_.session_store.extensions, 1);
}

TEST_F(SessionsTest, RenewingSlidesAtOnceAndTellsTheRemainingLife) {
    const Caller caller = identify(begin());
    world_.clock.advance(1h);
    EXPECT_EQ(run(world_.sessions.renew(caller)).value(), 30 * 24h);
    EXPECT_EQ(stored().expires_at, world_.clock.now() + SessionService::idle_lifetime);
    world_.clock.advance(170 * 24h);
    EXPECT_EQ(run(world_.sessions.renew(caller)).value(), 10 * 24h - 1h);
    EXPECT_EQ(error_of(run(world_.sessions.renew({}))), Errc::unauthenticated);
}

TEST_F(SessionsTest, EndsForGood) {
    const std::string token = begin();
    const std::string other = begin();
    const Caller caller = identify(token);
    EXPECT_TRUE(run(world_.sessions.end(caller)));
    EXPECT_FALSE(identify(token).session);
    EXPECT_TRUE(identify(other).session) << "only the caller's own";
    EXPECT_TRUE(run(world_.sessions.end(caller))) << "twice is fine";
    EXPECT_TRUE(run(world_.sessions.end({}))) << "without a session as well";
}

TEST_F(SessionsTest, ABrokenStoreIsNotNobody) {
    const std::string token = begin();
    world_.session_store.failure = Error{Errc::overloaded, "busy"};
    EXPECT_EQ(error_of(run(world_.sessions.identify(token))), Errc::overloaded);
    EXPECT_EQ(error_of(run(world_.sessions.start(ada_, SessionKind::web))), Errc::overloaded);
}

TEST_F(SessionsTest, SweepingTakesWhatExpired) {
    begin();
    world_.clock.advance(20 * 24h);
    const std::string younger = begin();
    world_.clock.advance(20 * 24h);
    EXPECT_EQ(run(world_.sessions.sweep()).value(), 1);
    EXPECT_TRUE(identify(younger).session);
}

} // namespace personalify::app

#include "unit/upstream/watched.hpp"
#include "upstream/common/pacer.hpp"

#include <gmock/gmock.h>

namespace personalify::upstream {
namespace {

using namespace testing;
using personalify::test::run;
using personalify::test::run_all;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct World : Watched {
    Pacer pacer{300ms, timing};

    Result<> turn(std::chrono::milliseconds within = 1h) { return run(pacer.turn(clock.now() + within)); }
};

TEST(Pacer, TheFirstWaitsForNobody) {
    World world;
    EXPECT_TRUE(world.turn());
    EXPECT_THAT(world.sleeps, IsEmpty());
}

TEST(Pacer, TurnsAreAnIntervalApart) {
    World world;
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(world.turn());
    }
    EXPECT_THAT(world.sleeps, ElementsAre(300ms, 300ms));
    world.clock.advance(100ms);
    EXPECT_TRUE(world.turn());
    EXPECT_EQ(world.sleeps.back(), 200ms);
}

TEST(Pacer, TimeThatNobodyUsedIsNotSaved) {
    World world;
    EXPECT_TRUE(world.turn());
    world.clock.advance(1h);
    EXPECT_TRUE(world.turn());
    EXPECT_THAT(world.sleeps, IsEmpty());
    EXPECT_TRUE(world.turn());
    EXPECT_THAT(world.sleeps, ElementsAre(300ms));
}

TEST(Pacer, ATurnBeyondTheDeadlineIsRefusedAtOnceAndTakesNone) {
    World world;
    EXPECT_TRUE(world.turn());
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(world.turn(300ms).error().code, Errc::overloaded);
    }
    EXPECT_EQ(world.turn(0ms).error().code, Errc::overloaded);
    EXPECT_THAT(world.sleeps, IsEmpty());
    EXPECT_TRUE(world.turn(301ms));
    EXPECT_THAT(world.sleeps, ElementsAre(300ms));
}

TEST(Pacer, WhoWaitTogetherGetTurnsOneAfterTheOther) {
    ManualClock clock{noon};
    std::vector<std::chrono::milliseconds> waits;
    Pacer pacer{1100ms, Timing{clock,
                               [&](std::chrono::milliseconds time) -> Task<void> {
                                   waits.push_back(time); // the clock stands still
                                   co_return;
                               },
                               [] { return 0.0; }}};
    std::vector<Task<Result<>>> turns;
    for (int i = 0; i < 4; ++i) {
        turns.push_back(pacer.turn(noon + 3s));
    }
    int refused = 0;
    for (const Result<>& turn : run_all(std::move(turns))) {
        refused += turn ? 0 : 1;
    }
    EXPECT_THAT(waits, ElementsAre(1100ms, 2200ms));
    EXPECT_EQ(refused, 1);
}

net::HttpCall a_call(std::chrono::milliseconds deadline) {
    net::HttpCall call;
    call.url = "https://service.example/";
    call.deadline = deadline;
    call.connect_timeout = deadline;
    return call;
}

TEST(Paced, CallsBeginAnIntervalApartAndWhatTheyWaitIsTheirs) {
    World world;
    const Send send = paced(world.watched, world.pacer, world.clock);
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(run(send(a_call(1s))));
    }
    EXPECT_THAT(world.pauses(), ElementsAre(300ms, 300ms));
    EXPECT_EQ(world.sent.at(0).deadline, 1s);
    EXPECT_EQ(world.sent.at(1).deadline, 700ms);
    EXPECT_EQ(world.sent.at(1).connect_timeout, 700ms);
}

TEST(Paced, ACallThatHasNoTimeForItsTurnIsNotSent) {
    World world;
    const Send send = paced(world.watched, world.pacer, world.clock);
    EXPECT_TRUE(run(send(a_call(1s))));
    const net::HttpResult late = run(send(a_call(200ms)));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, Errc::overloaded);
    EXPECT_EQ(late.error().progress, net::HttpProgress::not_sent);
    EXPECT_EQ(world.sent.size(), 1U);
}

} // namespace
} // namespace personalify::upstream

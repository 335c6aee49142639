#include "unit/app/player_fixture.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <latch>
#include <thread>

namespace personalify::app {
namespace {

/// What a reader of a watch gets, on a loop: with a clock that runs and looks every few milliseconds.
class WatchTest : public PlayerTest {
public:
    ~WatchTest() override { leave(); }

protected:
    WatchTest() {
        options_.poll = 5ms;
        options_.patience = options_.short_patience = 5s;
    }

    /// Until the pollers have ended, at their next look: they use their service.
    void leave() {
        watches_.clear();
        loop_.run();
    }

    std::shared_ptr<PlayerWatch> open(PlayerService& player, std::string last_id = "") {
        std::optional<Result<std::shared_ptr<PlayerWatch>>> opened;
        asio::co_spawn(
            loop_.get_executor(), player.watch(caller_, ada_, std::move(last_id)),
            [&](std::exception_ptr, Result<std::shared_ptr<PlayerWatch>> got) { opened = std::move(got); });
        run_until([&] { return opened.has_value(); });
        watches_.push_back(opened->value());
        return watches_.back();
    }
    template <class Condition>
    void run_until(Condition condition) {
        while (!condition()) {
            ASSERT_EQ(loop_.run_one(), 1U) << "nothing goes on any more";
        }
    }
    std::string next(PlayerWatch& watch) {
        PlayerWatch::Bytes news = watch.take();
        if (!news) {
            run_until([&] { return (news = watch.take()) != nullptr; });
        }
        return *news;
    }

    SystemClock real_;
    asio::io_context loop_{1};
    std::vector<std::shared_ptr<PlayerWatch>> watches_;
    std::string epoch_; ///< of the ids
    PlayerRender remember_ = [this](std::string_view id, const PlayerView& view) {
        epoch_ = id.substr(0, id.rfind('-') + 1);
        return render(id, view);
    };
    PlayerService live_{world_.users,
                        world_.spotify,
                        world_.tokens,
                        world_.sessions,
                        real_,
                        remember_,
                        {.poll = 5ms, .patience = 5s, .short_patience = 5s, .looks_per_second = 1e6}};
};

TEST_F(WatchTest, TellsWhatIsNewsOnceAndToAllTheSameBytes) {
    world_.spotify.on_player = [] { return standing("a"); };
    const auto one = open(live_);
    const auto other = open(live_);
    EXPECT_EQ(next(*one), "1 a");
    EXPECT_EQ(next(*other), "1 a");
    world_.spotify.on_player = [] { return standing("b"); };
    int woken = 0;
    one->on_news([&] { ++woken; });
    PlayerWatch::Bytes first;
    run_until([&] { return (first = one->take()) != nullptr; });
    EXPECT_EQ(*first, "2 b");
    EXPECT_EQ(first, other->take()) << "shared";
    EXPECT_EQ(woken, 1);
    const int calls = world_.spotify.player_calls;
    run_until([&] { return world_.spotify.player_calls > calls + 3; });
    EXPECT_EQ(one->take(), nullptr);
    one->on_news(nullptr);
}

TEST_F(WatchTest, KeepsTheNewestForASlowReader) {
    world_.spotify.on_player = [this] { return standing("t" + std::to_string(world_.spotify.player_calls)); };
    const auto watch = open(live_);
    run_until([&] { return world_.spotify.player_calls > 5; });
    const std::string news = next(*watch);
    EXPECT_EQ(news.front() - '0', news.back() - '0') << news;
    EXPECT_GE(news.back(), '5');
}

TEST_F(WatchTest, ResumesWithoutRepeating) {
    world_.spotify.on_player = [] { return standing("a"); };
    const auto first = open(live_);
    EXPECT_EQ(next(*first), "1 a");
    EXPECT_EQ(open(live_, epoch_ + "1")->take(), nullptr);
    EXPECT_EQ(next(*open(live_, epoch_ + "0")), "1 a");
    EXPECT_EQ(next(*open(live_, "another-1")), "1 a");
    EXPECT_EQ(next(*open(live_, "\r\n")), "1 a");
}

TEST_F(WatchTest, PollsForAsLongAsSomebodyWatches) {
    world_.spotify.on_player = [] { return standing("a"); };
    open(live_);
    open(live_);
    watches_.pop_back();
    const int calls = world_.spotify.player_calls;
    run_until([&] { return world_.spotify.player_calls > calls + 3; });
    watches_.clear();
    loop_.run(); // comes to its end: nobody polls
    const int last = world_.spotify.player_calls;
    loop_.restart();
    const auto again = open(live_, epoch_ + "1");
    run_until([&] { return world_.spotify.player_calls > last + 3; });
    EXPECT_EQ(again->take(), nullptr) << "nothing happened while nobody watched";
}

TEST_F(WatchTest, FollowsABoundedNumberOfUsers) {
    PlayerService none{world_.users, world_.spotify, world_.tokens,      world_.sessions,
                       real_,        render,         {.most_pollers = 0}};
    EXPECT_EQ(error_of(run(none.watch(caller_, ada_, ""))), Errc::overloaded);
}

TEST_F(WatchTest, ALoginWakesThePoller) {
    world_.spotify.on_player = [] { return fail(Errc::unauthenticated, login_again); };
    const auto watch = open(live_);
    EXPECT_EQ(next(*watch), std::string{"1 "} + login_again);
    world_.spotify.on_player = [] { return standing("a"); };
    live_.signed_in({.user = run(world_.users.find(world_.sign_up("ada"))).value().value()});
    EXPECT_EQ(next(*watch), "2 a");
}

TEST_F(WatchTest, AnotherHolderOfTheIdEndsTheWatch) {
    world_.spotify.on_player = [] { return standing("a"); };
    const auto watch = open(live_);
    EXPECT_EQ(next(*watch), "1 a");
    const std::string known = epoch_ + "1";
    live_.signed_in({.user = world_.users.users[ada_], .changed_hands = true});
    run_until([&] { return watch->ended(); });
    EXPECT_EQ(watch->take(), nullptr);
    const auto anew = open(live_, known);
    EXPECT_EQ(next(*anew), "1 a") << "of the new holder: not what was known";
    EXPECT_FALSE(anew->ended());
}

/// Throws as often as it is told to.
class BrokenClock final : public Clock {
public:
    TimePoint now() const override {
        if (throws > 0 && throws-- > 0) {
            throw std::runtime_error{"the clock is broken"};
        }
        return SystemClock{}.now();
    }
    mutable int throws = 0;
};

TEST_F(WatchTest, WhatThrowsIsReportedAndPollingGoesOn) {
    BrokenClock clock;
    bool renders = true;
    PlayerService player{world_.users,
                         world_.spotify,
                         world_.tokens,
                         world_.sessions,
                         clock,
                         [&](std::string_view id, const PlayerView& view) {
                             return renders ? render(id, view) : throw std::runtime_error{"no words"};
                         },
                         {.poll = 5ms, .patience = 5s, .short_patience = 5s, .looks_per_second = 1e6},
                         report_};
    world_.spotify.on_player = [] { return standing("a"); };
    auto watch = open(player);
    EXPECT_EQ(next(*watch), "1 a");
    clock.throws = 1;
    run_until([&] { return !reported_.empty(); });
    EXPECT_THAT(reported_.back(), ::testing::HasSubstr("the clock is broken"));
    reported_.clear();
    renders = false;
    world_.spotify.on_player = [] { return standing("b"); };
    run_until([&] { return !reported_.empty(); });
    EXPECT_THAT(reported_.back(), ::testing::HasSubstr("no words"));
    renders = true;
    world_.spotify.on_player = [] { return standing("c"); };
    EXPECT_EQ(next(*watch), "3 c");
    watch.reset();
    leave();
}

TEST_F(WatchTest, ASmallBudgetSlowsThePollersDown) {
    options_.looks_per_second = 2;
    PlayerService slow{world_.users, world_.spotify, world_.tokens, world_.sessions, real_, render, options_};
    world_.spotify.on_player = [] { return standing("a"); };
    EXPECT_EQ(next(*open(slow)), "1 a");
    Timer timer{loop_.get_executor(), 200ms};
    bool over = false;
    timer.async_wait([&](const boost::system::error_code&) { over = true; });
    run_until([&] { return over; });
    EXPECT_LE(world_.spotify.player_calls, 2) << "of a dozen that the pace would have";
    leave();
}

TEST(PlayerShards, NewsReachesWatchesOnOtherShards) {
    World world;
    SystemClock clock;
    const UserId ada = world.sign_up("ada");
    const Caller caller = world.caller(ada);
    PlayerService player{world.users,
                         world.spotify,
                         world.tokens,
                         world.sessions,
                         clock,
                         render,
                         {.poll = 5ms, .looks_per_second = 1e6}};
    std::atomic<int> track = 0;
    world.spotify.on_player = [&] { return standing("t" + std::to_string(track.load())); };
    asio::io_context first{1};
    asio::io_context second{1};
    auto work = asio::make_work_guard(second);
    std::thread thread{[&] { second.run(); }};

    std::shared_ptr<PlayerWatch> here;
    asio::co_spawn(first.get_executor(), player.watch(caller, ada, ""),
                   [&](std::exception_ptr, Result<std::shared_ptr<PlayerWatch>> got) { here = got.value(); });
    while (!here) {
        first.run_one();
    }
    std::latch joined{1};
    std::shared_ptr<PlayerWatch> there;
    std::atomic<bool> told = false;
    const auto opened = [&](std::exception_ptr, Result<std::shared_ptr<PlayerWatch>> got) {
        there = got.value();
        there->take();
        there->on_news([&] {
            if (*there->take() == "2 t1") {
                told = true;
            }
        });
        joined.count_down();
    };
    asio::co_spawn(second.get_executor(), player.watch(caller, ada, ""), opened);
    joined.wait();
    track = 1;
    while (!told) {
        first.run_one(); // polls
    }
    asio::post(second, [&] { there.reset(); });
    work.reset();
    thread.join();
    here.reset();
    first.run();
}

} // namespace
} // namespace personalify::app

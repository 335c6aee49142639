#include "app/player_feed.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

namespace personalify::app {
namespace {

using namespace test;

Playing playing(std::string id, std::chrono::milliseconds progress = 10s) {
    return {.what = Playing::What::track,
            .is_playing = true,
            .track = {.id = std::move(id), .name = "Name", .duration_ms = 200'000},
            .progress_ms = progress.count()};
}

/// A feed without a service: it is told what Spotify says.
class PlayerFeedTest : public ::testing::Test {
protected:
    std::shared_ptr<PlayerWatch> open(std::string_view last_id = "") {
        std::shared_ptr<PlayerWatch> watch = feed_->join(loop_.get_executor());
        feed_->greet(*watch, last_id, now_);
        return watch;
    }
    void tell(Result<Playing> answer) { feed_->apply(feed_->logins(), std::move(answer), now_, now_, 0.0); }
    void fails() { tell(fail(Errc::upstream_unavailable, "Spotify is away.")); }
    std::string next(PlayerWatch& watch) {
        loop_.restart();
        loop_.run();
        const PlayerWatch::Bytes news = watch.take();
        return news ? *news : "nothing";
    }

    PlayerRender render_ = [](std::string_view id, const PlayerView& view) {
        return std::string{id} + ' ' + (view.error.empty() ? view.playing.track.id : view.error);
    };
    asio::io_context loop_{1};
    TimePoint now_ = noon;
    std::shared_ptr<PlayerFeed> feed_ = std::make_shared<PlayerFeed>(UserId{"ada"}, "e", 3s, render_);
};

TEST_F(PlayerFeedTest, WhoJoinsWhenHiddenTroubleBeginsToShowIsToldOfItsEnd) {
    tell(playing("a"));
    const auto first = open();
    EXPECT_EQ(next(*first), "e-1 a");
    fails();
    EXPECT_EQ(next(*first), "nothing");
    now_ += 31s;
    const auto second = open("e-1");
    EXPECT_EQ(next(*second), "e-2 Spotify is away.");
    EXPECT_EQ(next(*first), "e-2 Spotify is away.") << "all see the same";
    tell(playing("a", 41s));
    EXPECT_EQ(next(*first), "e-3 a");
    EXPECT_EQ(next(*second), "e-3 a");
}

TEST_F(PlayerFeedTest, ALoginAsksAnewAndTellsAll) {
    tell(fail(Errc::unauthenticated, "Please login again."));
    const auto watch = open();
    EXPECT_EQ(next(*watch), "e-1 Please login again.");
    EXPECT_FALSE(feed_->may_ask(now_, 0s));
    const std::string key = feed_->flight_key();
    feed_->renew();
    EXPECT_TRUE(feed_->may_ask(now_, 0s));
    EXPECT_NE(feed_->flight_key(), key) << "nobody waits for a look with the old token";
    EXPECT_EQ(next(*open()), "nothing");
    feed_->apply(feed_->logins() - 1, fail(Errc::unauthenticated, "Please login again."), now_, now_, 0.0);
    EXPECT_EQ(next(*watch), "nothing") << "that was asked before the login";
    EXPECT_FALSE(feed_->has_answer());
    tell(playing("a"));
    EXPECT_EQ(next(*watch), "e-2 a");
    EXPECT_FALSE(watch->ended());
}

TEST_F(PlayerFeedTest, AnotherHolderOfTheIdEndsAllWatches) {
    tell(playing("a"));
    const auto watch = open();
    int woken = 0;
    watch->on_news([&] { ++woken; });
    feed_->end();
    EXPECT_EQ(next(*watch), "nothing") << "not even what was not taken yet";
    EXPECT_TRUE(watch->ended());
    EXPECT_EQ(woken, 1);
    EXPECT_FALSE(feed_->may_ask(now_, 0s));
    EXPECT_FALSE(feed_->has_answer());
    tell(playing("b"));
    EXPECT_FALSE(feed_->has_answer());
    const auto late = open();
    EXPECT_TRUE(late->ended());
    EXPECT_EQ(next(*late), "nothing");
    EXPECT_TRUE(feed_->end_polling()) << "though there are watches";
}

} // namespace
} // namespace personalify::app

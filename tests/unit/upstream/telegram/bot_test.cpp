#include "unit/upstream/scripted.hpp"
#include "upstream/telegram/bot.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace personalify::telegram {

namespace {

using namespace upstream::testing;
using app::MessageFate;

class BotTest : public ::testing::Test {
protected:
    Bot make() {
        return Bot{{.url = "https://api.telegram.example/",
                    .bot_token = "7:secret",
                    .chat_id = "-42",
                    .report = [this](std::string_view, const Error& error) { told_.push_back(error); }},
                   script_.send,
                   script_.states,
                   script_.clock};
    }
    void answer(net::HttpResult result) { script_.answers = {std::move(result)}; }
    static net::HttpReply refused(int status, const std::string& more = "") {
        return reply(status, R"({"ok":false,"error_code":)" + std::to_string(status) +
                                 R"(,"description":"no: 7:secret")" + more + "}");
    }

    Script script_;
    std::vector<Error> told_;
    net::HttpReply sent_ = reply(200, R"({"ok":true,"result":{}})");
};

} // namespace

TEST_F(BotTest, PostsToTheChat) {
    answer(sent_);
    Bot bot = make();
    EXPECT_EQ(test::run(bot.send("hello")).fate, MessageFate::sent);
    ASSERT_EQ(script_.sent.size(), 1U);
    EXPECT_EQ(script_.sent[0].method, "POST");
    EXPECT_EQ(script_.sent[0].url, "https://api.telegram.example/bot7:secret/sendMessage");
    EXPECT_EQ(boost::json::parse(script_.sent[0].body).at("chat_id").as_int64(), -42);
    EXPECT_TRUE(told_.empty());
    EXPECT_EQ(bot.closed_for(), std::nullopt);
}

TEST_F(BotTest, IsSentOnceWhateverHappens) {
    Bot bot = make();
    for (const auto progress :
         {net::HttpProgress::not_sent, net::HttpProgress::sent, net::HttpProgress::answered}) {
        script_.sent.clear();
        answer(broken(progress));
        static_cast<void>(test::run(bot.send("hello")));
        EXPECT_EQ(script_.sent.size(), 1U);
    }
}

TEST_F(BotTest, TheWholeBotWaitsAfterTooMany) {
    answer(refused(429, R"(,"parameters":{"retry_after":95})"));
    Bot bot = make();
    EXPECT_EQ(test::run(bot.send("hello")).wait, 95s);
    EXPECT_EQ(bot.closed_for(), 95s);
    Bot after_a_restart = make();
    test::run(after_a_restart.restore());
    EXPECT_EQ(after_a_restart.closed_for(), 95s);
    script_.clock.advance(96s);
    EXPECT_EQ(bot.closed_for(), std::nullopt);
}

TEST_F(BotTest, AFaultOfTheConfigurationIsToldOnceAndHoldsTheBotBack) {
    answer(refused(401));
    Bot bot = make();
    EXPECT_EQ(test::run(bot.send("one")).fate, MessageFate::misconfigured);
    EXPECT_EQ(test::run(bot.send("two")).fate, MessageFate::misconfigured);
    EXPECT_EQ(told_.size(), 1U);
    EXPECT_GT(bot.closed_for(), 5min);
    answer(refused(403));
    static_cast<void>(test::run(bot.send("three")));
    EXPECT_EQ(told_.size(), 2U) << "another fault, another remedy";
}

TEST_F(BotTest, FollowsAGroupThatMovedOnce) {
    script_.answers = {refused(400, R"(,"parameters":{"migrate_to_chat_id":-100777})"), sent_};
    Bot bot = make();
    EXPECT_EQ(test::run(bot.send("hello")).fate, MessageFate::sent);
    ASSERT_EQ(script_.sent.size(), 2U);
    EXPECT_EQ(boost::json::parse(script_.sent[1].body).at("chat_id").as_int64(), -100777);
    ASSERT_EQ(told_.size(), 1U);
    EXPECT_NE(told_[0].detail.find("TELEGRAM_CHAT_ID=-100777"), std::string::npos);

    static_cast<void>(test::run(bot.send("again")));
    EXPECT_EQ(script_.sent.size(), 3U) << "it stays there";
    answer(refused(400, R"(,"parameters":{"migrate_to_chat_id":-100888})"));
    script_.sent.clear();
    EXPECT_EQ(test::run(bot.send("hello")).fate, MessageFate::misconfigured);
    EXPECT_EQ(script_.sent.size(), 2U) << "no running in circles";
}

TEST_F(BotTest, TheTokenIsInNoReport) {
    Bot bot = make();
    answer(refused(401));
    static_cast<void>(test::run(bot.send("x")));
    answer(std::unexpected(net::HttpFailure{
        {Errc::upstream_unavailable, "unreachable", "could not connect to /bot7:secret/sendMessage"},
        net::HttpProgress::not_sent,
        false}));
    static_cast<void>(test::run(bot.send("x")));
    ASSERT_EQ(told_.size(), 2U);
    for (const Error& error : told_) {
        EXPECT_EQ((error.detail + error.cause).find("secret"), std::string::npos) << error.cause;
    }
}

} // namespace personalify::telegram

#include "unit/upstream/scripted.hpp"
#include "upstream/telegram/answer.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace personalify::telegram {

namespace {

using namespace upstream::testing;
using app::MessageFate;

MessageFate fate_of(const net::HttpResult& result) {
    return judge(result, noon).outcome.fate;
}

std::string refusal(int status, const std::string& description, const std::string& more = "") {
    return R"({"ok":false,"error_code":)" + std::to_string(status) + R"(,"description":")" + description +
           '"' + more + '}';
}

} // namespace

TEST(TelegramAnswer, IsSentWhenItSaysSo) {
    EXPECT_EQ(fate_of(reply(200, R"({"ok":true,"result":{"message_id":812}})")), MessageFate::sent);
    EXPECT_EQ(fate_of(reply(200, R"({"ok":true})")), MessageFate::sent) << "the result is not needed";
}

TEST(TelegramAnswer, MayBeSentWhenItCannotBeRead) {
    for (const char* body :
         {"", "{", "[]", "null", "<html>busy</html>", R"({"ok":"yes"})", R"({"ok":false})"}) {
        EXPECT_EQ(fate_of(reply(200, body)), MessageFate::maybe_sent) << body;
    }
}

TEST(TelegramAnswer, ARefusalWith200IsARefusal) {
    EXPECT_EQ(fate_of(reply(200, refusal(403, "Forbidden: bot was blocked by the user"))),
              MessageFate::misconfigured);
    EXPECT_EQ(fate_of(reply(200, refusal(500, "Internal Server Error"))), MessageFate::not_sent);
}

TEST(TelegramAnswer, AFaultOfTheConfigurationNamesItsRemedy) {
    const std::pair<int, const char*> expected[] = {{400, "TELEGRAM_CHAT_ID"},
                                                    {401, "TELEGRAM_BOT_TOKEN"},
                                                    {403, "TELEGRAM_CHAT_ID"},
                                                    {404, "TELEGRAM_BOT_TOKEN"},
                                                    {302, "TELEGRAM_URL"}};
    for (const auto& [status, setting] : expected) {
        const Judgement judgement =
            judge(reply(status, refusal(status, "Bad Request: chat not found")), noon);
        EXPECT_EQ(judgement.outcome.fate, MessageFate::misconfigured) << status;
        EXPECT_NE(judgement.remedy.find(setting), std::string::npos) << judgement.remedy;
        EXPECT_NE(judgement.cause.find(std::to_string(status)), std::string::npos) << judgement.cause;
    }
}

TEST(TelegramAnswer, ATextThatIsRefusedConcernsNoOther) {
    for (const char* why : {"Bad Request: message text is empty", "Bad Request: message is too long"}) {
        const Judgement judgement = judge(reply(400, refusal(400, why)), noon);
        EXPECT_EQ(judgement.outcome.fate, MessageFate::unsendable) << why;
        EXPECT_EQ(judgement.outcome.wait, std::nullopt);
    }
}

TEST(TelegramAnswer, TooManyWaitsAsLongAsItSays) {
    const auto wait = [](const net::HttpReply& answer) { return judge(answer, noon).outcome.wait; };
    EXPECT_EQ(wait(reply(429, refusal(429, "Too Many Requests", R"(,"parameters":{"retry_after":35})"))),
              35s);
    EXPECT_EQ(wait(reply(429, "slow down", {{"retry-after", "7"}})), 7s);
    EXPECT_EQ(wait(reply(429, "")), 30s) << "neither says how long";
    EXPECT_EQ(wait(reply(429, refusal(429, "", R"(,"parameters":{"retry_after":99999999})"))), 24h);
    EXPECT_EQ(fate_of(reply(429, "")), MessageFate::not_sent);
}

TEST(TelegramAnswer, ATroubledServiceHasSentNothing) {
    for (const int status : {500, 502, 503, 504}) {
        const Judgement judgement = judge(reply(status, "<html>Bad Gateway</html>"), noon);
        EXPECT_EQ(judgement.outcome.fate, MessageFate::not_sent) << status;
        EXPECT_EQ(judgement.remedy, "");
    }
}

TEST(TelegramAnswer, WhatLeftMayHaveArrived) {
    EXPECT_EQ(fate_of(broken(net::HttpProgress::not_sent)), MessageFate::not_sent);
    EXPECT_EQ(fate_of(broken(net::HttpProgress::not_sent, true)), MessageFate::not_sent);
    EXPECT_EQ(fate_of(broken(net::HttpProgress::sent)), MessageFate::maybe_sent);
    EXPECT_EQ(fate_of(broken(net::HttpProgress::sent, true)), MessageFate::maybe_sent);
    EXPECT_EQ(fate_of(broken(net::HttpProgress::answered)), MessageFate::maybe_sent);
    EXPECT_EQ(fate_of(broken(net::HttpProgress::not_sent, false, Errc::invalid_argument)),
              MessageFate::misconfigured);
}

TEST(TelegramAnswer, AGroupThatMovedSaysWhere) {
    const Judgement judgement =
        judge(reply(400, refusal(400, "Bad Request: group chat was upgraded to a supergroup chat",
                                 R"(,"parameters":{"migrate_to_chat_id":-1001234567890})")),
              noon);
    EXPECT_EQ(judgement.moved_to, "-1001234567890");
    EXPECT_NE(judgement.remedy.find("TELEGRAM_CHAT_ID=-1001234567890"), std::string::npos);
    EXPECT_EQ(
        judge(reply(400, refusal(400, "no", R"(,"parameters":{"migrate_to_chat_id":"x"})")), noon).moved_to,
        std::nullopt);
}

TEST(TelegramMessage, IsPlainTextForTheChat) {
    const std::string text = "Name: _*[]()<&> \U0001F3A7";
    const auto body = boost::json::parse(message_body("-1001234567890", text)).as_object();
    EXPECT_EQ(body.at("chat_id").as_int64(), -1001234567890);
    EXPECT_EQ(std::string_view{body.at("text").as_string()}, text);
    EXPECT_FALSE(body.contains("parse_mode"));
    EXPECT_TRUE(body.at("link_preview_options").as_object().at("is_disabled").as_bool());
    EXPECT_EQ(std::string_view{boost::json::parse(message_body("@owners", "x")).at("chat_id").as_string()},
              "@owners");
}

TEST(TelegramMessage, HasAtMostAsManyUnitsAsAreTaken) {
    const std::string most(4096, 'x');
    EXPECT_EQ(within_limit(most), most);
    EXPECT_EQ(within_limit(most + 'x'), most);
    std::string notes;
    for (int i = 0; i < 2049; ++i) {
        notes += "\U0001F3A7"; // two units each
    }
    EXPECT_EQ(within_limit(notes).size(), 2048U * 4);
}

TEST(TelegramToken, StaysOutOfTexts) {
    EXPECT_EQ(without_token("POST /bot7:abc/x and 7:abc again", "7:abc"), "POST /bot***/x and *** again");
    EXPECT_EQ(without_token("nothing", "7:abc"), "nothing");
    EXPECT_EQ(without_token("nothing", ""), "nothing");
}

} // namespace personalify::telegram

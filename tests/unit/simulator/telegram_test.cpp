#include "visit.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace personalify::simulator {
namespace {

class Telegram : public testing::Test {
protected:
    http::Response send(std::int64_t chat, const std::string& text,
                        const std::string& token = "700000001:demo") {
        return visit.send("POST", "/telegram/bot" + token + "/sendMessage",
                          boost::json::serialize(boost::json::object{{"chat_id", chat}, {"text", text}}),
                          {{"Content-Type", "application/json"}});
    }
    std::size_t shown() { return json_of(visit.get("/_sim/telegram")).at("messages").as_array().size(); }

    static constexpr std::int64_t group = -1'001'234'567'890;
    Visit visit;
};

TEST_F(Telegram, ShowsWhatWasSent) {
    const auto response = send(group, "Name: <b>_x_</b> 🎧");
    ASSERT_EQ(response.status, 200) << response.body;
    const auto json = json_of(response);
    EXPECT_TRUE(json.at("ok").as_bool());
    EXPECT_EQ(json.at("result").at("text").as_string(), "Name: <b>_x_</b> 🎧");
    EXPECT_EQ(shown(), 1U);
    visit.send("POST", "/_sim/reset");
    EXPECT_EQ(shown(), 0U);
}

TEST_F(Telegram, RefusesAsTheBotApiDoes) {
    EXPECT_EQ(send(group, "x", "7:wrong").status, 401);
    EXPECT_EQ(send(group, "x", "wrong").status, 404);
    EXPECT_EQ(send(-99, "x").status, 400);
    EXPECT_EQ(send(700'000'009, "x").status, 403);
    EXPECT_EQ(send(group, "").status, 400);
    EXPECT_EQ(send(group, std::string(4'096, 'x')).status, 200);
    EXPECT_EQ(send(group, std::string(4'097, 'x')).status, 400);
    const auto moved = json_of(send(-4'001'234, "x"));
    EXPECT_EQ(moved.at("parameters").at("migrate_to_chat_id").as_int64(), group);
    EXPECT_EQ(shown(), 1U);
}

TEST_F(Telegram, ItsFaultsAreInItsOwnWords) {
    visit.send("PUT", "/_sim/faults", R"({"rules":[{"route":"/telegram/*","status":429,"times":1}]})",
               {{"Content-Type", "application/json"}});
    const auto json = json_of(send(group, "x"));
    EXPECT_FALSE(json.at("ok").as_bool());
    EXPECT_EQ(json.at("parameters").at("retry_after").as_int64(), 1);
    EXPECT_EQ(send(group, "x").status, 200);
}

} // namespace
} // namespace personalify::simulator

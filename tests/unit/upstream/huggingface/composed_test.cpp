// Whatever the remote service does, a text is read: locally where nothing else is left.
#include "app/emotion_engines.hpp"
#include "unit/app/fake_engines.hpp"
#include "unit/upstream/scripted.hpp"
#include "upstream/huggingface/engine.hpp"

#include <gtest/gtest.h>

namespace personalify::huggingface {
namespace {

using namespace upstream::testing;
using personalify::test::run;
using personalify::test::ScriptedEngine;

struct Fault {
    const char* name;
    net::HttpResult answer;
};

struct World : Script {
    std::shared_ptr<ScriptedEngine> local = std::make_shared<ScriptedEngine>("local", 0.5F);
    std::shared_ptr<Engine> remote = std::make_shared<Engine>(
        HuggingFaceOptions{.api_key = "hf_secret", .report = nullptr}, send, states, timing);
    app::HybridEngine hybrid{local, remote, nullptr, 60s};
    app::RemoteFirstEngine remote_first{local, remote, nullptr, 60s};
};

class RemoteFaults : public ::testing::TestWithParam<Fault> {
protected:
    void expect_local(app::EmotionEngine& engine, World& world) {
        const auto readings = run(engine.read({"rain", "sun"}));
        ASSERT_TRUE(readings);
        ASSERT_EQ(readings->size(), 2U);
        for (const app::EmotionReading& reading : *readings) {
            EXPECT_EQ(reading.engine, "local");
            EXPECT_FLOAT_EQ(reading.probabilities[emotion_from("joy").value()], 0.5F);
        }
        EXPECT_GE(world.sent.size(), 1U);
        EXPECT_LE(world.clock.now() - noon, 8s);
    }
};

TEST_P(RemoteFaults, EndInALocalReadingOfTheHybrid) {
    World world;
    world.answers = {GetParam().answer};
    world.each_takes = 700ms;
    expect_local(world.hybrid, world);
}

TEST_P(RemoteFaults, EndInALocalReadingOfTheRemoteFirst) {
    World world;
    world.answers = {GetParam().answer};
    world.each_takes = 700ms;
    expect_local(world.remote_first, world);
}

INSTANTIATE_TEST_SUITE_P(
    Every, RemoteFaults,
    ::testing::Values(
        Fault{"Slow", broken(net::HttpProgress::sent, true)},
        Fault{"BadKey", reply(401, R"({"error":"Invalid credentials in Authorization header"})")},
        Fault{"NoCredits", reply(402, R"({"error":"You have exceeded your monthly included credits"})")},
        Fault{"NoPermission", reply(403, R"({"error":"no"})")}, Fault{"NoModel", reply(404, "Not Found")},
        Fault{"TextRefused", reply(422, R"({"error":["too long"]})")},
        Fault{"Limited", reply(429, "", {{"ratelimit", R"("api";r=0;t=120)"}})},
        Fault{"Loading", reply(503, R"({"error":"Model is currently loading","estimated_time":20.0})")},
        Fault{"Overloaded", reply(503, R"({"error":"Service Unavailable"})")},
        Fault{"Gateway", reply(502, "<html>Bad Gateway</html>", {{"content-type", "text/html"}})},
        Fault{"Html", reply(200, "<html>Your space is sleeping</html>", {{"content-type", "text/html"}})},
        Fault{"WrongLabels", reply(200, R"([[{"label":"POSITIVE","score":0.9}]])")},
        Fault{"EmptyList", reply(200, "[[]]")}, Fault{"BadJson", reply(200, R"([[{"label":"joy",)")},
        Fault{"Reset", broken(net::HttpProgress::sent)},
        Fault{"Truncated", broken(net::HttpProgress::answered)},
        Fault{"Unreachable", broken(net::HttpProgress::not_sent)}),
    [](const auto& info) { return info.param.name; });

TEST(RemoteReads, AHybridReadingOverTheWire) {
    World world;
    world.answers = {reply(200, R"([[{"label":"joy","score":0.25}]])")};
    const auto readings = run(world.hybrid.read({"rain"}));
    EXPECT_EQ(readings->at(0).engine, "hybrid");
    EXPECT_FLOAT_EQ(readings->at(0).probabilities[emotion_from("joy").value()], 0.375F);
    EXPECT_EQ(world.hybrid.version(), "hybrid(local-1 + huggingface:SamLowe/roberta-base-go_emotions)");
}

} // namespace
} // namespace personalify::huggingface

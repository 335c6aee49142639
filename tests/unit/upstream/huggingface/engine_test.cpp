#include "unit/upstream/scripted.hpp"
#include "upstream/huggingface/engine.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace personalify::huggingface {
namespace {

using namespace upstream::testing;
using personalify::test::run;
using personalify::test::run_all;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* sad = R"([[{"label":"sadness","score":0.75},{"label":"neutral","score":0.25}]])";

struct World : Script {
    HuggingFaceOptions options{.api_key = "hf_secret", .report = report};
    std::unique_ptr<Engine> engine = make();

    std::unique_ptr<Engine> make() { return std::make_unique<Engine>(options, send, states, timing); }
    Result<std::vector<app::EmotionReading>> read(std::vector<std::string> texts) {
        return run(engine->read(std::move(texts)));
    }
    std::string input(std::size_t call) {
        return std::string{boost::json::parse(sent.at(call).body).at("inputs").as_string()};
    }
};

TEST(HuggingFace, AsksTheRouterWithTheKeyInAHeader) {
    World world;
    world.answers = {reply(200, sad)};
    const auto readings = world.read({"Home late \"again\"\nrain"});
    ASSERT_TRUE(readings);
    EXPECT_FLOAT_EQ(readings->at(0).probabilities[emotion_from("sadness").value()], 0.75F);
    EXPECT_EQ(readings->at(0).engine, "huggingface");
    EXPECT_EQ(readings->at(0).language, "und");
    EXPECT_FALSE(readings->at(0).translated);
    const net::HttpCall& call = world.sent.at(0);
    EXPECT_EQ(call.method, "POST");
    EXPECT_EQ(call.url, "https://router.huggingface.co/hf-inference/models/SamLowe/roberta-base-go_emotions");
    EXPECT_EQ(call.headers.at(1).value, "Bearer hf_secret");
    EXPECT_EQ(call.body, R"({"inputs":"Home late \"again\"\nrain","parameters":{"top_k":28,)"
                         R"("function_to_apply":"sigmoid"}})");
    EXPECT_EQ(world.engine->version(), "huggingface:SamLowe/roberta-base-go_emotions");
}

TEST(HuggingFace, OneReadingATextInOrderAndEqualTextsOnce) {
    World world;
    world.answer_to = [](const net::HttpCall& call) {
        return reply(200, call.body.contains("rain") ? sad : R"([[{"label":"joy","score":0.5}]])");
    };
    const auto readings = world.read({"rain", "sun", "rain", "", "  \n"});
    ASSERT_TRUE(readings);
    ASSERT_EQ(readings->size(), 5U);
    EXPECT_EQ(world.sent.size(), 2U);
    EXPECT_EQ(readings->at(0).probabilities, readings->at(2).probabilities);
    EXPECT_FLOAT_EQ(readings->at(1).probabilities[emotion_from("joy").value()], 0.5F);
    EXPECT_FLOAT_EQ(readings->at(3).probabilities[neutral_emotion], 1) << "nothing to read";
    EXPECT_FLOAT_EQ(readings->at(4).probabilities[neutral_emotion], 1);
    EXPECT_TRUE(world.read({})->empty());
    EXPECT_EQ(world.sent.size(), 2U);
}

TEST(HuggingFace, AHundredReadersOfOneTextShareARequest) {
    World world;
    world.answers = {reply(200, sad)};
    world.turns = 20;
    std::vector<Task<Result<std::vector<app::EmotionReading>>>> readers;
    readers.reserve(100);
    for (int i = 0; i < 100; ++i) {
        readers.push_back(world.engine->read({"rain"}));
    }
    for (const auto& readings : run_all(std::move(readers))) {
        EXPECT_TRUE(readings);
    }
    EXPECT_EQ(world.sent.size(), 1U);
}

TEST(HuggingFace, LongTextsAreReadInPieces) {
    std::string text;
    for (int line = 0; line < 100; ++line) {
        text += "line " + std::to_string(line) + " of a long, long song 雨\n";
    }
    const std::vector<std::string> pieces = pieces_of(text);
    ASSERT_EQ(pieces.size(), 3U);
    EXPECT_EQ(pieces[0] + pieces[1] + pieces[2], text);
    EXPECT_EQ(pieces_of(text + text + text).size(), 4U) << "the rest is not read";
    EXPECT_TRUE(pieces_of(" \n ").empty());

    World world;
    world.answers = {reply(200, sad)};
    const auto readings = world.read({text});
    EXPECT_EQ(world.sent.size(), 3U);
    EXPECT_NEAR(readings->at(0).probabilities[emotion_from("sadness").value()], 0.75F, 1e-5);
}

struct Fault {
    const char* name;
    net::HttpResult answer;
    std::size_t tries;
};
class Faults : public ::testing::TestWithParam<Fault> {};

TEST_P(Faults, AreErrorsWithinTheDeadline) {
    World world;
    world.answers = {GetParam().answer};
    const auto readings = world.read({"rain"});
    ASSERT_FALSE(readings);
    EXPECT_EQ(world.sent.size(), GetParam().tries);
    EXPECT_LE(world.clock.now() - noon, 8s);
    EXPECT_THAT(readings.error().cause + readings.error().detail, Not(HasSubstr("hf_secret")));
    EXPECT_THAT(readings.error().cause + readings.error().detail, Not(HasSubstr("rain")));
}
INSTANTIATE_TEST_SUITE_P(
    Every, Faults,
    ::testing::Values(Fault{"BadKey", reply(401, R"({"error":"Invalid username or password."})"), 1},
                      Fault{"NoCredits",
                            reply(402, R"({"error":"You have exceeded your monthly included credits"})"), 1},
                      Fault{"NoPermission", reply(403, ""), 1}, Fault{"NoModel", reply(404, "Not Found"), 1},
                      Fault{"Limited", reply(429, "", {{"retry-after", "3"}}), 1},
                      Fault{"LoadingForEver", reply(503, R"({"error":"loading","estimated_time":20.0})"), 4},
                      Fault{"Down", reply(502, "<html></html>"), 2},
                      Fault{"Page", reply(200, "<html>Space</html>", {{"content-type", "text/html"}}), 1},
                      Fault{"WrongLabels", reply(200, R"([[{"label":"POSITIVE","score":0.9}]])"), 1},
                      Fault{"Slow", broken(net::HttpProgress::sent, true), 1},
                      Fault{"Reset", broken(net::HttpProgress::sent), 2},
                      Fault{"Truncated", broken(net::HttpProgress::answered), 1},
                      Fault{"Unreachable", broken(net::HttpProgress::not_sent), 2}),
    [](const auto& info) { return info.param.name; });

TEST(HuggingFace, AModelThatLoadsInTime) {
    World world;
    const net::HttpResult loading = reply(503, R"({"error":"is currently loading","estimated_time":20.0})");
    world.answers = {loading, loading, reply(200, sad)};
    EXPECT_TRUE(world.read({"rain"}));
    EXPECT_EQ(world.sent.size(), 3U);
}

TEST(HuggingFace, AFailureEndsTheReadAtOnce) {
    World world;
    world.answers = {reply(401, "")};
    EXPECT_FALSE(world.read({"a", "b", "c", "d", "e", "f"}));
    EXPECT_EQ(world.sent.size(), 1U) << "closed before the others were sent";
    EXPECT_FALSE(world.read({"g"}));
    EXPECT_EQ(world.sent.size(), 1U);
}

TEST(HuggingFace, AClosureIsOfOneKeyAndModel) {
    World world;
    world.answers = {reply(402, "")};
    EXPECT_FALSE(world.read({"rain"}));
    ASSERT_EQ(world.states.closed.size(), 1U);
    EXPECT_THAT(world.states.closed.begin()->first, Not(HasSubstr("secret")));
    world.answers = {reply(200, sad)};
    world.engine = world.make();
    run(world.engine->restore());
    EXPECT_FALSE(world.read({"rain"})) << "remembered over a restart, for all of the month";
    world.clock.advance(std::chrono::days{8});
    EXPECT_FALSE(world.read({"rain"}));
    world.options.api_key = "hf_another";
    world.engine = world.make();
    run(world.engine->restore());
    EXPECT_TRUE(world.read({"rain"}));
}

TEST(HuggingFace, AddressesAndModelsAreCheckedAtOnce) {
    World world;
    for (const char* model : {"", "roberta", "a/b/c", "/b", "a/", "../b", "a/b?c", "a b/c"}) {
        world.options.model = model;
        EXPECT_THROW(world.make(), std::invalid_argument) << model;
    }
    world.options.model = "a/b";
    world.options.inference_url = "http://router.huggingface.co";
    EXPECT_THROW(world.make(), std::invalid_argument);
    world.options.inference_url = "http://127.0.0.1:8001/";
    world.answers = {reply(200, sad)};
    world.engine = world.make();
    EXPECT_TRUE(world.read({"rain"}));
    EXPECT_EQ(world.sent.at(0).url, "http://127.0.0.1:8001/hf-inference/models/a/b");
}

TEST(HuggingFace, TheLanguageIsWhatTheDetectorSays) {
    World world;
    world.options.language = [](std::string_view) { return "en"; };
    world.engine = world.make();
    world.answers = {reply(200, sad)};
    EXPECT_EQ(world.read({"rain"})->at(0).language, "en");
}

} // namespace
} // namespace personalify::huggingface

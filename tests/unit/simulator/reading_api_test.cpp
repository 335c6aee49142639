// Those who read and translate texts: Hugging Face and Google.
#include "simulator/dictionary.hpp"
#include "visit.hpp"

#include <boost/json/array.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace personalify::simulator {
namespace {

using testing::HasSubstr;

constexpr const char* model = "/hf-inference/models/SamLowe/roberta-base-go_emotions";

class Reading : public testing::Test {
protected:
    http::Response infer(const std::string& body, std::string_view token = "hf_demo",
                         std::string_view target = model) {
        return visit.send("POST", target, body, bearer(token));
    }
    http::Response cloud(const std::string& body, std::string key = "demo-key") {
        return visit.send("POST", "/language/translate/v2", body, {{"X-Goog-Api-Key", std::move(key)}});
    }
    static boost::json::value read(const http::Response& response) {
        return json::parse(response.bytes()).value();
    }
    static std::string first_label(const http::Response& response) {
        return std::string{read(response).at(0).at(0).at("label").as_string()};
    }

    Visit visit;
};

TEST_F(Reading, EmotionsOfAText) {
    const auto answer =
        infer(R"({"inputs":"Home alone, the rain falls like tears","parameters":{"top_k":28}})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(first_label(answer), "sadness");
    EXPECT_EQ(read(answer).at(0).as_array().size(), 28U);
    EXPECT_EQ(answer.body,
              infer(R"({"inputs":"Home alone, the rain falls like tears","parameters":{"top_k":28}})").body)
        << "the same for the same text";
    EXPECT_EQ(first_label(infer(R"({"inputs":"the report of Tuesday"})")), "neutral");
    EXPECT_EQ(read(infer(R"({"inputs":["I love you","thank you"]})")).as_array().size(), 2U);
    EXPECT_EQ(read(infer(R"({"inputs":"x"})")).at(0).as_array().size(), 5U) << "without top_k";
}

TEST_F(Reading, HowTheRouterSaysNo) {
    EXPECT_EQ(infer(R"({"inputs":"x"})", "hf_other").status, 401);
    EXPECT_EQ(visit.send("POST", model, "{}").status, 401);
    EXPECT_EQ(infer(R"({"inputs":"x"})", "hf_demo", "/hf-inference/models/some/other").status, 404);
    for (const char* body : {"", "{}", R"({"inputs":7})", R"({"inputs":[7]})", "[]"}) {
        EXPECT_EQ(infer(body).status, 422) << body;
    }
    std::string text;
    for (int i = 0; i < 500; ++i) {
        text += "word ";
    }
    EXPECT_EQ(infer(R"({"inputs":")" + text + "\"}").status, 400);
}

TEST_F(Reading, CloudTranslation) {
    const auto answer =
        cloud(R"({"q":["Pulang Larut","Sono ka lembur","Hello & you"],"target":"en","format":"text"})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto translations = read(answer).at("data").at("translations");
    EXPECT_EQ(translations.at(0).at("translatedText"), "Come home Late");
    EXPECT_EQ(translations.at(0).at("detectedSourceLanguage"), "id");
    EXPECT_EQ(translations.at(1).at("translatedText"), "Longing to village");
    EXPECT_EQ(translations.at(1).at("detectedSourceLanguage"), "su");
    EXPECT_EQ(translations.at(2).at("translatedText"), "Hello & you");
    EXPECT_EQ(translations.at(2).at("detectedSourceLanguage"), "en");
    EXPECT_THAT(cloud(R"({"q":"a & b","target":"en"})").body, HasSubstr("a &amp; b")) << "html unless told";
}

TEST_F(Reading, HowCloudTranslationSaysNo) {
    EXPECT_THAT(cloud(R"({"q":"x","target":"en"})", "other").body, HasSubstr("API key not valid"));
    EXPECT_EQ(visit.send("POST", "/language/translate/v2?key=demo-key", R"({"q":"x","target":"en"})").status,
              200);
    for (const char* body : {"", "{}", R"({"q":"x"})", R"({"q":[7],"target":"en"})"}) {
        EXPECT_EQ(cloud(body).status, 400) << body;
    }
    std::string many = R"({"target":"en","q":["x")";
    for (int i = 0; i < 128; ++i) {
        many += R"(,"x")";
    }
    EXPECT_THAT(cloud(many + "]}").body, HasSubstr("Too many text segments"));
}

TEST_F(Reading, TheFreePages) {
    const auto answer =
        visit.get("/translate_a/single?client=gtx&sl=auto&tl=en&dt=t&q=Pulang+larut%0AHujan+turun");
    const auto body = read(answer);
    EXPECT_EQ(body.at(0).at(0).at(0), "Come home late\n");
    EXPECT_EQ(body.at(0).at(1).at(0), "Rain falls");
    EXPECT_TRUE(body.at(0).at(2).at(0).is_null());
    EXPECT_EQ(body.at(2), "id");
    EXPECT_EQ(visit.get("/translate_a/single?client=gtx").status, 400);
    EXPECT_THAT(visit.get("/m?sl=auto&tl=en&q=Pulang+%26+larut").body,
                HasSubstr("<div class=\"result-container\">Come home &amp; late</div>"));
}

TEST_F(Reading, FaultsSpeakEachServicesLanguage) {
    const auto fail_with = [this](const std::string& rule) {
        EXPECT_EQ(visit.send("PUT", "/_sim/faults", "{\"rules\":[{" + rule + "}]}").status, 200);
    };
    fail_with(R"("route":"/hf-inference/*","status":503)");
    EXPECT_THAT(infer(R"({"inputs":"x"})").body, HasSubstr(R"({"error":"Model is currently loading"})"));
    fail_with(R"("route":"/language/translate/v2","status":429)");
    EXPECT_THAT(cloud("{}").body, HasSubstr("RESOURCE_EXHAUSTED"));
    fail_with(R"("route":"/translate_a/single","status":429)");
    EXPECT_THAT(visit.get("/translate_a/single?q=x").body, HasSubstr("Sorry..."));
    fail_with(R"("route":"/m","html_instead":true)");
    EXPECT_THAT(visit.get("/m?q=x").body, HasSubstr("Something went wrong"));
    EXPECT_THAT(visit.get("/_sim/journal").body, HasSubstr("/hf-inference/models/"));
}

TEST(Dictionary, WordsForWords) {
    EXPECT_EQ(translate_words("Cimata di Sisi Walungan").text, "Tears in Sisi River");
    EXPECT_EQ(translate_words("Haté, haté!").text, "Heart, heart!");
    EXPECT_EQ(translate_words("").language, "en");
    EXPECT_EQ(translate_words("雨 ♫").text, "雨 ♫");
}

} // namespace
} // namespace personalify::simulator

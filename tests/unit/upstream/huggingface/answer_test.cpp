#include "unit/upstream/scripted.hpp"
#include "upstream/huggingface/answer.hpp"

#include <gmock/gmock.h>

namespace personalify::huggingface {
namespace {

using namespace upstream::testing;
using ::testing::HasSubstr;
using ::testing::Not;

Result<EmotionProbabilities> parsed(std::string body, std::string type = "application/json") {
    return parse_emotions(reply(200, std::move(body), {{"content-type", std::move(type)}}));
}
float of(const EmotionProbabilities& probabilities, std::string_view label) {
    return probabilities.at(emotion_from(label).value());
}

TEST(HuggingFaceAnswer, EveryShapeThatWasSeen) {
    for (const char* body : {R"([{"label":"sadness","score":0.5},{"label":"joy","score":0.25}])",
                             R"([[{"label":"sadness","score":0.5},{"label":"joy","score":0.25}]])",
                             R"({"emotions":[{"label":"joy","score":0.25},{"label":"sadness","score":0.5}]})",
                             R"([[{"label":"LABEL_25","score":"0.5"},{"label":"Joy","score":2.5e-1}]])"}) {
        const auto emotions = parsed(body);
        ASSERT_TRUE(emotions) << body;
        EXPECT_FLOAT_EQ(of(*emotions, "sadness"), 0.5F) << body;
        EXPECT_FLOAT_EQ(of(*emotions, "joy"), 0.25F) << body;
        EXPECT_FLOAT_EQ(of(*emotions, "anger"), 0) << body;
    }
    EXPECT_FLOAT_EQ(of(parsed(R"({"label":"grief","score":1})").value(), "grief"), 1);
}

TEST(HuggingFaceAnswer, WhatIsNoProbabilityIsDropped) {
    const auto emotions = parsed(R"([[{"label":"joy","score":null},{"label":"love","score":NaN},
        {"label":"fear","score":-Infinity},{"label":"NaN \" NaN","score":0.9},{"label":"pride","score":7},
        {"label":"relief","score":-0.1},{"label":"melancholy","score":0.9},{"label":"LABEL_28","score":0.9},
        {"label":"LABEL_","score":0.9},{"label":7,"score":0.9},{"score":0.9},{"label":"anger"},null,3,"x",
        {"label":"grief","score":"much"},{"label":"sadness","score":1.2e-05},{"label":"sadness","score":0.3},
        {"label":"sadness","score":0.1},{"label":"neutral","score":1.0000001}]])");
    ASSERT_TRUE(emotions) << emotions.error().cause;
    EmotionProbabilities expected{};
    expected[emotion_from("sadness").value()] = 0.3F;
    expected[neutral_emotion] = 1;
    EXPECT_EQ(*emotions, expected);
}

TEST(HuggingFaceAnswer, OnlyNeutralIsAReading) {
    EXPECT_FLOAT_EQ(parsed(R"([[{"label":"NEUTRAL","score":0.9}]])").value()[neutral_emotion], 0.9F);
}

TEST(HuggingFaceAnswer, NothingToReadIsAFailure) {
    for (const char* body :
         {"[]", "[[]]", "{}", "null", "7", R"("x")", "", R"([[{"label":"joy","score":0}]])",
          R"({"emotions":null})", R"({"emotions":[]})", R"([{"label":"melancholy","score":0.9}])",
          R"([[{"label":"joy","score":0.5})", "<html></html>", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["}) {
        const auto emotions = parsed(body);
        ASSERT_FALSE(emotions) << body;
        EXPECT_EQ(emotions.error().code, Errc::upstream_unavailable) << body;
    }
    EXPECT_FALSE(parsed(R"([[{"label":"joy","score":0.5}]])", "text/html")) << "a page, whatever it holds";
}

upstream::Judgement<EmotionProbabilities> judged(int status, std::string body,
                                                 std::vector<net::HttpHeader> headers = {}, int number = 0) {
    return judge(reply(status, std::move(body), std::move(headers)), {number, noon}, 0.0);
}

TEST(HuggingFaceAnswer, AWrongKeyClosesForAnHour) {
    for (const int status : {401, 403}) {
        const auto judgement = judged(status, R"({"error":"Invalid credentials in Authorization header"})");
        EXPECT_EQ(judgement.close_until, noon + 1h);
        EXPECT_FALSE(judgement.retry_after);
        EXPECT_EQ(judgement.outcome.error().retry_after, 3600s);
        EXPECT_THAT(judgement.outcome.error().cause, HasSubstr("Invalid credentials"));
    }
}

TEST(HuggingFaceAnswer, CreditsComeBackWithTheMonth) {
    const auto judgement = judged(402, R"({"error":"You have exceeded your monthly included credits"})");
    EXPECT_EQ(to_rfc3339(judgement.close_until.value()), "2026-12-01T00:00:00.000Z");
    EXPECT_EQ(to_rfc3339(next_month(noon + std::chrono::days{30})), "2027-01-01T00:00:00.000Z");
    EXPECT_EQ(to_rfc3339(next_month(next_month(noon))), "2027-01-01T00:00:00.000Z");
}

TEST(HuggingFaceAnswer, AModelThatIsNotServedIsOffForAnHour) {
    EXPECT_EQ(judged(404, "Not Found").close_until, noon + 1h);
    EXPECT_EQ(judged(400, R"({"error":"Model not supported by provider hf-inference"})").close_until,
              noon + 1h);
}

TEST(HuggingFaceAnswer, ARefusedTextClosesNothingAndIsNotQuoted) {
    for (const int status : {400, 413, 422}) {
        const auto judgement =
            judged(status, R"({"error":["The expanded size of the tensor (600) must match: secret words"]})");
        EXPECT_FALSE(judgement.close_until) << status;
        EXPECT_FALSE(judgement.retry_after) << status;
        EXPECT_FALSE(judgement.is_trouble) << status;
        EXPECT_THAT(judgement.outcome.error().cause, Not(HasSubstr("secret words")));
    }
}

TEST(HuggingFaceAnswer, ALimitLastsAsLongAsItSays) {
    struct Limit {
        std::vector<net::HttpHeader> headers;
        std::chrono::seconds pause;
    };
    for (const Limit& limit :
         {Limit{{{"ratelimit", R"("api";r=0;t=120)"}, {"retry-after", "7"}}, 120s},
          Limit{{{"ratelimit", R"("api";r=0;t=5, "pages";r=3;t=90)"}}, 90s},
          Limit{{{"ratelimit", R"("api";r=0)"}, {"retry-after", "7"}}, 7s},
          Limit{{{"retry-after", "Sun, 22 Nov 2026 12:00:30 GMT"}}, 30s}, Limit{{{"retry-after", "0"}}, 1s},
          Limit{{{"retry-after", "soon"}}, 60s}, Limit{{}, 60s}}) {
        const auto judgement = judged(429, "slow down", limit.headers);
        EXPECT_EQ(judgement.close_until, noon + limit.pause);
        EXPECT_EQ(judgement.outcome.error().code, Errc::rate_limited);
        EXPECT_EQ(judgement.outcome.error().retry_after, limit.pause);
        EXPECT_FALSE(judgement.retry_after);
    }
}

TEST(HuggingFaceAnswer, ALoadingModelIsLookedAtAgain) {
    const auto wait = [](const char* body) { return judged(503, body, {}, 5).retry_after; };
    EXPECT_EQ(wait(R"({"error":"Model x is currently loading","estimated_time":1.5})"), 1500ms);
    EXPECT_EQ(wait(R"({"error":"Model x is currently loading","estimated_time":900})"), 2s);
    EXPECT_EQ(wait(R"({"error":"Model x is currently loading","estimated_time":-3})"), 500ms);
    EXPECT_EQ(wait(R"({"error":"Model x is currently loading","estimated_time":"soon"})"), 2s);
    EXPECT_EQ(wait(R"({"error":"Model x is currently loading"})"), 2s);
    EXPECT_EQ(wait(R"({"error":"Service Unavailable"})"), std::nullopt);
}

TEST(HuggingFaceAnswer, AFailureIsRepeatedOnce) {
    for (const int status : {500, 502, 503, 504}) {
        const auto first = judged(status, "<html>Bad Gateway</html>", {{"content-type", "text/html"}});
        EXPECT_EQ(first.retry_after, 100ms) << status;
        EXPECT_TRUE(first.is_trouble) << status;
        EXPECT_THAT(first.outcome.error().cause, Not(HasSubstr("html")));
        EXPECT_FALSE(judged(status, "", {}, 1).retry_after) << status;
    }
    for (const int status : {204, 302, 501, 521}) {
        EXPECT_FALSE(judged(status, "").retry_after) << status;
        EXPECT_TRUE(judged(status, "").is_trouble) << status;
    }
}

TEST(HuggingFaceAnswer, ErrorsInEveryShape) {
    for (const char* body : {R"({"error":"it is broken"})", R"({"error":["it is broken"],"warnings":["x"]})",
                             R"({"error":{"message":"it is broken"}})", "it is broken"}) {
        EXPECT_EQ(judged(500, body).outcome.error().cause, "Hugging Face answered 500: it is broken");
    }
    EXPECT_EQ(judged(500, "", {{"x-error-message", "it is broken"}}).outcome.error().cause,
              "Hugging Face answered 500");
    EXPECT_EQ(judged(500, R"({"detail":1})", {{"x-error-message", "it is broken"}}).outcome.error().cause,
              "Hugging Face answered 500: it is broken");
}

} // namespace
} // namespace personalify::huggingface

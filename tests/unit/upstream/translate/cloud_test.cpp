#include "unit/upstream/scripted.hpp"
#include "upstream/translate/cloud_answer.hpp"
#include "upstream/translate/translators.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace personalify::translate {
namespace {

using namespace upstream::testing;
using app::Translation;
using personalify::test::run;
using ::testing::HasSubstr;
using ::testing::Not;
using Texts = std::vector<std::string>;
using Translations = std::vector<Translation>;

Result<Translations> parsed(std::string body, const Texts& segments, std::string type = "application/json") {
    return parse_cloud(reply(200, std::move(body), {{"content-type", std::move(type)}}), segments);
}

TEST(CloudAnswer, TheRequestIsPlainTextByLines) {
    EXPECT_EQ(cloud_request({"Pulang \"larut\"", "Hujan & <b>"}),
              R"({"q":["Pulang \"larut\"","Hujan & <b>"],"target":"en","format":"text"})");
}

TEST(CloudAnswer, TranslationsInOrderWithTheirLanguages) {
    EXPECT_EQ(parsed(R"({"data":{"translations":[
                  {"translatedText":"Home late","detectedSourceLanguage":"id","model":"nmt"},
                  {"translatedText":"It&#39;s raining","x":1}]}})",
                     {"Pulang larut", "Hujan turun"})
                  .value(),
              (Translations{{"Home late", "id"}, {"It's raining", ""}}));
    EXPECT_EQ(
        parsed(R"({"data":{"translations":[{"translatedText":"a &amp; b"}]}})", {"a &amp; b"})->at(0).text,
        "a &amp; b")
        << "entities of the source are its own";
}

TEST(CloudAnswer, WhatIsNotOneForOneIsAFailure) {
    const Texts two{"a", "b"};
    for (const char* body :
         {R"({"data":{"translations":[{"translatedText":"x"}]}})", R"({"data":{"translations":[]}})",
          R"({"data":{"translations":[{"translatedText":"x"},{"translatedText":null}]}})",
          R"({"data":{"translations":[{"translatedText":"x"},{"translatedText":""}]}})",
          R"({"data":{"translations":[{"translatedText":"x"},7]}})", R"({"data":null})", "{}", "[]", "null",
          "", R"({"data":{"translations":[{"transl)"}) {
        EXPECT_EQ(parsed(body, two).error().code, Errc::upstream_unavailable) << body;
    }
    EXPECT_FALSE(parsed(R"({"data":{"translations":[{"translatedText":"x"}]}})", {"a"}, "text/html"));
}

upstream::Judgement<Translations> judged(int status, std::string body,
                                         std::vector<net::HttpHeader> headers = {}, int number = 0) {
    return judge_cloud(reply(status, std::move(body), std::move(headers)), {number, noon}, {"a"}, 0.0);
}
std::string error_of(const std::string& message, const std::string& reason, const std::string& status = "") {
    return R"({"error":{"code":400,"message":")" + message + R"(","errors":[{"message":"m","reason":")" +
           reason + R"("}],"status":")" + status + "\"}}";
}

TEST(CloudAnswer, FaultsOfTheConfigurationCloseForAnHour) {
    for (const auto& judgement :
         {judged(400, error_of("API key not valid. Please pass a valid API key.", "badRequest")),
          judged(400, R"({"error":{"details":[{"reason":"API_KEY_INVALID"}]}})"),
          judged(401, error_of("Request had invalid authentication credentials.", "authError")),
          judged(403, error_of("Cloud Translation API has not been used", "accessNotConfigured")),
          judged(403, "<html>"), judged(404, "")}) {
        EXPECT_EQ(judgement.close_until, noon + 1h);
        EXPECT_FALSE(judgement.retry_after);
        EXPECT_EQ(judgement.outcome.error().retry_after, 3600s);
    }
}

TEST(CloudAnswer, RateLimitsLastAMinute) {
    for (const auto& judgement :
         {judged(403, error_of("User Rate Limit Exceeded", "userRateLimitExceeded")),
          judged(403, error_of("", "rateLimitExceeded")),
          judged(403, R"({"error":{"message":"Rate Limit Exceeded"}})"),
          judged(429, R"({"error":{"status":"RESOURCE_EXHAUSTED"}})"), judged(429, "<html>Sorry</html>"),
          judged(429, "", {{"retry-after", "60"}})}) {
        EXPECT_EQ(judgement.close_until, noon + 1min);
        EXPECT_EQ(judgement.outcome.error().code, Errc::rate_limited);
    }
    EXPECT_EQ(judged(429, "", {{"retry-after", "7"}}).close_until, noon + 7s);
}

TEST(CloudAnswer, ADailyQuotaComesBackAtMidnightInCalifornia) {
    for (const auto& judgement : {judged(403, error_of("Daily Limit Exceeded", "dailyLimitExceeded")),
                                  judged(403, R"({"error":{"message":"Daily Limit Exceeded"}})"),
                                  judged(429, error_of("Quota exceeded: characters per day", ""))}) {
        EXPECT_EQ(to_rfc3339(judgement.close_until.value()), "2026-11-23T08:00:00.000Z");
        EXPECT_EQ(judgement.outcome.error().code, Errc::rate_limited);
    }
}

TEST(CloudAnswer, MidnightInCaliforniaAllYear) {
    using std::chrono::sys_days;
    using namespace std::chrono;
    const auto midnight = [](sys_days day, hours hour) {
        return to_rfc3339(next_pacific_midnight(day + hour)).substr(0, 13);
    };
    EXPECT_EQ(midnight(2026y / January / 1, 0h), "2026-01-01T08");
    EXPECT_EQ(midnight(2026y / January / 1, 8h), "2026-01-02T08");
    EXPECT_EQ(midnight(2026y / March / 8, 1h), "2026-03-08T08") << "the day of the change begins before it";
    EXPECT_EQ(midnight(2026y / March / 8, 20h), "2026-03-09T07");
    EXPECT_EQ(midnight(2026y / July / 1, 12h), "2026-07-02T07");
    EXPECT_EQ(midnight(2026y / November / 1, 1h), "2026-11-01T07");
    EXPECT_EQ(midnight(2026y / November / 1, 12h), "2026-11-02T08");
    EXPECT_EQ(midnight(2026y / December / 31, 23h), "2027-01-01T08");
}

TEST(CloudAnswer, ARefusedTextClosesNothingAndIsNotQuoted) {
    for (const auto& judgement :
         {judged(400, error_of("Text too long: secret words", "invalid")), judged(413, "")}) {
        EXPECT_FALSE(judgement.close_until);
        EXPECT_FALSE(judgement.is_trouble);
        EXPECT_THAT(judgement.outcome.error().cause, Not(HasSubstr("secret words")));
    }
}

TEST(CloudAnswer, AFailureIsRepeatedOnce) {
    for (const int status : {500, 502, 503, 504}) {
        EXPECT_EQ(judged(status, "").retry_after, 100ms);
        EXPECT_FALSE(judged(status, "", {}, 1).retry_after);
        EXPECT_TRUE(judged(status, "").is_trouble);
    }
    EXPECT_FALSE(judged(302, "").retry_after) << "a redirect is not followed";
}

struct World : Script {
    TranslateOptions options{
        .service = Service::cloud, .api_key = "secret-key", .cloud_url = "https://cloud.example/sub/"};
    CloudTranslator translator{options, send, states, timing};

    World() {
        answer_to = [](const net::HttpCall& call) { return World::echo(call); };
    }
    Result<Translations> translate(Texts texts) { return run(translator.to_english(std::move(texts))); }

    /// Every line with an E before it.
    static net::HttpResult echo(const net::HttpCall& call) {
        std::string body = R"({"data":{"translations":[)";
        bool first = true;
        const auto request = boost::json::parse(call.body);
        for (const auto& line : request.at("q").as_array()) {
            body += std::string{first ? "" : ","} + R"({"detectedSourceLanguage":"id","translatedText":"E )" +
                    std::string{line.as_string()} + "\"}";
            first = false;
        }
        return reply(200, body + "]}}");
    }
};

TEST(CloudTranslator, TheKeyIsInAHeaderAndNoAddressHoldsIt) {
    World world;
    EXPECT_EQ(world.translate({"Pulang\n\n[Chorus]\nlarut", "1999"}).value(),
              (Translations{{"E Pulang\n\n[Chorus]\nE larut", "id"}, {"1999", ""}}));
    ASSERT_EQ(world.sent.size(), 1U);
    EXPECT_EQ(world.sent[0].method, "POST");
    EXPECT_EQ(world.sent[0].url, "https://cloud.example/sub/language/translate/v2");
    EXPECT_EQ(world.sent[0].headers.at(2).name, "X-Goog-Api-Key");
    EXPECT_EQ(world.sent[0].headers.at(2).value, "secret-key");
    EXPECT_EQ(world.translator.name(), "google");
}

TEST(CloudTranslator, NothingToTranslateAsksNobody) {
    World world;
    EXPECT_EQ(world.translate({"", "...", "[Intro]"})->at(2).text, "[Intro]");
    EXPECT_TRUE(world.translate({})->empty());
    EXPECT_TRUE(world.sent.empty());
}

TEST(CloudTranslator, ManyLinesInSeveralChunks) {
    World world;
    world.turns = 3;
    Texts texts;
    for (int i = 0; i < 300; ++i) {
        texts.push_back("baris " + std::to_string(i));
    }
    const auto translations = world.translate(texts);
    ASSERT_TRUE(translations);
    EXPECT_EQ(world.sent.size(), 3U);
    EXPECT_EQ(translations->at(299).text, "E baris 299");
    EXPECT_EQ(translations->at(127).text, "E baris 127");
}

TEST(CloudTranslator, OneFailedChunkFailsTheWhole) {
    World world;
    int calls = 0;
    world.answer_to = [&](const net::HttpCall& call) {
        return ++calls == 2 ? net::HttpResult{reply(400, "")} : World::echo(call);
    };
    Texts texts;
    for (int i = 0; i < 600; ++i) {
        texts.push_back("baris " + std::to_string(i));
    }
    EXPECT_EQ(world.translate(texts).error().code, Errc::upstream_unavailable);
    EXPECT_LE(world.sent.size(), 4U) << "the rest is not asked for";
}

struct Fault {
    const char* name;
    net::HttpResult answer;
    std::size_t tries;
};
class CloudFaults : public ::testing::TestWithParam<Fault> {};

TEST_P(CloudFaults, AreErrorsWithinTheDeadlineAndHoldNoSecrets) {
    World world;
    world.answer_to = nullptr;
    world.answers = {GetParam().answer};
    const auto translations = world.translate({"Pulang"});
    ASSERT_FALSE(translations);
    EXPECT_EQ(world.sent.size(), GetParam().tries);
    EXPECT_LE(world.clock.now() - noon, 10s);
    const std::string said = translations.error().cause + translations.error().detail;
    EXPECT_THAT(said, Not(HasSubstr("secret-key")));
    EXPECT_THAT(said, Not(HasSubstr("Pulang")));
    for (const auto& [name, until] : world.states.closed) {
        EXPECT_THAT(name, Not(HasSubstr("secret-key")));
    }
}
INSTANTIATE_TEST_SUITE_P(
    Every, CloudFaults,
    ::testing::Values(Fault{"BadKey", reply(400, error_of("API key not valid.", "badRequest")), 1},
                      Fault{"Refused", reply(400, "{}"), 1}, Fault{"Disabled", reply(403, "{}"), 1},
                      Fault{"Limited", reply(429, "{}"), 1}, Fault{"Down", reply(503, "<html></html>"), 2},
                      Fault{"Page", reply(200, "<html>Sorry</html>", {{"content-type", "text/html"}}), 1},
                      Fault{"Redirect", reply(302, "", {{"location", "https://evil.example"}}), 1},
                      Fault{"BadJson", reply(200, R"({"data":)"), 1},
                      Fault{"Slow", broken(net::HttpProgress::sent, true), 1},
                      Fault{"Reset", broken(net::HttpProgress::sent), 2},
                      Fault{"Truncated", broken(net::HttpProgress::answered), 1}),
    [](const auto& info) { return info.param.name; });

TEST(CloudTranslator, AClosureOutlastsARestartButNotTheKey) {
    World world;
    world.answer_to = nullptr;
    world.answers = {reply(403, error_of("Daily Limit Exceeded", "dailyLimitExceeded"))};
    EXPECT_FALSE(world.translate({"Pulang"}));
    World later;
    later.states.closed = world.states.closed;
    run(later.translator.restore());
    EXPECT_EQ(later.translate({"Pulang"}).error().code, Errc::upstream_unavailable);
    EXPECT_TRUE(later.sent.empty());
    later.options.api_key = "another-key";
    CloudTranslator other{later.options, later.send, later.states, later.timing};
    run(other.restore());
    EXPECT_TRUE(run(other.to_english({"Pulang"})));
}

TEST(MakeTranslator, NoneIsNobodyAndAddressesAreChecked) {
    net::HttpClient client;
    States states;
    const SystemClock clock;
    EXPECT_EQ(make_translator({}, client, states, clock), nullptr);
    TranslateOptions options{.service = Service::cloud, .api_key = "k"};
    EXPECT_EQ(make_translator(options, client, states, clock)->name(), "google");
    options.cloud_url = "http://cloud.example";
    EXPECT_THROW(make_translator(options, client, states, clock), std::invalid_argument);
    options.service = Service::web;
    EXPECT_EQ(make_translator(options, client, states, clock)->name(), "web");
    options.web_url = "";
    EXPECT_THROW(make_translator(options, client, states, clock), std::invalid_argument);
}

} // namespace
} // namespace personalify::translate

#include "unit/upstream/scripted.hpp"
#include "upstream/translate/translators.hpp"
#include "upstream/translate/web_answer.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <gmock/gmock.h>

namespace personalify::translate {
namespace {

using namespace upstream::testing;
using app::Translation;
using personalify::test::run;
using ::testing::HasSubstr;
using Texts = std::vector<std::string>;
using Translations = std::vector<Translation>;

Result<Translation> single(std::string body) {
    return parse_single(reply(200, std::move(body)));
}
Result<Translation> page(std::string body) {
    return parse_page(reply(200, std::move(body), {{"content-type", "text/html"}}));
}

TEST(WebAnswer, EveryShapeOfTheJson) {
    EXPECT_EQ(
        single(R"([[["Home late again\n","Pulang larut lagi\n",null,null,3],["The rain falls","Hujan",null],
                         [null,null,null,"roman"]],null,"id",null,null,null,0.97,[],[["id"],null,[0.97],["id"]]])"),
        (Translation{"Home late again\nThe rain falls", "id"}));
    EXPECT_EQ(single(R"({"sentences":[{"trans":"Home ","orig":"x"},{"translit":"y"},{"trans":"late"}],
                        "src":"su","confidence":0.97,"spell":{}})"),
              (Translation{"Home late", "su"}));
    EXPECT_EQ(single(R"(["Home late"])"), (Translation{"Home late", ""}));
    EXPECT_EQ(single(R"([["Home late","id"]])"), (Translation{"Home late", "id"}));
    EXPECT_EQ(single(R"([[["Home late","Pulang"]]])"), (Translation{"Home late", ""})) << "no language";
    EXPECT_EQ(single(R"([[["a, ,b [,]","Pulang",,,3]],,"id",,[,],])"), (Translation{"a, ,b [,]", "id"}))
        << "as it was before it was JSON";
}

TEST(WebAnswer, WhatIsNoTranslation) {
    for (const char* body : {"", " ", "[]", "{}", "null", "[null]", "[[]]", "[[[null]]]", "7",
                             R"({"sentences":[]})", "<html>Sorry...</html>", R"([[["Home)"}) {
        EXPECT_FALSE(single(body)) << body;
    }
}

TEST(WebAnswer, ThePage) {
    constexpr const char* begin = R"(<html><div class="header">Google</div><form><input name="q"></form>)";
    EXPECT_EQ(page(std::string{begin} + R"(<div class="result-container">Home late &amp; tired</div></html>)")
                  ->text,
              "Home late & tired");
    EXPECT_EQ(page(std::string{begin} + R"(<div dir="ltr" class="t0">&lt;b&gt; &amp;amp;</div>)")->text,
              "<b> &amp;");
    for (const char* rest :
         {"", R"(<div class="result-container">Home)", R"(<div class="result-container")",
          R"(<div class="result-container"></div>)", "<div class=\"result-container\">\xFF\xFE</div>",
          "<h1>Before you continue</h1>"}) {
        EXPECT_FALSE(page(std::string{begin} + rest)) << rest;
    }
}

TEST(WebAnswer, ABlockLastsLong) {
    for (const auto& judge : {&judge_single, &judge_page}) {
        for (const int status : {302, 403, 429}) {
            const auto judgement = judge(reply(status, "<html>Sorry...</html>"), {0, noon}, 0.0);
            EXPECT_EQ(judgement.close_until, noon + 30min);
            EXPECT_FALSE(judgement.retry_after);
            EXPECT_EQ(judgement.outcome.error().code, Errc::rate_limited);
        }
        EXPECT_EQ(judge(reply(429, "", {{"retry-after", "7200"}}), {0, noon}, 0.0).close_until, noon + 2h);
        EXPECT_EQ(judge(reply(500, "<html>Error 500"), {0, noon}, 0.0).retry_after, 100ms);
        EXPECT_FALSE(judge(reply(500, ""), {1, noon}, 0.0).retry_after);
        for (const int status : {400, 413, 414}) {
            EXPECT_FALSE(judge(reply(status, ""), {0, noon}, 0.0).is_trouble);
        }
    }
}

struct World : Script {
    TranslateOptions options{.service = Service::web, .web_url = "https://web.example"};
    WebTranslator translator{options, send, states, timing};

    Result<Translations> translate(Texts texts) { return run(translator.to_english(std::move(texts))); }

    static std::string question(const net::HttpCall& call) {
        const auto url = boost::urls::parse_uri(call.url).value();
        return (*url.params().find("q")).value;
    }
    static net::HttpResult json(const std::string& text) {
        return reply(200, R"([[[")" + text + R"(","s"]],null,"id"])");
    }
    static net::HttpResult html(const std::string& text) {
        return reply(200, R"(<div class="result-container">)" + text + "</div>");
    }
};

TEST(WebTranslator, LinesTravelTogether) {
    World world;
    world.answers = {World::json("Home late\\nThe rain falls")};
    EXPECT_EQ(world.translate({"Pulang larut\n\n[Chorus]\n  Hujan turun"}).value(),
              (Translations{{"Home late\n\n[Chorus]\n  The rain falls", "id"}}));
    ASSERT_EQ(world.sent.size(), 1U);
    EXPECT_EQ(world.sent[0].url,
              "https://web.example/translate_a/single?client=dict-chrome-ex&sl=auto&tl=en&dt=t&ie=UTF-8"
              "&oe=UTF-8&q=Pulang+larut%0AHujan+turun");
    EXPECT_EQ(world.translator.name(), "web");
}

TEST(WebTranslator, LinesThatDoNotComeBackOneForOneAreAskedForInHalves) {
    World world;
    world.answer_to = [](const net::HttpCall& call) {
        const std::string question = World::question(call);
        return World::json(question.contains("\n") ? "all in one" : "E" + question);
    };
    EXPECT_EQ(world.translate({"a\nb\nc"})->at(0).text, "Ea\nEb\nEc");
    EXPECT_EQ(world.sent.size(), 5U);
}

TEST(WebTranslator, ALineThatBecomesTwoStaysOne) {
    World world;
    world.answers = {World::json("one\\ntwo")};
    EXPECT_EQ(world.translate({"satu"})->at(0).text, "one two");
}

TEST(WebTranslator, AddressesStayShort) {
    World world;
    world.answer_to = [](const net::HttpCall& call) {
        std::string lines;
        for (const char c : World::question(call)) {
            lines += c == '\n' ? "\\n" : "";
            lines += lines.ends_with('n') || lines.empty() ? "x" : "";
        }
        return World::json(lines);
    };
    std::string text;
    for (int i = 0; i < 2000; ++i) {
        text += "雨";
    }
    EXPECT_TRUE(world.translate({text, text + "\n" + text}));
    for (const net::HttpCall& call : world.sent) {
        EXPECT_LT(call.url.size(), 6000U);
    }
    EXPECT_EQ(world.sent.size(), 2U) << "equal pieces are asked for once";
}

TEST(WebTranslator, ThePageWhereThereIsNoJson) {
    World world;
    world.answer_to = [](const net::HttpCall& call) {
        return call.url.contains("/m?")
                   ? World::html("E&#39;" + World::question(call))
                   : net::HttpResult{reply(200, "<html>", {{"content-type", "text/html"}})};
    };
    EXPECT_EQ(world.translate({"a\nb"})->at(0), (Translation{"E'a\nE'b", ""}));
    EXPECT_EQ(world.sent.at(1).url, "https://web.example/m?sl=auto&tl=en&q=a");
    Texts many;
    for (int i = 0; i < 9; ++i) {
        many.push_back("a" + std::to_string(i));
    }
    EXPECT_EQ(world.translate(many).error().code, Errc::upstream_unavailable)
        << "that would be too many calls";
}

TEST(WebTranslator, GooglesTwoPagesLiveOnTwoHosts) {
    World world;
    world.options.web_url = TranslateOptions{}.web_url;
    WebTranslator google{world.options, world.send, world.states, world.timing};
    world.answers = {reply(404, ""), World::html("rain")};
    EXPECT_TRUE(run(google.to_english({"hujan"})));
    EXPECT_THAT(world.sent.at(0).url, HasSubstr("https://translate.googleapis.com/translate_a/single?"));
    EXPECT_THAT(world.sent.at(1).url, HasSubstr("https://translate.google.com/m?"));
}

TEST(WebTranslator, PagesThatSayNothingGiveItARest) {
    World world;
    world.answers = {reply(200, "<html>Before you continue</html>")};
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(world.translate({"a"}).error().code, Errc::upstream_unavailable);
    }
    EXPECT_EQ(world.sent.size(), 6U) << "three times both pages";
}

TEST(WebTranslator, ABlockIsRemembered) {
    World world;
    world.answers = {reply(429, "<html>Sorry...</html>", {{"content-type", "text/html"}})};
    EXPECT_EQ(world.translate({"a"}).error().code, Errc::rate_limited);
    EXPECT_FALSE(world.translate({"b"}));
    EXPECT_EQ(world.sent.size(), 1U);
    EXPECT_EQ(world.states.closed.at("translate-web"), noon + 30min);
}

TEST(WebTranslator, TextWithMarkupIsNeitherLostNorReadTwice) {
    World world;
    world.answer_to = [](const net::HttpCall& call) { return World::json(World::question(call)); };
    EXPECT_EQ(world.translate({"a & <b> &amp; 'x'"})->at(0).text, "a & <b> &amp; 'x'");
}

struct Fault {
    const char* name;
    net::HttpResult answer;
    std::size_t tries;
};
class WebFaults : public ::testing::TestWithParam<Fault> {};

TEST_P(WebFaults, AreErrorsWithinTheDeadline) {
    World world;
    world.answers = {GetParam().answer};
    ASSERT_FALSE(world.translate({"Pulang"}));
    EXPECT_EQ(world.sent.size(), GetParam().tries);
    EXPECT_LE(world.clock.now() - noon, 10s);
}
INSTANTIATE_TEST_SUITE_P(Every, WebFaults,
                         ::testing::Values(Fault{"Down", reply(500, "<html>Error 500"), 2},
                                           Fault{"TooLong", reply(414, ""), 1},
                                           Fault{"Slow", broken(net::HttpProgress::sent, true), 1},
                                           Fault{"Reset", broken(net::HttpProgress::sent), 2},
                                           Fault{"Truncated", broken(net::HttpProgress::answered), 1},
                                           Fault{"Empty", reply(200, ""), 2}),
                         [](const auto& info) { return info.param.name; });

} // namespace
} // namespace personalify::translate

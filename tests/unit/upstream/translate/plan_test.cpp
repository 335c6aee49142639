#include "upstream/translate/entities.hpp"
#include "upstream/translate/plan.hpp"

#include <gtest/gtest.h>

namespace personalify::translate {
namespace {

using Texts = std::vector<std::string>;

/// Every segment in brackets of its own, so that the text shows what was sent.
Texts marked(const Texts& texts, const ChunkLimits& limits = {}) {
    const Plan plan{texts, limits};
    std::vector<app::Translation> translated;
    for (const std::string& segment : plan.segments()) {
        translated.push_back({"<" + segment + ">", "id"});
    }
    Texts made;
    for (const app::Translation& translation : plan.put_together(translated)) {
        made.push_back(translation.text);
    }
    return made;
}

TEST(Plan, LinesAreSentAndAllElseStays) {
    EXPECT_EQ(marked({"Pulang larut\n\n  Hujan turun \r\n[Chorus]\n\n"}),
              Texts{"<Pulang larut>\n\n  <Hujan turun> \r\n[Chorus]\n\n"});
    EXPECT_EQ(marked({"[Verse 1: Rani] la la", "[Chorus][x2]", " [not a tag", "x [y]"}),
              (Texts{"[Verse 1: Rani] <la la>", "[Chorus][x2]", " <[not a tag>", "<x [y]>"}));
}

TEST(Plan, WhatHasNoLettersIsNotSent) {
    const Texts texts{"", " ", "\n\n", "...", "1999 !", "\U0001F622 \u2665", "[Intro]"};
    EXPECT_TRUE((Plan{texts, {}}.segments().empty()));
    EXPECT_EQ(marked(texts), texts);
    const Plan plan{texts, {}};
    EXPECT_EQ(plan.put_together(std::vector<app::Translation>{}).at(3).source_language, "");
}

TEST(Plan, EqualLinesAreSentOnce) {
    const Plan plan{{"la\nhey\nla", "la"}, {}};
    EXPECT_EQ(plan.segments(), (Texts{"la", "hey"}));
    const auto texts = plan.put_together(std::vector<app::Translation>{{"A", "id"}, {"B", "su"}});
    EXPECT_EQ(texts.at(0).text, "A\nB\nA");
    EXPECT_EQ(texts.at(1).text, "A");
}

TEST(Plan, ATextsLanguageIsThatOfMostOfIt) {
    const Plan plan{{"a long line of words\nok\nno"}, {}};
    const auto texts =
        plan.put_together(std::vector<app::Translation>{{"x", "id"}, {"y", "en"}, {"z", "en"}});
    EXPECT_EQ(texts.at(0).source_language, "id");
}

TEST(Plan, ALongLineIsCutAtItsSpaces) {
    EXPECT_EQ(marked({"one two three"}, {.size = 8}), Texts{"<one two> <three>"});
    EXPECT_EQ(marked({"onetwothree"}, {.size = 4}), Texts{"<onet><woth><ree>"});
    EXPECT_EQ(marked({"雨雨雨雨"}, {.size = 18, .unit = upstream::SizeIn::encoded_bytes}),
              Texts{"<雨雨><雨雨>"});
}

TEST(Plan, SizesAroundTheLimit) {
    for (const std::size_t size : {4499U, 4500U, 4501U, 40'000U}) {
        std::string text;
        while (text.size() < size) {
            text += "kata ";
        }
        text.resize(size);
        text.back() = 'x';
        const Plan plan{{text}, {}};
        for (const std::string& segment : plan.segments()) {
            EXPECT_LE(segment.size(), 4500U);
        }
        EXPECT_EQ(plan.segments().size() == 1, size <= 4500);
    }
}

TEST(Chunks, AsFewAsFit) {
    const auto ends = [](const Texts& segments, const ChunkLimits& limits) {
        std::vector<std::size_t> found;
        std::size_t expected = 0;
        for (const Chunk& chunk : chunks_of(segments, limits)) {
            EXPECT_EQ(chunk.begin, expected);
            found.push_back(expected = chunk.end);
        }
        return found;
    };
    EXPECT_TRUE(ends({}, {}).empty());
    EXPECT_EQ(ends({"aa", "bb", "cc"}, {.size = 4}), (std::vector<std::size_t>{2, 3}));
    EXPECT_EQ(ends({"aa", "bb", "cc"}, {.size = 7, .between = 3}), (std::vector<std::size_t>{1, 2, 3}));
    EXPECT_EQ(ends(Texts(300, "a"), {}), (std::vector<std::size_t>{128, 256, 300}));
}

TEST(Entities, AreReadOnce) {
    EXPECT_EQ(without_entities("It&#39;s &quot;raining&quot; &amp;lt; &lt;b&gt;"),
              "It's \"raining\" &lt; <b>");
    EXPECT_EQ(without_entities("&#x4E2D;&#233;&#128514;&apos;"), "中é\U0001F602'");
    for (const char* text : {"a & b", "AT&T;", "&;", "&", "&unknown;", "&#xD800;", "&#1114112;", "&#;",
                             "&#x;", "&#1x;", "& amp;", "&amp"}) {
        EXPECT_EQ(without_entities(text), text);
        EXPECT_FALSE(has_entity(text)) << text;
    }
    EXPECT_TRUE(has_entity("AT&T; &amp; co"));
}

} // namespace
} // namespace personalify::translate

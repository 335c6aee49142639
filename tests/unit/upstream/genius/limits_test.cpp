#include "upstream/genius/lyrics_page.hpp"
#include "upstream/genius/markup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

/// Pages that are large, or made to cost much.
namespace personalify::genius {

namespace {

constexpr std::string_view begin = "<html><body><div data-lyrics-container=\"true\">Satu<br>dua";
constexpr std::string_view end = "</div></body></html>";

std::string repeated(std::string_view part, std::size_t bytes) {
    std::string text;
    text.reserve(bytes + part.size());
    while (text.size() < bytes) {
        text += part;
    }
    return text;
}

/// Reads the page; fails the test where that takes long, though it takes long with sanitizers, too.
Result<LyricsPage> read(const std::string& html) {
    const auto started = std::chrono::steady_clock::now();
    Result<LyricsPage> page = read_lyrics_page(html);
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds{20});
    return page;
}

} // namespace

TEST(LyricsPageLimits, ReadsTwoMegabytes) {
    const std::string script = "<script>" + repeated("window.x = '<div><p>';\n", 1'900'000) + "</script>";
    const auto scripted = read(script + std::string{begin} + std::string{end});
    ASSERT_TRUE(scripted) << scripted.error().detail;
    EXPECT_EQ(scripted->text, "Satu\ndua");

    const std::string lines = repeated("<br/>Perahu kecil di tengah danau", 2'000'000);
    const auto long_text = read(std::string{begin} + lines + std::string{end});
    ASSERT_TRUE(long_text) << long_text.error().detail;
    EXPECT_EQ(long_text->kind, PageKind::lyrics);
    EXPECT_GT(long_text->text.size(), 1'500'000U);
}

TEST(LyricsPageLimits, RefusesMoreThanTheCap) {
    const auto page = read(std::string{begin} + std::string(6 * 1024 * 1024, 'a') + std::string{end});
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, Errc::payload_too_large);
    EXPECT_THAT(page.error().detail, testing::HasSubstr("too large"));

    std::string largest = std::string{begin} + std::string{end};
    largest += std::string(max_page_bytes - largest.size(), ' ');
    EXPECT_TRUE(read(largest));
    EXPECT_FALSE(read(largest + " "));
}

TEST(LyricsPageLimits, RefusesDeepNesting) {
    for (const std::string_view tag :
         {"<div>", "<span>", "<b>", "<a href=x>", "<ul><li>", "<b><p>", "<font a>",
          "<h1><div></h1><span></div>", "<button><button></button><div></button>", "<div></x>",
          "<p><span></p>"}) {
        const auto page = read(std::string{begin} + repeated(tag, tag.size() * 100'000));
        ASSERT_FALSE(page) << tag;
        EXPECT_THAT(page.error().detail,
                    testing::AnyOf(testing::HasSubstr("too deep"), testing::HasSubstr("too large")))
            << tag;
    }
}

TEST(LyricsPageLimits, CountsWhatTheParserKeepsOpen) {
    EXPECT_EQ(plain_markup("<div><p>a<p>b</div><ul><li>a<li>b</ul>")->depth, 2U);
    EXPECT_EQ(plain_markup("<p><div></div><p><button>")->depth, 2U); // a button ends no paragraph
    EXPECT_EQ(plain_markup("<p><button></p><i>")->depth, 3U);        // nor does its paragraph end inside it
    EXPECT_EQ(plain_markup("<div><b></div></b>")->depth, 2U);
    EXPECT_EQ(plain_markup("<table><tr><td><form><svg><g></svg><x>")->depth, 0U);
}

TEST(LyricsPageLimits, RefusesMoreTagsThanAPageHas) {
    for (const std::string_view tag : {"<br>", "</p>", "<b></b>", "<i>x</i>"}) {
        const auto page = read(repeated(tag, max_page_bytes - 100));
        ASSERT_FALSE(page) << tag;
        EXPECT_EQ(page.error().code, Errc::payload_too_large);
        EXPECT_THAT(page.error().detail, testing::HasSubstr("too many tags"));
    }
}

TEST(LyricsPageLimits, WhatCostsAParserMuchIsLeftOut) {
    for (const std::string_view part : {"<table><tr><td>",
                                        "<select><option>",
                                        "<svg>",
                                        "<svg><path/>",
                                        "<template>",
                                        "<form>",
                                        "<!--",
                                        "<!-- -->",
                                        "<!x>",
                                        "</x>",
                                        "<?",
                                        "<",
                                        "</",
                                        "<svg",
                                        "&",
                                        "&#",
                                        "&#x1F;",
                                        "\xFF",
                                        "<math><mi>",
                                        "<frameset>",
                                        "<isindex>",
                                        "<plaintext>",
                                        "<title>",
                                        "<nobr>",
                                        "<object>",
                                        "<marquee>",
                                        "<x a=\"",
                                        "--",
                                        "[",
                                        "[\n",
                                        "Embed",
                                        "1 Contributor",
                                        "\xCC\x81"}) {
        const auto page = read(std::string{begin} + repeated(part, 2'000'000) + std::string{end});
        ASSERT_TRUE(page) << part << ": " << page.error().detail;
    }
}

TEST(LyricsPageLimits, AttributesAreReadOnce) {
    std::string tag = "<div";
    for (int i = 0; i < 200'000; ++i) {
        tag += " a" + std::to_string(i) + "='x'";
    }
    const auto page =
        read(tag + " data-lyrics-container=true class=\"" + std::string(1'000'000, 'c') + "\">Satu</div>");
    ASSERT_TRUE(page);
    EXPECT_EQ(page->text, "Satu");
}

TEST(LyricsPageLimits, UnclosedItemsAndParagraphsAreNoNesting) {
    const std::string list = "<ul>" + repeated("<li>Bahasa", 20'000) + "</ul>" + repeated("<p>Bait", 20'000);
    const auto page = read(list + std::string{begin} + std::string{end});
    ASSERT_TRUE(page) << page.error().detail;
    EXPECT_EQ(page->text, "Satu\ndua");
}

} // namespace personalify::genius

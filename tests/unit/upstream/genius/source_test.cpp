#include "unit/upstream/genius/world.hpp"

#include <gmock/gmock.h>

namespace personalify::genius {
namespace {

using namespace testing;
using app::FoundLyrics;
using app::LyricsState;
using net::HttpProgress;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* search_url = "https://api.example/search?q=Pulang+Larut+Lentera+Biru&per_page=20";
constexpr const char* page_url = "https://pages.example/Lentera-biru-pulang-larut-lyrics";

TEST(GeniusPages, ASearchAndThePage) {
    World world;
    world.answers = {hits({{}}), words("[Chorus]<br>Pulang<br>larut")};
    const auto found = world.find({.title = "Pulang Larut - Remastered 2009", .artist = "Lentera Biru"});
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, (FoundLyrics{.state = LyricsState::found,
                                   .text = "[Chorus]\nPulang\nlarut",
                                   .source = "genius",
                                   .title = "Pulang Larut - Remastered 2009",
                                   .artist = "Lentera Biru",
                                   .url = page_url}));
    EXPECT_THAT(world.asked(), ElementsAre(search_url, page_url));
}

TEST(GeniusPages, ThePageIsAskedWithoutTheToken) {
    World world;
    world.answers = {words("Pulang")};
    EXPECT_TRUE(world.read());
    ASSERT_THAT(world.asked(), ElementsAre(page_url)) << "and there is no search when the page is known";
    for (const net::HttpHeader& header : world.sent[0].headers) {
        EXPECT_THAT(header.value, Not(HasSubstr("secret-token")));
    }
    EXPECT_EQ(world.sent[0].max_body_bytes, max_page_bytes);
}

TEST(GeniusPages, TheRightHitPastTranslationsListsAndOtherSongs) {
    World world;
    world.answers = {hits({{.artist = "Genius English Translations", .url = "https://genius.com/no-1"},
                           {.title = "Pulang Larut Tracklist", .url = "https://genius.com/no-2"},
                           {.title = "Pulang Larut (Live Setlist)", .url = "https://genius.com/no-3"},
                           {.title = "Pulang", .url = "https://genius.com/no-4"},
                           {.artist = "The Paper Tides", .url = "https://genius.com/no-5"},
                           {.title = "PULANG LARUT", .artist = "Lentera Biru & Rani"}}),
                     words("Pulang")};
    EXPECT_TRUE(world.find());
    EXPECT_THAT(world.asked(), ElementsAre(search_url, page_url));
}

TEST(GeniusPages, ASongThatIsCalledLikeAList) {
    World world;
    world.answers = {hits({{.title = "End Credits"}}), words("Pulang")};
    EXPECT_EQ(world.find({.title = "End Credits", .artist = "Lentera Biru"})->state, LyricsState::found);
}

TEST(GeniusPages, NoFittingHitIsMissing) {
    for (const auto& answer : {hits({}), hits({{.title = "Pulang"}, {.artist = "Rani"}})}) {
        World world;
        world.answers = {answer};
        EXPECT_EQ(world.find().value(), (FoundLyrics{.state = LyricsState::missing,
                                                     .source = "genius",
                                                     .title = "Pulang Larut",
                                                     .artist = "Lentera Biru"}));
        EXPECT_EQ(world.sent.size(), 1U);
    }
}

TEST(GeniusPages, APageThatIsGoneIsMissing) {
    for (const int status : {404, 410}) {
        World world;
        world.answers = {reply(status, "<html>Oops</html>")};
        EXPECT_EQ(world.read()->state, LyricsState::missing);
    }
}

TEST(GeniusPages, WhatAPageWithoutWordsSays) {
    World world;
    const auto placeholder = [](const char* message) {
        return page(std::string{R"(<div class="LyricsPlaceholder__Message-sc-5-1">)"} + message + "</div>");
    };
    world.answers = {placeholder("This song is an instrumental"), words("[Instrumental]"),
                     placeholder("Lyrics for this song have yet to be released. Please check back once the "
                                 "song has been released.")};
    EXPECT_EQ(world.read()->state, LyricsState::instrumental);
    EXPECT_EQ(world.read()->state, LyricsState::instrumental);
    const auto unreleased = world.read();
    EXPECT_EQ(unreleased->state, LyricsState::unreleased);
    EXPECT_EQ(unreleased->text, "");
}

TEST(GeniusPages, RedirectsAreFollowed) {
    for (const int status : {301, 302, 303, 307, 308}) {
        World world;
        world.answers = {redirect(status, "https://genius.com/New-name-lyrics?x=1#y"), words("Pulang")};
        EXPECT_EQ(world.read()->url, "https://pages.example/New-name-lyrics") << "at the site that was asked";
        EXPECT_EQ(world.asked().at(1), "https://pages.example/New-name-lyrics");
    }
}

TEST(GeniusPages, OnlyOurBaseIsEverAsked) {
    for (const char* to : {"https://evil.example/steal", "//evil.example/steal", "http://127.0.0.1/admin",
                           "https://pages.example.evil.example/x", "@evil.example/x", ".evil.example/x",
                           "/../../admin", "/\\evil.example", "javascript:alert(1)", "file:///etc/passwd", "",
                           "relative", "https://evil.example", "/a b", "/a\r\nHost: evil.example"}) {
        World world;
        world.answers = {redirect(302, to), reply(200, "<html>not a song</html>")};
        const auto found = world.read();
        ASSERT_FALSE(found) << to << ": that is not missing";
        EXPECT_EQ(found.error().code, Errc::upstream_unavailable);
        for (const std::string& url : world.asked()) {
            EXPECT_THAT(url, StartsWith("https://pages.example/"));
            EXPECT_THAT(url, Not(AnyOf(HasSubstr(".."), HasSubstr("\\"), HasSubstr(" "), HasSubstr("\n"))));
        }
    }
}

TEST(GeniusPages, TheBaseMayHaveAPath) {
    World world;
    world.options.web_url = "http://127.0.0.1:8001/genius/pages/";
    Pages pages{
        world.options, world.catalogue,
        world.send,    [](std::string html) -> Task<Result<LyricsPage>> { co_return read_lyrics_page(html); },
        world.states,  world.timing};
    world.answers = {redirect(301, "/genius/pages/New-lyrics"), redirect(301, "/Newer-lyrics"),
                     words("Pulang")};
    EXPECT_TRUE(
        run(pages.find({.title = "a", .artist = "b", .genius_url = "https://genius.com/Old-lyrics"})));
    EXPECT_THAT(world.asked(), ElementsAre("http://127.0.0.1:8001/genius/pages/Old-lyrics",
                                           "http://127.0.0.1:8001/genius/pages/New-lyrics",
                                           "http://127.0.0.1:8001/genius/pages/Newer-lyrics"));
}

TEST(GeniusPages, ARedirectLoopEnds) {
    World world;
    world.answers = {redirect(301, "https://genius.com/Lentera-biru-pulang-larut-lyrics")};
    EXPECT_EQ(world.read().error().code, Errc::upstream_unavailable);
    EXPECT_LE(world.sent.size(), 5U);
}

TEST(GeniusPages, AnAddressThatCanNotBeCalledIsNotMissing) {
    World world;
    world.answers = {hits({{.url = "https://genius.com/a b"}})};
    EXPECT_EQ(world.find().error().code, Errc::upstream_unavailable);
    world.answers = {hits({{}}), words("Pulang")};
    EXPECT_EQ(
        world.find({.title = "Pulang Larut", .artist = "Lentera Biru", .genius_url = "genius.com/x"})->state,
        LyricsState::found)
        << "then it is searched for";
}

TEST(GeniusPages, WithoutATokenNothingIsAsked) {
    World world;
    world.options.access_token = "";
    Catalogue catalogue{world.options, world.send, world.states, world.timing};
    Pages pages{
        world.options, catalogue,
        world.send,    [](std::string html) -> Task<Result<LyricsPage>> { co_return read_lyrics_page(html); },
        world.states,  world.timing};
    const auto found = run(pages.find({.title = "Pulang Larut", .artist = "Lentera Biru"}));
    EXPECT_EQ(found.error().code, Errc::upstream_unavailable);
    EXPECT_TRUE(found.error().retry_after);
    EXPECT_TRUE(world.sent.empty());
}

TEST(GeniusPages, AFailedSearchIsNotMissing) {
    for (const auto& answer : {net::HttpResult{reply(500, "")}, net::HttpResult{reply(429, "")},
                               net::HttpResult{reply(200, "{}")}, broken(HttpProgress::answered)}) {
        World world;
        world.answers = {answer};
        EXPECT_FALSE(world.find());
        EXPECT_EQ(world.pages.closed_for(), std::nullopt) << "the API's trouble is not the pages'";
    }
}

struct Block {
    const char* name;
    net::HttpReply answer;
    std::chrono::seconds lasts;
};
class GeniusBlocks : public ::testing::TestWithParam<Block> {};

TEST_P(GeniusBlocks, CloseThePagesForAsLongAsIsKnown) {
    World world;
    world.answers = {hits({{}}), GetParam().answer};
    const auto found = world.find();
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().retry_after, GetParam().lasts);
    EXPECT_EQ(world.pages.closed_for(), GetParam().lasts);
    EXPECT_EQ(world.catalogue.closed_for(), std::nullopt);
    EXPECT_EQ(world.sent.size(), 2U) << "not tried again";

    world.clock.advance(500ms);
    const auto again = world.find();
    EXPECT_EQ(again.error().code, Errc::upstream_unavailable);
    EXPECT_EQ(again.error().retry_after, GetParam().lasts) << "in whole seconds";
    EXPECT_EQ(world.sent.size(), 2U) << "not even the search";

    if (GetParam().lasts > 1min) {
        World later;
        later.states.closed = world.states.closed;
        run(later.pages.restore());
        EXPECT_FALSE(later.read());
        EXPECT_TRUE(later.sent.empty()) << "over a restart";
    }
    world.clock.advance(GetParam().lasts);
    world.answers = {words("Pulang")};
    EXPECT_TRUE(world.read());
}
INSTANTIATE_TEST_SUITE_P(
    Every, GeniusBlocks,
    ::testing::Values(
        Block{"Refused", reply(403, "<html>"), 1800s},
        Block{"RefusedForLonger", reply(403, "", {{"retry-after", "7200"}}), 7200s},
        Block{"RefusedForAWhile", reply(403, "", {{"retry-after", "10"}}), 1800s},
        Block{"Challenged", reply(403, challenge, {{"cf-mitigated", "challenge"}}), 1800s},
        Block{"ChallengedWith503", reply(503, challenge, {{"cf-mitigated", "challenge"}}), 1800s},
        Block{"ChallengedWith200", reply(200, challenge, {{"content-type", "text/html"}}), 1800s},
        Block{"MitigatedWith200", reply(200, "<html>?</html>", {{"cf-mitigated", "challenge"}}), 1800s},
        Block{"MitigatedWith404", reply(404, "<html>?</html>", {{"cf-mitigated", "challenge"}}), 1800s},
        Block{"Limited", reply(429, "<html>"), 30s},
        Block{"LimitedForAsLong", reply(429, "", {{"retry-after", "300"}}), 300s},
        Block{"LimitedUntil", reply(429, "", {{"retry-after", "Sun, 22 Nov 2026 12:10:00 GMT"}}), 600s},
        Block{"LimitedForNoTime", reply(429, "", {{"retry-after", "0"}}), 1s},
        Block{"DownForAsLong", reply(503, "", {{"retry-after", "120"}}), 120s}),
    [](const auto& info) { return info.param.name; });

struct Fault {
    const char* name;
    net::HttpResult answer;
    std::size_t tries;
};
class GeniusFaults : public ::testing::TestWithParam<Fault> {};

TEST_P(GeniusFaults, AreErrorsWithinTheDeadlineAndNeverMissing) {
    World world;
    world.answers = {GetParam().answer};
    const auto found = world.read();
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, Errc::upstream_unavailable);
    EXPECT_EQ(world.sent.size(), GetParam().tries);
    EXPECT_LE(world.clock.now() - noon, 8s);
    EXPECT_THAT(found.error().cause + found.error().detail, Not(HasSubstr("secret-token")));
}
INSTANTIATE_TEST_SUITE_P(
    Every, GeniusFaults,
    ::testing::Values(
        Fault{"Down", reply(503, "<html></html>"), 2}, Fault{"Failed", reply(500, ""), 2},
        Fault{"Gateway", reply(520, ""), 2}, Fault{"Teapot", reply(418, ""), 1},
        Fault{"Empty", reply(200, ""), 1}, Fault{"Json", reply(200, "{}"), 1},
        Fault{"AnotherPage", page("<h1>Lentera Biru</h1>"), 1}, Fault{"EmptyContainer", words(""), 1},
        Fault{"CutOff", reply(200, "<html><body><div data-lyrics-container=\"true\">Pulang"), 1},
        Fault{"NotUtf8", words("Pulang \xff\xfe"), 1}, Fault{"Slow", broken(HttpProgress::sent, true), 1},
        Fault{"Reset", broken(HttpProgress::sent), 2},
        Fault{"Unreachable", broken(HttpProgress::not_sent), 2},
        Fault{"Truncated", broken(HttpProgress::answered), 1}),
    [](const auto& info) { return info.param.name; });

TEST(GeniusPages, APageThatCanNotBeParsedIsUnavailable) {
    World world;
    std::string deep;
    for (int i = 0; i < 200'000; ++i) {
        deep += "<div>";
    }
    for (const std::string& inside : {deep, std::string(max_page_bytes, 'a')}) {
        world.answers = {words(inside)};
        EXPECT_EQ(world.read().error().code, Errc::upstream_unavailable);
    }
    EXPECT_EQ(world.pages.closed_for(), std::nullopt);
}

TEST(GeniusPages, TroubleInARowGivesThemARest) {
    World world;
    world.answers = {broken(HttpProgress::answered)};
    for (int i = 0; i < 5; ++i) {
        EXPECT_FALSE(world.read());
    }
    EXPECT_EQ(world.sent.size(), 3U);
    EXPECT_EQ(world.pages.closed_for(), 60s);
}

TEST(GeniusPages, AllRequestsTogetherKeepTheDeadline) {
    World world;
    world.each_takes = 3s;
    world.answers = {hits({{}}), redirect(301, "/a"), redirect(301, "/b"), words("Pulang")};
    EXPECT_FALSE(world.find());
    EXPECT_EQ(world.sent.size(), 3U);
    EXPECT_EQ(world.sent.at(2).deadline, 2s) << "what is left of eight seconds";
}

TEST(GeniusPages, AddressesAreCheckedAtOnce) {
    World world;
    world.options.web_url = "http://genius.com";
    EXPECT_THROW(Pages(world.options, world.catalogue, world.send, nullptr, world.states, world.timing),
                 std::invalid_argument);
    EXPECT_EQ(world.pages.name(), "genius");
}

} // namespace
} // namespace personalify::genius

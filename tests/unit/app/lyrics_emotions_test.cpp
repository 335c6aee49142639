#include "app/lyrics_emotions.hpp"
#include "unit/app/fake_emotions.hpp"

#include <gtest/gtest.h>

namespace personalify::app {

using namespace test;

TEST(LyricsReader, TellsTheFiveStrongest) {
    FakeEngine engine;
    engine.labels = {{"rindu", "desire"}};
    LyricsReader lyrics{engine};
    const auto read = run(lyrics.read("rindu"));
    ASSERT_TRUE(read);
    ASSERT_EQ(read->emotions.size(), 5U);
    EXPECT_EQ(read->emotions[0], (EmotionScore{"desire", 1}));
    EXPECT_EQ(read->language, "en");
    EXPECT_EQ(read->engine, "fake");
    EXPECT_FALSE(read->translated);
}

TEST(LyricsReader, BlankLyricsAreNotRead) {
    FakeEngine engine;
    LyricsReader lyrics{engine};
    for (const char* blank : {"", " \n\t ", "\u3000\u00a0"}) {
        EXPECT_EQ(error_of(run(lyrics.read(blank))), Errc::invalid_argument);
    }
    EXPECT_EQ(engine.calls, 0);
}

TEST(LyricsReader, ReadsTheFirstCharacters) {
    FakeEngine engine;
    LyricsReader lyrics{engine};
    std::string longer;
    for (std::size_t i = 0; i < LyricsReader::most_characters + 5; ++i) {
        longer += "é";
    }
    ASSERT_TRUE(run(lyrics.read(longer)));
    EXPECT_EQ(engine.batches[0][0].size(), 2 * LyricsReader::most_characters);
}

TEST(LyricsReader, TheEnginesTroubleIsTheAnswer) {
    FakeEngine engine;
    engine.fail_times(1, Errc::overloaded, 3s);
    LyricsReader lyrics{engine};
    const auto read = run(lyrics.read("la la"));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::overloaded);
    EXPECT_EQ(read.error().retry_after, 3s);
}

} // namespace personalify::app

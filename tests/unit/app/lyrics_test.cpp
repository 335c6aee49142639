#include "app/lyrics.hpp"
#include "unit/app/fake_emotions.hpp"
#include "unit/app/fake_songs.hpp"
#include "unit/app/world.hpp"

#include <gmock/gmock.h>

namespace personalify::app {

using namespace test;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

class LyricsServiceTest : public ::testing::Test {
protected:
    Result<SongLyrics> genius(std::int64_t id = 7) { return run(lyrics_.of_genius_song(id)); }
    Result<SongLyrics> song(std::string title = "Pulang Larut", std::string artist = "Lentera Biru") {
        return run(lyrics_.of_song({.title = std::move(title), .artist = std::move(artist)}));
    }

    World world_;
    FakeCatalogue catalogue_;
    FakeLyricsSource lrclib_{"lrclib"};
    FakeLyricsSource genius_{"genius"};
    FakeLyricsStore store_;
    FakeEngine engine_;
    std::vector<std::string> reports_;
    LyricsService lyrics_{{catalogue_, {&lrclib_, &genius_}, store_},
                          engine_,
                          world_.clock,
                          [this](std::string_view what, const Error&) { reports_.emplace_back(what); }};
};

} // namespace

TEST_F(LyricsServiceTest, ASongOfGeniusIsLookedForThereFirst) {
    genius_.knows("[Bait]\nHujan lagi\n\n[Reff]\nPulang");
    const auto found = genius();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->lyrics.text, "[Bait]\nHujan lagi\n\n[Reff]\nPulang");
    EXPECT_EQ(found->lyrics.source, "genius");
    EXPECT_EQ(found->lyrics.title, "Pulang Larut");
    EXPECT_EQ(found->lyrics.url, "https://genius.com/pulang");
    EXPECT_THAT(lrclib_.asked, IsEmpty());
    EXPECT_EQ(genius_.asked.at(0).genius_url, "https://genius.com/pulang");
}

TEST_F(LyricsServiceTest, ATracksSourcesAreAskedInTheirOrder) {
    lrclib_.knows("Hujan lagi");
    EXPECT_EQ(song()->lyrics.source, "lrclib");
    EXPECT_THAT(genius_.asked, IsEmpty());
}

TEST_F(LyricsServiceTest, TheSecondTimeNobodyIsAskedAndNothingRead) {
    genius_.knows("Hujan lagi");
    const auto first = genius();
    const auto second = genius();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->lyrics, first->lyrics);
    EXPECT_EQ(second->analysis, first->analysis);
    EXPECT_EQ(catalogue_.songs_asked, 1);
    EXPECT_THAT(genius_.asked, SizeIs(1));
    EXPECT_EQ(engine_.calls, 1);
    EXPECT_TRUE(song("PULANG LARUT (feat. Rani)", "lentera biru"));
    EXPECT_THAT(lrclib_.asked, SizeIs(1)) << "a track is a song of its own";
    EXPECT_TRUE(song());
    EXPECT_THAT(lrclib_.asked, SizeIs(1)) << "whatever release it is of";
}

TEST_F(LyricsServiceTest, ManyAtOnceAreOne) {
    genius_.knows("Hujan lagi");
    genius_.turns = 5;
    std::vector<Task<Result<SongLyrics>>> asking;
    for (int i = 0; i < 100; ++i) {
        asking.push_back(lyrics_.of_genius_song(7));
    }
    for (const auto& found : run_all(std::move(asking))) {
        EXPECT_EQ(found->lyrics.text, "Hujan lagi");
    }
    EXPECT_THAT(genius_.asked, SizeIs(1));
    EXPECT_EQ(engine_.calls, 1);
}

TEST_F(LyricsServiceTest, SectionsAreReadInOneBatchAndAveragedByLength) {
    genius_.knows("[Verse]\nlonglonglong\n\n[Chorus]\nabcd");
    engine_.labels = {{"longlonglong", "sadness"}, {"abcd", "joy"}};
    const auto found = genius();
    ASSERT_TRUE(found);
    EXPECT_EQ(engine_.calls, 1);
    ASSERT_EQ(found->analysis.sections.size(), 2U);
    EXPECT_EQ(found->analysis.sections[0].heading, "Verse");
    EXPECT_EQ(found->analysis.sections[0].emotions.at(0).label, "sadness");
    EXPECT_EQ(found->analysis.sections[1].emotions.at(0).label, "joy");
    ASSERT_EQ(found->analysis.emotions.size(), 5U);
    EXPECT_EQ(found->analysis.emotions[0].label, "sadness");
    EXPECT_NEAR(found->analysis.emotions[0].score, 0.75, 1e-6);
    EXPECT_NEAR(found->analysis.emotions[1].score, 0.25, 1e-6);
    EXPECT_EQ(found->analysis.language, "en");
}

TEST_F(LyricsServiceTest, AnotherSourceStandsIn) {
    lrclib_.knows("Hujan lagi");
    for (const Errc code : {Errc::upstream_unavailable, Errc::rate_limited, Errc::overloaded}) {
        store_.kept.clear();
        genius_.fails(code, 60s);
        EXPECT_EQ(genius()->lyrics.source, "lrclib");
    }
    genius_.knows("", LyricsState::missing);
    store_.kept.clear();
    EXPECT_EQ(genius()->lyrics.source, "lrclib");
    EXPECT_EQ(genius()->lyrics.title, "Pulang Larut") << "as it was chosen";
}

TEST_F(LyricsServiceTest, WhatCouldNotBeLookedIsNotRemembered) {
    genius_.fails(Errc::upstream_unavailable, 1800s);
    lrclib_.knows("", LyricsState::missing);
    const auto first = genius();
    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().code, Errc::upstream_unavailable);
    EXPECT_EQ(first.error().retry_after, 1800s);
    EXPECT_THAT(store_.kept, IsEmpty());
    world_.clock.advance(25h);
    lrclib_.fails(Errc::rate_limited, 30s);
    EXPECT_EQ(genius().error().retry_after, 30s) << "whichever passes first";
    genius_.knows("Hujan lagi");
    EXPECT_TRUE(genius());
}

TEST_F(LyricsServiceTest, AbsenceIsRememberedForADay) {
    const auto none = genius();
    ASSERT_TRUE(none);
    EXPECT_EQ(none->lyrics.state, LyricsState::missing);
    genius_.knows("Hujan lagi");
    world_.clock.advance(23h);
    EXPECT_EQ(genius()->lyrics.state, LyricsState::missing);
    world_.clock.advance(2h);
    EXPECT_EQ(genius()->lyrics.state, LyricsState::found);
    world_.clock.advance(24h * 365);
    EXPECT_EQ(genius()->lyrics.state, LyricsState::found);
    EXPECT_THAT(genius_.asked, SizeIs(2));
}

TEST_F(LyricsServiceTest, SongsWithoutWordsAreToldApart) {
    genius_.knows("", LyricsState::unreleased);
    EXPECT_EQ(genius()->lyrics.state, LyricsState::unreleased);
    EXPECT_THAT(lrclib_.asked, SizeIs(1)) << "somebody else may know them";
    world_.clock.advance(25h);
    genius_.knows("", LyricsState::instrumental);
    EXPECT_EQ(genius()->lyrics.state, LyricsState::instrumental);
    EXPECT_THAT(lrclib_.asked, SizeIs(1));
    EXPECT_EQ(genius(8)->lyrics.state, LyricsState::missing) << "no such song";
    EXPECT_EQ(engine_.calls, 0);
}

TEST_F(LyricsServiceTest, ANewModelReadsAgain) {
    genius_.knows("Hujan lagi");
    ASSERT_TRUE(genius());
    store_.kept.begin()->second.analysis_version = "older";
    store_.kept.begin()->second.analysis->language = "su";
    EXPECT_EQ(genius()->analysis.language, "en");
    EXPECT_EQ(engine_.calls, 2);
    EXPECT_THAT(genius_.asked, SizeIs(1)) << "the words stay";
    EXPECT_TRUE(genius());
    EXPECT_EQ(engine_.calls, 2);
}

TEST_F(LyricsServiceTest, WordsComeAlsoWhenTheyCannotBeRead) {
    genius_.knows("Hujan lagi");
    engine_.fail_times(1, Errc::overloaded);
    const auto unread = genius();
    ASSERT_TRUE(unread);
    EXPECT_EQ(unread->lyrics.text, "Hujan lagi");
    EXPECT_THAT(unread->analysis.emotions, IsEmpty());
    EXPECT_THAT(genius()->analysis.emotions, SizeIs(5));
    EXPECT_THAT(genius_.asked, SizeIs(1));
}

TEST_F(LyricsServiceTest, AProvisionalReadingIsShownAndReadAgain) {
    genius_.knows("Hujan lagi");
    engine_.provisional = true;
    EXPECT_THAT(genius()->analysis.emotions, SizeIs(5));
    engine_.provisional = false;
    EXPECT_TRUE(genius());
    EXPECT_TRUE(genius());
    EXPECT_EQ(engine_.calls, 2);
}

TEST_F(LyricsServiceTest, AStoreThatFailsIsDoneWithout) {
    genius_.knows("Hujan lagi");
    store_.failure = Error{Errc::internal, "broken"};
    EXPECT_EQ(genius()->lyrics.text, "Hujan lagi");
    EXPECT_THAT(reports_, ::testing::Contains("lyrics.save"));
}

TEST_F(LyricsServiceTest, WhoSaidThatThereIsNothingIsNotAskedForTheOthersSake) {
    genius_.fails(Errc::upstream_unavailable, 1800s);
    EXPECT_FALSE(song());
    EXPECT_FALSE(song());
    EXPECT_THAT(lrclib_.asked, SizeIs(1)) << "it said that it has none";
    EXPECT_THAT(genius_.asked, SizeIs(2));
    world_.clock.advance(25h);
    EXPECT_FALSE(song());
    EXPECT_THAT(lrclib_.asked, SizeIs(2));
}

TEST_F(LyricsServiceTest, AnotherLengthIsAnotherRecording) {
    const auto of_length = [this](std::chrono::seconds length) {
        return run(lyrics_.of_song({.title = "Pulang", .artist = "Rani", .duration = length}));
    };
    EXPECT_EQ(of_length(200s)->lyrics.state, LyricsState::missing);
    lrclib_.knows("Hujan lagi");
    EXPECT_EQ(of_length(200s)->lyrics.state, LyricsState::missing);
    EXPECT_EQ(of_length(260s)->lyrics.state, LyricsState::found);
}

TEST_F(LyricsServiceTest, AnInstrumentalIsLookedAtAgainAfterAMonth) {
    lrclib_.knows("", LyricsState::instrumental);
    EXPECT_EQ(song()->lyrics.state, LyricsState::instrumental);
    lrclib_.knows("Hujan lagi");
    world_.clock.advance(LyricsService::instrumental_lasts - 1h);
    EXPECT_EQ(song()->lyrics.state, LyricsState::instrumental);
    world_.clock.advance(2h);
    EXPECT_EQ(song()->lyrics.state, LyricsState::found);
}

TEST_F(LyricsServiceTest, EndlessTimesAreNotKept) {
    lrclib_.answer = [] {
        FoundLyrics found;
        found.state = LyricsState::found;
        found.text = "Hujan lagi";
        found.synced = std::string(400'000, 'x');
        return found;
    };
    EXPECT_EQ(song()->lyrics.synced, "");
}

TEST_F(LyricsServiceTest, BlankNamesAreNotLookedFor) {
    EXPECT_EQ(song(" ", "\u200b")->lyrics.state, LyricsState::missing);
    EXPECT_THAT(lrclib_.asked, IsEmpty());
}

TEST_F(LyricsServiceTest, ATrackIsKnownFromTopsElseFromSpotify) {
    lrclib_.knows("Hujan lagi");
    TrackLyricsService tracks{lyrics_, world_.library, world_.spotify, world_.tokens, world_.clock};
    const UserId ada = world_.sign_up("ada");
    world_.store_tops(ada, TimeRange::short_term);
    const auto known = run(tracks.of_track(world_.caller(ada), "t1"));
    ASSERT_TRUE(known);
    EXPECT_EQ(known->track.name, "Track t1");
    EXPECT_EQ(lrclib_.asked.at(0).artist, "Main Artist");
    EXPECT_EQ(lrclib_.asked.at(0).duration, 215s);
    EXPECT_EQ(run(tracks.of_track(world_.caller(ada), "other"))->track.name, "Track other");
    world_.spotify.on_track = [](const std::string&) -> Result<Track> {
        return fail(Errc::not_found, "Spotify does not know this.");
    };
    EXPECT_TRUE(run(tracks.of_track(world_.caller(ada), "other"))) << "Spotify is not asked again";
    EXPECT_EQ(error_of(run(tracks.of_track(world_.caller(ada), "gone"))), Errc::not_found);
    EXPECT_EQ(error_of(run(tracks.of_track(Caller{}, "t1"))), Errc::unauthenticated);
}

} // namespace personalify::app

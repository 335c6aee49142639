#include "app/song_search.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"
#include "unit/app/fake_songs.hpp"

#include <gmock/gmock.h>

namespace personalify::app {

using namespace test;
using ::testing::ElementsAre;
using ::testing::SizeIs;

namespace {

class SongSearchTest : public ::testing::Test {
protected:
    auto artists(std::string text) { return run(search_.artists(std::move(text))); }

    ManualClock clock_{noon};
    FakeCatalogue catalogue_;
    SongSearch search_{catalogue_, clock_};
};

} // namespace

TEST_F(SongSearchTest, EqualQuestionsAreAskedOnceForAWhile) {
    ASSERT_TRUE(artists("Lentera"));
    EXPECT_EQ((*artists("  lentera ")).get()->artists.size(), 2U);
    EXPECT_THAT(catalogue_.searches, ElementsAre("lentera"));
    ASSERT_TRUE(artists("lentera b"));
    EXPECT_THAT(catalogue_.searches, SizeIs(2));
    clock_.advance(SongSearch::remembered_for);
    ASSERT_TRUE(artists("lentera"));
    EXPECT_THAT(catalogue_.searches, SizeIs(3));
}

TEST_F(SongSearchTest, ManyAtOnceAreOne) {
    catalogue_.turns = 5;
    std::vector<Task<Result<std::shared_ptr<const SongSearch::Artists>>>> asking;
    for (int i = 0; i < 20; ++i) {
        asking.push_back(search_.artists("hujan"));
    }
    for (const auto& found : run_all(std::move(asking))) {
        EXPECT_TRUE(found);
    }
    EXPECT_THAT(catalogue_.searches, SizeIs(1));
}

TEST_F(SongSearchTest, FailuresAreNotRemembered) {
    catalogue_.failure = Error{Errc::upstream_unavailable, "Away.", "", 60s};
    EXPECT_EQ(artists("hujan").error().retry_after, 60s);
    EXPECT_FALSE(run(search_.songs_of(1, 500)));
    catalogue_.failure.reset();
    EXPECT_TRUE(artists("hujan"));
    EXPECT_TRUE((*run(search_.songs_of(1, 500)))->cut_off);
}

TEST_F(SongSearchTest, WhatIsRememberedIsBounded) {
    for (std::size_t i = 0; i <= SongSearch::most_remembered; ++i) {
        ASSERT_TRUE(artists("q" + std::to_string(i)));
        clock_.advance(1ms);
    }
    const std::size_t asked = catalogue_.searches.size();
    ASSERT_TRUE(artists("q" + std::to_string(SongSearch::most_remembered)));
    EXPECT_THAT(catalogue_.searches, SizeIs(asked));
    ASSERT_TRUE(artists("q0"));
    EXPECT_THAT(catalogue_.searches, SizeIs(asked + 1)) << "the oldest made room";
}

TEST_F(SongSearchTest, SongsAreListedOnceForAWhile) {
    ASSERT_TRUE(run(search_.songs_of(1, 500)));
    ASSERT_TRUE(run(search_.songs_of(1, 500)));
    ASSERT_TRUE(run(search_.songs_of(2, 500)));
    EXPECT_THAT(catalogue_.listed, ElementsAre(1, 2));
}

} // namespace personalify::app

#include "app/genre_filler.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"
#include "unit/app/fakes.hpp"

#include <gmock/gmock.h>

#include <deque>

namespace personalify::app {

using namespace test;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

class FakeTags final : public GenreSource {
public:
    std::string name() const override { return "tags"; }
    Task<Result<std::vector<std::string>>> tags_of(std::string artist) override {
        asked.push_back(std::move(artist));
        if (failure) {
            co_return std::unexpected(*failure);
        }
        co_return tags;
    }

    std::vector<std::string> asked;
    std::vector<std::string> tags{"seen live", "Indie-Pop", "indie pop", "female vocalists", "Folk"};
    std::optional<Error> failure;
};

class FakeGenres final : public GenreStore, public Failing {
public:
    Task<Result<std::vector<NamelessArtist>>> without_genres(TimePoint before, int) override {
        looked_before = before;
        co_return unless_failing(waiting);
    }
    Task<Result<std::vector<UserId>>> save_genres(std::string artist, std::vector<std::string> genres,
                                                  std::string source, TimePoint) override {
        if (!failure) {
            std::erase_if(waiting, [&](const NamelessArtist& each) { return each.id == artist; });
            saved.emplace_back(artist + ":" + source, std::move(genres));
        }
        co_return unless_failing(std::vector<UserId>{UserId{"ada"}});
    }

    Task<Result<>> mark_sought(std::string artist, TimePoint at) override {
        std::erase_if(waiting, [&](const NamelessArtist& each) { return each.id == artist; });
        postponed.emplace_back(std::move(artist), at);
        co_return unless_failing();
    }

    std::vector<std::pair<std::string, TimePoint>> postponed;
    std::vector<NamelessArtist> waiting{{"a1", "Lentera Biru"}, {"a2", "Toko Hujan"}};
    std::vector<std::pair<std::string, std::vector<std::string>>> saved;
    TimePoint looked_before{};
};

class GenreFillerTest : public ::testing::Test {
protected:
    ManualClock clock_{noon};
    FakeGenres store_;
    FakeTags source_;
    CountingCache cache_{clock_};
    std::vector<std::string> reports_;
    GenreFiller filler_{store_, source_, cache_, clock_,
                        [this](std::string_view what, const Error&) { reports_.emplace_back(what); }};
};

} // namespace

TEST_F(GenreFillerTest, FindsGenresAmongTagsAndForgetsCachedDashboards) {
    const auto round = run(filler_.run_once());
    EXPECT_EQ(round.artists, 2);
    EXPECT_FALSE(round.trouble);
    EXPECT_THAT(source_.asked, ElementsAre("Lentera Biru", "Toko Hujan"));
    ASSERT_EQ(store_.saved.size(), 2U);
    EXPECT_EQ(store_.saved[0].first, "a1:tags");
    EXPECT_THAT(store_.saved[0].second, ElementsAre("indie pop", "folk"));
    EXPECT_EQ(store_.looked_before, noon - GenreFiller::sought_again_after);
    EXPECT_EQ(run(filler_.run_once()).artists, 0);
}

TEST_F(GenreFillerTest, NothingFoundIsNotedToo) {
    source_.tags = {"seen live"};
    EXPECT_EQ(run(filler_.run_once()).artists, 2);
    EXPECT_THAT(store_.saved[0].second, IsEmpty());
}

TEST_F(GenreFillerTest, WaitsAsLongAsTheSourceAsks) {
    source_.failure = Error{Errc::rate_limited, "Away.", "", std::chrono::seconds{600}};
    EXPECT_EQ(run(filler_.run_once()).trouble, 600s);
    EXPECT_THAT(store_.saved, IsEmpty());
    source_.failure->retry_after = 24h;
    EXPECT_EQ(run(filler_.run_once()).trouble, GenreFiller::longest_look);
    source_.failure->retry_after.reset();
    EXPECT_EQ(run(filler_.run_once()).trouble, GenreFiller::trouble_look);
    EXPECT_THAT(source_.asked, ElementsAre("Lentera Biru", "Lentera Biru", "Lentera Biru"));
    EXPECT_THAT(reports_, ElementsAre("genres.fill", "genres.fill", "genres.fill"));
}

TEST_F(GenreFillerTest, AnArtistThatAlwaysFailsIsPostponed) {
    source_.failure = Error{Errc::upstream_unavailable, "It can't say."};
    for (int round = 1; round <= GenreFiller::most_failures; ++round) {
        EXPECT_EQ(run(filler_.run_once()).trouble, GenreFiller::trouble_look);
    }
    EXPECT_THAT(store_.saved, IsEmpty()) << "nobody said that there are none";
    ASSERT_EQ(store_.postponed.size(), 1U);
    EXPECT_EQ(store_.postponed[0].first, "a1");
    EXPECT_EQ(store_.postponed[0].second + GenreFiller::sought_again_after,
              noon + GenreFiller::postponed_for);
    source_.failure.reset();
    EXPECT_EQ(run(filler_.run_once()).artists, 1);
    EXPECT_EQ(store_.saved[0].first, "a2:tags");
}

TEST_F(GenreFillerTest, StorageInTroubleIsTriedLater) {
    store_.failure = Error{Errc::internal, "broken"};
    EXPECT_EQ(run(filler_.run_once()).trouble, GenreFiller::trouble_look);
    EXPECT_THAT(source_.asked, IsEmpty());
}

} // namespace personalify::app

#include "domain/tops.hpp"

#include <gtest/gtest.h>

namespace personalify {

namespace {

Artist artist(std::string name, std::vector<std::string> genres) {
    Artist made;
    made.name = std::move(name);
    made.genres = std::move(genres);
    return made;
}

} // namespace

TEST(CountGenres, MostFrequentFirstThenByFirstAppearance) {
    const std::vector<Artist> artists{artist("A", {"soul", "pop"}), artist("B", {"indie", "pop"}),
                                      artist("C", {"indie"}), artist("D", {})};
    EXPECT_EQ(count_genres(artists), (std::vector<GenreCount>{{"pop", 2}, {"indie", 2}, {"soul", 1}}));
    EXPECT_EQ(artists_by_genre(artists),
              (GenreArtists{{"pop", {"A", "B"}}, {"indie", {"B", "C"}}, {"soul", {"A"}}}));
}

TEST(CountGenres, AGenreListedTwiceByAnArtistCountsOnce) {
    EXPECT_EQ(count_genres({artist("A", {"soul", "pop", "soul"})}),
              (std::vector<GenreCount>{{"soul", 1}, {"pop", 1}}));
}

TEST(CountGenres, NamesakesCountEach) {
    Artist first = artist("Nirvana", {"grunge"});
    first.id = "us";
    Artist second = artist("Nirvana", {"grunge"});
    second.id = "uk";
    EXPECT_EQ(count_genres({first, second}), (std::vector<GenreCount>{{"grunge", 2}}));
}

TEST(CountGenres, NothingOfNothing) {
    EXPECT_TRUE(count_genres({}).empty());
    EXPECT_TRUE(artists_by_genre({artist("A", {})}).empty());
}

TEST(TimeRangeText, BothWays) {
    for (const TimeRange range : all_time_ranges) {
        EXPECT_EQ(time_range_from(to_string(range)), range);
    }
    EXPECT_EQ(to_string(TimeRange::medium_term), "medium_term");
    EXPECT_EQ(time_range_from("year"), std::nullopt);
    EXPECT_EQ(time_range_from("Short_Term"), std::nullopt);
    EXPECT_EQ(time_range_from(""), std::nullopt);
}

} // namespace personalify

#include "domain/genres.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace personalify {

using testing::ElementsAre;
using testing::IsEmpty;

namespace {

void expect_genres(std::initializer_list<std::pair<const char*, const char*>> tags) {
    for (const auto& [tag, genre] : tags) {
        EXPECT_EQ(genre_of_tag(tag), genre) << tag;
    }
}

} // namespace

TEST(GenreOfTag, CaseBlanksAndMarksDoNotCount) {
    expect_genres({{"hip hop", "hip hop"},
                   {"Hip-Hop", "hip hop"},
                   {"hiphop", "hip hop"},
                   {"HIP_HOP", "hip hop"},
                   {" Indie  Pop ", "indie pop"},
                   {"K-Pop", "k-pop"},
                   {"kpop", "k-pop"},
                   {"Lo-Fi", "lo-fi"},
                   {"Singer/Songwriter", "singer-songwriter"},
                   {"dangdut koplo", "dangdut koplo"},
                   {"Pop Sunda", "pop sunda"},
                   {"R&B", "r&b"},
                   {"r & b", "r&b"},
                   {"Indonesian R&B", "indonesian r&b"}});
}

TEST(GenreOfTag, OtherNamesOfAGenre) {
    expect_genres({{"rnb", "r&b"},
                   {"Rhythm and Blues", "r&b"},
                   {"Rhythm & Blues", "r&b"},
                   {"Contemporary R&B", "r&b"},
                   {"Rock 'n' Roll", "rock and roll"},
                   {"rock & roll", "rock and roll"},
                   {"Drum & Bass", "drum and bass"},
                   {"drum'n'bass", "drum and bass"},
                   {"DnB", "drum and bass"},
                   {"lofi", "lo-fi"},
                   {"Pop Indonesia", "indonesian pop"},
                   {"koplo", "dangdut koplo"},
                   {"Japanese Rock", "j-rock"},
                   {"Hip-Hop/Rap", "hip hop"},
                   {"prog rock", "progressive rock"},
                   {"OST", "soundtrack"},
                   {"vgm", "video game music"}});
}

TEST(GenreOfTag, OtherTagsNameNone) {
    for (const char* tag : {"", " ", "-", "seen live", "female vocalists", "favourites", "Indonesia",
                            "japanese", "80s", "2010s", "under 2000 listeners", "Lentera Biru", "my playlist",
                            "love", "夜", "rock夜", "pop!rock?no", "\xff\xfe"}) {
        EXPECT_EQ(genre_of_tag(tag), "") << tag;
    }
    EXPECT_EQ(genre_of_tag(std::string(1'000'000, 'a')), "");
}

TEST(GenreOfTag, AGenreMeansItself) {
    for (const char* tag :
         {"rnb", "dnb", "chillout", "idol", "game music", "goth", "score", "songwriter", "altrock",
          "alternative & punk", "world music", "malay pop", "pop melayu", "electronic dance music"}) {
        const std::string_view genre = genre_of_tag(tag);
        EXPECT_NE(genre, "") << tag;
        EXPECT_EQ(genre_of_tag(genre), genre) << tag;
    }
}

TEST(GenresOfTags, InOrderEachOnce) {
    EXPECT_THAT(genres_of_tags(
                    {"seen live", "Indie Pop", "indonesian", "indie-pop", "Folk", "INDIE POP", "rnb", "R&B"}),
                ElementsAre("indie pop", "folk", "r&b"));
    EXPECT_THAT(genres_of_tags({}), IsEmpty());
    EXPECT_THAT(genres_of_tags({"seen live", ""}), IsEmpty());
}

TEST(GenresOfTags, AtMostFive) {
    EXPECT_THAT(genres_of_tags({"pop", "rock", "POP", "jazz", "seen live", "folk", "blues", "soul", "funk"}),
                ElementsAre("pop", "rock", "jazz", "folk", "blues"));
    EXPECT_THAT(genres_of_tags({"pop", "rock", "jazz"}, 2), ElementsAre("pop", "rock"));
    EXPECT_THAT(genres_of_tags({"pop"}, 0), IsEmpty());
}

} // namespace personalify

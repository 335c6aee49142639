// Recorded answers of the Web API, from before development mode lost its fields.
#include "upstream/spotify/parse.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace personalify::spotify {
namespace {

class Recorded : public ::testing::Test {
protected:
    void SetUp() override {
        const char* shared = std::getenv("PERSONALIFY_SHARED");
        folder_ = std::filesystem::path{shared != nullptr ? shared : PERSONALIFY_SHARED_DEFAULT} / "data" /
                  "spotify";
        if (std::filesystem::is_directory(folder_)) {
            return;
        }
        const char* strict = std::getenv("PERSONALIFY_NO_SKIP");
        if (strict != nullptr && std::string_view{strict} == "1") {
            FAIL() << "recorded answers not found: set PERSONALIFY_SHARED";
        }
        GTEST_SKIP() << "SKIPPED: recorded answers not found, set PERSONALIFY_SHARED";
    }

    boost::json::value read(const char* name) const {
        std::ifstream in{folder_ / name, std::ios::binary};
        EXPECT_TRUE(in) << name;
        return boost::json::parse(std::string{std::istreambuf_iterator<char>{in}, {}});
    }

private:
    std::filesystem::path folder_;
};

TEST_F(Recorded, TopArtists) {
    const auto value = read("current_users_top_artists.json");
    const auto page = parse_page(value);
    ASSERT_TRUE(page.has_value());
    ASSERT_EQ(page->items->size(), 10U);
    EXPECT_FALSE(page->has_next);
    for (const auto& item : *page->items) {
        const auto artist = parse_artist(item);
        ASSERT_TRUE(artist.has_value());
        EXPECT_EQ(artist->id.size(), 22U);
        EXPECT_FALSE(artist->name.empty());
        EXPECT_TRUE(artist->image.starts_with("https://"));
    }
    const auto first = parse_artist(page->items->at(0));
    EXPECT_EQ(first->name, "insaneintherainmusic");
    EXPECT_EQ(first->genres,
              (std::vector<std::string>{"deep chiptune", "otacore", "scorecore", "video game music"}));
    EXPECT_EQ(first->popularity, 49);
    EXPECT_EQ(first->image, "https://i.scdn.co/image/f9c8d51fbe3643da80ed235861b0477724ab7810");
}

TEST_F(Recorded, TopTracks) {
    const auto value = read("current_users_top_tracks.json");
    const auto page = parse_page(value);
    ASSERT_TRUE(page.has_value());
    ASSERT_EQ(page->items->size(), 20U);
    EXPECT_TRUE(page->has_next);
    for (const auto& item : *page->items) {
        const auto track = parse_track(item);
        ASSERT_TRUE(track.has_value());
        EXPECT_GT(track->duration_ms, 10'000);
        EXPECT_FALSE(track->artists.empty());
    }
    const auto first = parse_track(page->items->at(0));
    EXPECT_EQ(first->name, "Adventure Awaits! (Alola Region Theme)");
    EXPECT_EQ(first->artists, std::vector<std::string>{"insaneintherainmusic"});
    EXPECT_EQ(first->album, (Album{"Alola That Jazz", "album", 0}));
    EXPECT_EQ(first->popularity, 32);
    EXPECT_EQ(first->duration_ms, 358410);
    EXPECT_TRUE(first->preview_url.has_value());
}

TEST_F(Recorded, ArtistAndPlayer) {
    EXPECT_EQ(parse_artist(read("find_artist.json"))->name, "Pitbull");
    EXPECT_TRUE(parse_track(read("player_currently_playing.json").at("item")).has_value());
    const auto queue = read("get_queue.json");
    for (const auto& item : queue.at("queue").as_array()) {
        EXPECT_TRUE(parse_track(item).has_value());
    }
    const auto recent = read("player_recently_played.json");
    for (const auto& item : recent.at("items").as_array()) {
        EXPECT_TRUE(parse_track(item.at("track")).has_value());
    }
}

} // namespace
} // namespace personalify::spotify

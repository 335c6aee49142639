#include "visit.hpp"

#include <boost/json/array.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace personalify::simulator {
namespace {

using testing::StartsWith;

class Songs : public testing::Test {
protected:
    boost::json::object list(const std::string& query) { return json_of(visit.get("/_sim/songs?" + query)); }
    boost::json::object first(const std::string& query) {
        const auto songs = list(query + "&limit=1").at("songs").as_array();
        EXPECT_EQ(songs.size(), 1U) << query;
        return songs.empty() ? boost::json::object{} : songs.at(0).as_object();
    }

    Visit visit;
};

TEST_F(Songs, AreFoundByWhatTheyAre) {
    EXPECT_EQ(first("kind=instrumental").at("kind"), "instrumental");
    EXPECT_EQ(first("kind=unreleased&track=true").at("kind"), "unreleased");
    EXPECT_EQ(first("form=leaked&kind=lyrics").at("form"), "leaked");
    EXPECT_TRUE(first("renamed=true").at("old_path").is_string());
    EXPECT_TRUE(first("translated=true&language=id").at("is_translated").as_bool());
    EXPECT_TRUE(first("kind=none&lrclib=both").at("genius_id").is_null()) << "only on LRCLIB";
    EXPECT_TRUE(first("kind=lyrics&lrclib=none&track=true").at("lrclib_id").is_null()) << "only on Genius";
    EXPECT_TRUE(first("kind=none&lrclib=none").at("track_id").is_string()) << "in neither";
    EXPECT_EQ(first("artist=Lentera%20Biru&title=Pulang%20Larut").at("title"), "Pulang Larut");
    const auto all = list("");
    EXPECT_EQ(all.at("songs").as_array().size(), 50U);
    EXPECT_GT(all.at("total").as_int64(), 2'000);
    EXPECT_EQ(list("artist=nobody").at("total"), 0);
    EXPECT_EQ(visit.get("/_sim/songs?artist=%").status, 400);
}

TEST_F(Songs, OneTellsItsTexts) {
    const auto song = first("kind=lyrics&lrclib=both&track=true");
    const auto by_track = json_of(visit.get("/_sim/songs/" + std::string{song.at("track_id").as_string()}));
    const auto by_number =
        json_of(visit.get("/_sim/songs/" + std::to_string(song.at("genius_id").as_int64())));
    EXPECT_EQ(by_track, by_number);
    EXPECT_THAT(std::string{by_track.at("page_text").as_string()}, StartsWith("["));
    EXPECT_FALSE(by_track.at("plain_lyrics").as_string().empty());
    EXPECT_FALSE(by_track.at("synced_lyrics").as_string().empty());
    const auto nowhere = first("kind=none&lrclib=none");
    const auto detail = json_of(visit.get("/_sim/songs/" + std::string{nowhere.at("track_id").as_string()}));
    EXPECT_EQ(detail.at("page_text"), "");
    EXPECT_EQ(visit.get("/_sim/songs/1").status, 404);
}

} // namespace
} // namespace personalify::simulator

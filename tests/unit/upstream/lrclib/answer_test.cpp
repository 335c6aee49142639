#include "unit/upstream/lrclib/record.hpp"
#include "unit/upstream/scripted.hpp"
#include "upstream/lrclib/answer.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace personalify::lrclib {
namespace {

using namespace upstream::testing;
using app::FoundLyrics;
using app::LyricsState;
using testing::record;

constexpr const char* synced = "[00:12.34] Lampu kota\n[00:17.20] Bus terakhir\n[00:21.10]";

TEST(LrclibRecord, WithWordsAndTimes) {
    EXPECT_EQ(parse_record(record()), (FoundLyrics{.state = LyricsState::found,
                                                   .text = "Lampu kota\nBus terakhir",
                                                   .synced = synced,
                                                   .source = "lrclib",
                                                   .title = "Pulang Larut",
                                                   .artist = "Lentera Biru"}));
}

TEST(LrclibRecord, OnlyPlainWords) {
    for (const boost::json::value& none : {boost::json::value{nullptr}, boost::json::value{""},
                                           boost::json::value{" \r\n"}, boost::json::value{"no stamps"}}) {
        const auto found = parse_record(record({{"syncedLyrics", none}}));
        EXPECT_EQ(found->text, "Lampu kota\nBus terakhir");
        EXPECT_EQ(found->synced, "");
    }
}

TEST(LrclibRecord, OnlyTimedWordsAreMadePlain) {
    for (const boost::json::value& none :
         {boost::json::value{nullptr}, boost::json::value{""}, boost::json::value{" \r\n\u3000"}}) {
        const auto found = parse_record(record({{"plainLyrics", none}}));
        EXPECT_EQ(found->state, LyricsState::found);
        EXPECT_EQ(found->text, "Lampu kota\nBus terakhir");
        EXPECT_EQ(found->synced, synced);
    }
}

TEST(LrclibRecord, LinesEndInLfAndBlanksAtTheEndsGo) {
    EXPECT_EQ(parse_record(record({{"plainLyrics", "\ufeff\r\n satu\r\n\r\ndua \r\n\r\n"}}))->text,
              "satu\n\ndua");
}

TEST(LrclibRecord, AnInstrumental) {
    for (const auto& changes :
         {boost::json::object{{"instrumental", true}, {"plainLyrics", nullptr}, {"syncedLyrics", nullptr}},
          boost::json::object{{"instrumental", true}, {"plainLyrics", ""}, {"syncedLyrics", ""}},
          boost::json::object{{"plainLyrics", nullptr}, {"syncedLyrics", "[au: instrumental]"}},
          boost::json::object{{"plainLyrics", nullptr}, {"syncedLyrics", "[au:instrumental]\n[00:01.00]"}}}) {
        const auto found = parse_record(record(changes));
        ASSERT_TRUE(found);
        EXPECT_EQ(found->state, LyricsState::instrumental);
        EXPECT_EQ(found->text, "");
        EXPECT_EQ(found->synced, "");
    }
    EXPECT_EQ(parse_record(record({{"instrumental", true}}))->state, LyricsState::found) << "it has words";
}

TEST(LrclibRecord, WithoutWordsYetIsNone) {
    for (const auto& changes : {boost::json::object{{"plainLyrics", nullptr}, {"syncedLyrics", nullptr}},
                                boost::json::object{{"plainLyrics", ""}, {"syncedLyrics", ""}},
                                boost::json::object{{"plainLyrics", 7}, {"syncedLyrics", "[00:01.00]"}}}) {
        EXPECT_FALSE(parse_record(record(changes)));
    }
    for (const char* none : {"null", "{}", "[]", "7", R"({"plainLyrics":[]})"}) {
        EXPECT_FALSE(parse_record(boost::json::parse(none))) << none;
    }
}

bool fits(boost::json::object changes,
          app::SongQuery song = {
              .title = "Pulang Larut", .artist = "Lentera Biru", .album = "", .duration = 214'533ms}) {
    return is_record_of(record(std::move(changes)), song);
}

TEST(LrclibRecord, IsOfTheSong) {
    EXPECT_TRUE(fits({}));
    EXPECT_TRUE(fits({{"trackName", "PULANG LARUT (Live)"}, {"artistName", "Lentera Biru, Rani"}}));
    EXPECT_TRUE(fits({{"albumName", "Another"}}));
    EXPECT_FALSE(fits({{"trackName", "Pulang"}}));
    EXPECT_FALSE(fits({{"artistName", "The Paper Tides"}}));
    EXPECT_FALSE(fits({{"trackName", nullptr}}));
    EXPECT_FALSE(fits({{"artistName", nullptr}}));
}

TEST(LrclibRecord, LastsAboutAsLong) {
    for (const double close : {211.6, 214.0, 217.5}) {
        EXPECT_TRUE(fits({{"duration", close}})) << close;
    }
    for (const double far : {1.0, 211.4, 217.6, 3600.0}) {
        EXPECT_FALSE(fits({{"duration", far}})) << far;
    }
    EXPECT_TRUE(fits({{"duration", "214"}}));
    EXPECT_FALSE(fits({{"duration", "300.5"}}));
    for (const boost::json::value& unknown : {boost::json::value{nullptr}, boost::json::value{0},
                                              boost::json::value{"?"}, boost::json::value{-1}}) {
        EXPECT_TRUE(fits({{"duration", unknown}})) << "not known";
    }
    EXPECT_TRUE(fits({{"duration", 30}}, {.title = "Pulang Larut", .artist = "Lentera Biru"}));
}

upstream::Judgement<boost::json::value> judged(int status, std::string body,
                                               std::vector<net::HttpHeader> headers = {}) {
    return judge(reply(status, std::move(body), std::move(headers)), {0, noon}, 0.0);
}

TEST(LrclibAnswer, NothingThere) {
    EXPECT_TRUE(
        judged(404, R"({"message":"Failed to find specified track","name":"TrackNotFound","statusCode":404})")
            .outcome->is_null());
    EXPECT_TRUE(
        judged(400, R"({"message":"m","name":"ValidationError","statusCode":400})").outcome->is_null());
    EXPECT_TRUE(judged(400, "Failed to deserialize query string: missing field").outcome->is_null());
    EXPECT_TRUE(judged(200, "[]").outcome->is_array());
}

TEST(LrclibAnswer, WhatIsNoJsonIsTrouble) {
    for (const char* body : {"", "<html>", "null", "7", "\"text\"", R"({"id":1,"plainLyrics":"Lampu)"}) {
        EXPECT_EQ(judged(200, body).outcome.error().code, Errc::upstream_unavailable) << body;
        EXPECT_TRUE(judged(200, body).is_trouble);
    }
}

TEST(LrclibAnswer, Refusals) {
    EXPECT_EQ(judged(403, "<html>").close_until, noon + 30min);
    EXPECT_EQ(judged(429, "").close_until, noon + 30s);
    EXPECT_EQ(judged(429, "", {{"retry-after", "120"}}).close_until, noon + 2min);
    EXPECT_EQ(judged(429, "").outcome.error().code, Errc::rate_limited);
    for (const int status : {500, 503, 520}) {
        EXPECT_EQ(judged(status, "<html>").retry_after, 100ms);
        EXPECT_TRUE(judged(status, "<html>").is_trouble);
    }
}

} // namespace
} // namespace personalify::lrclib

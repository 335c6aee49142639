#include "unit/upstream/scripted.hpp"
#include "upstream/genres/answer.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace personalify::genres {
namespace {

using namespace upstream::testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* id_1 = "0b1c2d3e-0000-4000-8000-00000000000a";
constexpr const char* id_2 = "0b1c2d3e-0000-4000-8000-00000000000b";

upstream::Judgement<Tags> lastfm(int status, std::string body, std::vector<net::HttpHeader> headers = {},
                                 int number = 0) {
    return judge_lastfm(reply(status, std::move(body), std::move(headers)), {number, noon}, 0.0);
}
Tags tags(std::string list) {
    return lastfm(200, R"({"toptags":{"tag":)" + list + R"(,"@attr":{"artist":"Lentera Biru"}}})")
        .outcome.value();
}

TEST(LastfmTags, MostUsedFirst) {
    EXPECT_THAT(tags(R"([{"name":"pop","count":40,"url":"x"},{"name":"indie pop","count":100},
                         {"name":"folk","count":"40"}])"),
                ElementsAre("indie pop", "pop", "folk"));
}

TEST(LastfmTags, ThoseOfFewAreDropped) {
    EXPECT_THAT(tags(R"([{"name":"pop","count":100},{"name":"a","count":10},{"name":"b","count":9},
                         {"name":"c","count":0},{"name":"d"},{"name":"e","count":null},{"name":"f","count":"9"}])"),
                ElementsAre("pop", "a"));
}

TEST(LastfmTags, OneAloneIsNoList) {
    EXPECT_THAT(tags(R"({"name":"pop","count":"100"})"), ElementsAre("pop"));
}

TEST(LastfmTags, MayBeNone) {
    EXPECT_THAT(tags("[]"), IsEmpty());
    EXPECT_THAT(tags("null"), IsEmpty());
    EXPECT_THAT(tags(R"([{"count":100},{"name":"","count":100},{"name":7,"count":100},null,"pop"])"),
                IsEmpty());
    EXPECT_THAT(lastfm(200, R"({"toptags":{"@attr":{"artist":"x"}}})").outcome.value(), IsEmpty());
}

TEST(LastfmTags, NoMoreThanAreWorthReading) {
    std::string list = "[";
    for (int i = 0; i < 1000; ++i) {
        list += std::string{i == 0 ? "" : ","} + R"({"name":"t)" + std::to_string(i) + R"(","count":50})";
    }
    EXPECT_THAT(tags(list + "]"), SizeIs(20));
}

std::string error_of(int code) {
    return R"({"error":)" + std::to_string(code) + R"(,"message":"m","links":[]})";
}

TEST(LastfmErrors, AnUnknownArtistHasNoTags) {
    for (const int status : {200, 400, 404}) {
        for (const int code : {6, 7}) {
            const auto judgement = lastfm(status, error_of(code));
            ASSERT_TRUE(judgement.outcome);
            EXPECT_THAT(*judgement.outcome, IsEmpty());
            EXPECT_FALSE(judgement.is_trouble);
        }
    }
    EXPECT_TRUE(lastfm(200, R"({"error":"6","message":"m"})").outcome) << "a number as text";
}

TEST(LastfmErrors, ALimitLastsAMinuteOrAsLongAsIsAsked) {
    for (const int status : {200, 400, 429}) {
        const auto judgement = lastfm(status, error_of(29));
        EXPECT_EQ(judgement.outcome.error().code, Errc::rate_limited);
        EXPECT_EQ(judgement.outcome.error().retry_after, 60s);
        EXPECT_EQ(judgement.close_until, noon + 60s);
        EXPECT_FALSE(judgement.retry_after);
        EXPECT_EQ(lastfm(status, error_of(29), {{"retry-after", "300"}}).close_until, noon + 300s);
        EXPECT_EQ(lastfm(status, error_of(29), {{"retry-after", "soon"}}).close_until, noon + 60s);
    }
    EXPECT_EQ(lastfm(429, "").close_until, noon + 60s);
    EXPECT_EQ(lastfm(429, "", {{"retry-after", "7"}}).close_until, noon + 7s);
}

TEST(LastfmErrors, ARefusedKeyClosesItForAnHour) {
    for (const int status : {200, 403}) {
        for (const int code : {4, 10, 26}) {
            const auto judgement = lastfm(status, error_of(code));
            EXPECT_EQ(judgement.outcome.error().code, Errc::upstream_unavailable);
            EXPECT_EQ(judgement.outcome.error().retry_after, 3600s);
            EXPECT_EQ(judgement.close_until, noon + 1h);
        }
    }
}

TEST(LastfmErrors, ItsOwnFailuresAreTriedOnceMore) {
    for (const int code : {8, 11, 16}) {
        for (const int status : {200, 500, 503}) {
            EXPECT_EQ(lastfm(status, error_of(code)).outcome.error().code, Errc::upstream_unavailable);
            EXPECT_TRUE(lastfm(status, error_of(code)).is_trouble);
            EXPECT_EQ(lastfm(status, error_of(code)).retry_after, 100ms);
            EXPECT_FALSE(lastfm(status, error_of(code), {}, 1).retry_after);
        }
    }
    EXPECT_EQ(lastfm(502, "<html>").retry_after, 100ms);
}

TEST(LastfmErrors, OursAreNotRepeated) {
    for (const int code : {2, 3, 5, 13, 0, -1, 99999}) {
        EXPECT_EQ(lastfm(200, error_of(code)).outcome.error().code, Errc::upstream_unavailable) << code;
        EXPECT_FALSE(lastfm(200, error_of(code)).retry_after);
    }
    EXPECT_FALSE(lastfm(200, R"({"error":1e300})").outcome);
}

TEST(LastfmErrors, AnythingElseIsTrouble) {
    for (const char* body : {"", "<html>", R"(<?xml version="1.0"?><lfm status="ok"/>)", "[]", "null", "{}",
                             R"({"toptags":{"tag":[)"}) {
        EXPECT_EQ(lastfm(200, body).outcome.error().code, Errc::upstream_unavailable) << body;
        EXPECT_TRUE(lastfm(200, body).is_trouble);
    }
    EXPECT_EQ(lastfm(403, "<html>").close_until, noon + 30min);
}

upstream::Judgement<boost::json::value> musicbrainz(int status, std::string body,
                                                    std::vector<net::HttpHeader> headers = {}) {
    return judge_musicbrainz(reply(status, std::move(body), std::move(headers)), {0, noon}, 0.0);
}

TEST(MusicbrainzAnswer, IsAnObjectOrNothing) {
    EXPECT_TRUE(musicbrainz(200, R"({"artists":[]})").outcome->is_object());
    EXPECT_TRUE(musicbrainz(404, R"({"error":"Not Found"})").outcome->is_null());
    for (const char* body : {"", "<html>", "[]", "null", R"({"artists":[)"}) {
        EXPECT_EQ(musicbrainz(200, body).outcome.error().code, Errc::upstream_unavailable) << body;
        EXPECT_TRUE(musicbrainz(200, body).is_trouble);
    }
}

TEST(MusicbrainzAnswer, TooFast) {
    const auto judgement =
        musicbrainz(503, R"({"error":"Your requests are exceeding the allowable rate limit."})");
    EXPECT_EQ(judgement.outcome.error().code, Errc::rate_limited);
    EXPECT_EQ(judgement.outcome.error().retry_after, 10s);
    EXPECT_EQ(judgement.close_until, noon + 10s);
    EXPECT_FALSE(judgement.retry_after) << "asking again at once is what it complains of";
    EXPECT_EQ(musicbrainz(503, "", {{"retry-after", "3"}}).close_until, noon + 3s);
    EXPECT_EQ(musicbrainz(429, "").close_until, noon + 10s);
    EXPECT_EQ(musicbrainz(429, "", {{"retry-after", "60"}}).close_until, noon + 60s);
}

TEST(MusicbrainzAnswer, Refusals) {
    EXPECT_EQ(musicbrainz(403, "").close_until, noon + 30min);
    EXPECT_EQ(musicbrainz(504, "").retry_after, 100ms);
    EXPECT_TRUE(musicbrainz(504, "").is_trouble);
}

std::optional<std::string> found(std::string artists, std::string_view name) {
    return artist_in(boost::json::parse(R"({"artists":)" + artists + "}"), name);
}
std::string artist(std::string_view id, std::string_view name) {
    return R"({"id":")" + std::string{id} + R"(","score":100,"name":")" + std::string{name} + "\"}";
}

TEST(MusicbrainzArtist, TheFirstOfThatName) {
    EXPECT_EQ(found("[" + artist(id_1, "Lentera") + "," + artist(id_2, "LENTERA BIRU") + "]", "Lentera Biru"),
              id_2)
        << "a score is no proof";
    EXPECT_EQ(found("[" + artist(id_1, "Kaë") + "," + artist(id_2, "Kae") + "]", "Kae"), id_1) << "namesakes";
    EXPECT_EQ(found("[" + artist(id_1, "!!!") + "]", "!!!"), id_1);
    EXPECT_EQ(found("[" + artist(id_1, "Lentera Biru Band") + "]", "Lentera Biru"), std::nullopt);
    EXPECT_EQ(found("[]", "Lentera Biru"), std::nullopt);
    EXPECT_EQ(found("[" + artist(id_1, "") + "]", ""), std::nullopt);
    EXPECT_EQ(found("[" + artist(id_1, " ") + "]", " "), std::nullopt);
}

TEST(MusicbrainzArtist, AnIdIsPutIntoAnAddress) {
    for (const char* id : {"", "../../admin", "a?b=c", "x", "0b1c2d3e-0000-4000-8000-00000000000a0", "a b"}) {
        EXPECT_EQ(found("[" + artist(id, "Rani") + "]", "Rani"), std::nullopt) << id;
    }
    EXPECT_EQ(found("[null,7,{},{\"id\":5,\"name\":\"Rani\"}," + artist(id_1, "Rani") + "]", "Rani"), id_1);
}

TEST(MusicbrainzTags, GenresBeforeOtherTagsEachOnce) {
    const auto body = boost::json::parse(
        R"({"genres":[{"name":"pop","count":1},{"name":"indie pop","count":5,"disambiguation":""}],
            "tags":[{"name":"indonesian","count":2},{"name":"indie pop","count":5},{"name":"jakarta","count":9}]})");
    EXPECT_THAT(tags_in(body), ElementsAre("indie pop", "pop", "jakarta", "indonesian"));
    for (const char* none :
         {"{}", "null", "[]", R"({"genres":null,"tags":[]})", R"({"tags":[null,{"count":1}]})"}) {
        EXPECT_THAT(tags_in(boost::json::parse(none)), IsEmpty()) << none;
    }
}

TEST(MusicbrainzQuery, IsAPhrase) {
    EXPECT_EQ(quoted("Lentera Biru"), R"("Lentera Biru")");
    EXPECT_EQ(quoted(R"(The "Paper" Tides)"), R"("The \"Paper\" Tides")");
    EXPECT_EQ(quoted(R"(a\" OR b)"), R"("a\\\" OR b")");
    EXPECT_EQ(quoted("AC/DC + (x) ~ *?:!"), R"("AC/DC + (x) ~ *?:!")");
    EXPECT_EQ(quoted(""), R"("")");
}

} // namespace
} // namespace personalify::genres

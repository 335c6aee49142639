#include "unit/upstream/lrclib/record.hpp"
#include "unit/upstream/watched.hpp"
#include "upstream/lrclib/source.hpp"

#include <gmock/gmock.h>

namespace personalify::lrclib {
namespace {

using namespace upstream::testing;
using app::FoundLyrics;
using app::LyricsState;
using net::HttpProgress;
using personalify::test::run;
using personalify::test::run_all;
using ::testing::AnyOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;
using testing::record;

const app::SongQuery a_song{.title = "Pulang Larut - Remastered 2009",
                            .artist = "Lentera Biru",
                            .album = "Kota Kertas",
                            .duration = 214'533ms};
constexpr const char* exact =
    "https://lrclib.example/api/get?artist_name=Lentera+Biru&track_name=Pulang+Larut"
    "&album_name=Kota+Kertas&duration=215";
constexpr const char* without_album =
    "https://lrclib.example/api/get?artist_name=Lentera+Biru&track_name=Pulang+Larut&duration=215";
constexpr const char* by_names =
    "https://lrclib.example/api/get?artist_name=Lentera+Biru&track_name=Pulang+Larut";
constexpr const char* search =
    "https://lrclib.example/api/search?track_name=Pulang+Larut&artist_name=Lentera+Biru";

net::HttpReply answer(const boost::json::value& body) {
    return reply(200, boost::json::serialize(body), {{"content-type", "application/json"}});
}
const net::HttpReply not_there =
    reply(404, R"({"message":"Failed to find specified track","name":"TrackNotFound","statusCode":404})");

struct World : Watched {
    LrclibOptions options{.url = "https://lrclib.example/", .report = report};
    Source source{options, watched, states, timing};

    Result<FoundLyrics> find(app::SongQuery song = a_song) { return run(source.find(std::move(song))); }
};

TEST(Lrclib, TheExactRecordIsOneRequest) {
    World world;
    world.answers = {answer(record())};
    const auto found = world.find();
    EXPECT_EQ(found->state, LyricsState::found);
    EXPECT_EQ(found->text, "Lampu kota\nBus terakhir");
    EXPECT_THAT(world.asked(), ElementsAre(exact));
    EXPECT_EQ(world.source.name(), "lrclib");
}

TEST(Lrclib, LessExactLooksFollowInOrder) {
    World world;
    world.answers = {not_there, not_there, not_there, answer(boost::json::array{record()})};
    EXPECT_EQ(world.find()->state, LyricsState::found);
    EXPECT_THAT(world.asked(), ElementsAre(exact, without_album, by_names, search));
}

TEST(Lrclib, FoundOnTheWay) {
    for (const std::size_t misses : {1U, 2U}) {
        World world;
        world.answers.assign(misses, not_there);
        world.answers.emplace_back(answer(record()));
        EXPECT_EQ(world.find()->state, LyricsState::found);
        EXPECT_EQ(world.sent.size(), misses + 1);
    }
}

TEST(Lrclib, NobodyKnowsIt) {
    World world;
    world.answers = {not_there, not_there, not_there, answer(boost::json::array{})};
    EXPECT_EQ(world.find().value(), FoundLyrics{.source = "lrclib"});
    EXPECT_EQ(world.sent.size(), 4U);
}

TEST(Lrclib, WhatIsNotKnownIsNotAskedWith) {
    World world;
    world.answers = {not_there};
    for (const auto duration : {0ms, 999ms, 3'600'001ms}) {
        world.sent.clear();
        EXPECT_EQ(
            world
                .find({.title = "Pulang Larut", .artist = "Lentera Biru", .album = "x", .duration = duration})
                ->state,
            LyricsState::missing);
        EXPECT_THAT(world.asked(), ElementsAre(by_names, search));
    }
    world.sent.clear();
    EXPECT_TRUE(world.find({.title = "Pulang Larut", .artist = "Lentera Biru", .duration = 214'533ms}));
    EXPECT_THAT(world.asked(), ElementsAre(without_album, by_names, search));
}

TEST(Lrclib, NamesOfAnyKind) {
    World world;
    world.answers = {not_there};
    EXPECT_TRUE(world.find({.title = "R&B #1 + \"夜\"", .artist = "حبيبي/?="}));
    EXPECT_EQ(world.asked().at(0),
              "https://lrclib.example/api/get?artist_name=%D8%AD%D8%A8%D9%8A%D8%A8%D9%8A%2F%3F%3D"
              "&track_name=R%26B+%231+%2B+%22%E5%A4%9C%22");
}

TEST(Lrclib, AWrongRecordIsPassedOver) {
    World world;
    world.answers = {
        not_there, not_there, answer(record({{"duration", 30.0}})),
        answer(boost::json::array{record({{"trackName", "Pulang"}}), record({{"artistName", "Rani"}}),
                                  record({{"duration", 300.0}}), nullptr, 7,
                                  record({{"plainLyrics", "the right one"}})})};
    EXPECT_EQ(world.find()->text, "the right one");
}

TEST(Lrclib, AWrongRecordAloneIsMissing) {
    World world;
    world.answers = {not_there, not_there, answer(record({{"artistName", "Rani"}})),
                     answer(boost::json::array{record({{"duration", 300.0}})})};
    EXPECT_EQ(world.find()->state, LyricsState::missing);
}

TEST(Lrclib, ARecordWithoutWordsYetIsPassedOver) {
    World world;
    const auto blank = record({{"plainLyrics", nullptr}, {"syncedLyrics", nullptr}});
    world.answers = {answer(blank), answer(blank), answer(blank),
                     answer(boost::json::array{blank, record()})};
    EXPECT_EQ(world.find()->state, LyricsState::found);
    EXPECT_EQ(world.sent.size(), 4U);
}

TEST(Lrclib, AnInstrumental) {
    World world;
    world.answers = {
        answer(record({{"instrumental", true}, {"plainLyrics", nullptr}, {"syncedLyrics", nullptr}}))};
    EXPECT_EQ(world.find()->state, LyricsState::instrumental);
}

TEST(Lrclib, TheInstrumentalVersionIsNotTheSong) {
    World world;
    world.answers = {not_there, not_there, not_there,
                     answer(boost::json::array{record({{"trackName", "Pulang Larut (Instrumental)"},
                                                       {"instrumental", true},
                                                       {"plainLyrics", nullptr},
                                                       {"syncedLyrics", nullptr}}),
                                               record()})};
    EXPECT_EQ(world.find()->state, LyricsState::found);
}

TEST(Lrclib, ARequestThatItCanNotAnswerIsAMiss) {
    World world;
    world.answers = {reply(400, R"({"message":"m","name":"ValidationError","statusCode":400})"),
                     reply(400, "Failed to deserialize query string"), answer(record())};
    EXPECT_EQ(world.find()->state, LyricsState::found);
    EXPECT_EQ(world.source.closed_for(), std::nullopt);
}

TEST(Lrclib, AnAnswerOfAnotherShapeIsNotMissing) {
    World world;
    world.answers = {not_there, not_there, not_there, reply(200, R"({"message":"sorry"})")};
    EXPECT_EQ(world.find().error().code, Errc::upstream_unavailable);
    world.answers = {reply(200, "[]")};
    EXPECT_EQ(world.find().error().code, Errc::upstream_unavailable);
}

TEST(Lrclib, HugeLyrics) {
    World world;
    const std::string huge(1'000'000, 'a');
    world.answers = {answer(record({{"plainLyrics", huge}}))};
    EXPECT_EQ(world.find()->text.size(), huge.size());
    EXPECT_GE(world.sent.at(0).max_body_bytes, 2'000'000U);
    EXPECT_LE(world.sent.at(0).max_body_bytes, 8'000'000U);
}

struct Block {
    const char* name;
    net::HttpReply answer;
    std::chrono::seconds lasts;
};
class LrclibBlocks : public ::testing::TestWithParam<Block> {};

TEST_P(LrclibBlocks, CloseItForAsLongAsIsKnown) {
    World world;
    world.answers = {not_there, GetParam().answer};
    const auto found = world.find();
    ASSERT_FALSE(found) << "what could not be looked is not missing";
    EXPECT_EQ(found.error().retry_after, GetParam().lasts);
    EXPECT_EQ(world.sent.size(), 2U);
    EXPECT_EQ(world.source.closed_for(), GetParam().lasts);
    EXPECT_EQ(world.find().error().retry_after, GetParam().lasts);
    EXPECT_EQ(world.sent.size(), 2U);
    if (GetParam().lasts > 1min) {
        World later;
        later.states.closed = world.states.closed;
        run(later.source.restore());
        EXPECT_FALSE(later.find());
        EXPECT_TRUE(later.sent.empty()) << "over a restart";
    }
    world.clock.advance(GetParam().lasts);
    world.answers = {answer(record())};
    EXPECT_TRUE(world.find());
}
INSTANTIATE_TEST_SUITE_P(
    Every, LrclibBlocks,
    ::testing::Values(Block{"Limited", reply(429, ""), 30s},
                      Block{"LimitedForAsLong", reply(429, "", {{"retry-after", "90"}}), 90s},
                      Block{"Refused", reply(403, "<html>Cloudflare</html>"), 1800s},
                      Block{"Challenged", reply(503, "", {{"cf-mitigated", "challenge"}}), 1800s},
                      Block{"DownForAsLong", reply(503, "", {{"retry-after", "120"}}), 120s},
                      Block{"Unexpected", reply(401, ""), 600s}),
    [](const auto& info) { return info.param.name; });

struct Fault {
    const char* name;
    net::HttpResult answer;
    std::size_t tries;
};
class LrclibFaults : public ::testing::TestWithParam<Fault> {};

TEST_P(LrclibFaults, AreErrorsWithinTheDeadlineAndNeverMissing) {
    World world;
    world.answers = {GetParam().answer};
    const auto found = world.find();
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, Errc::upstream_unavailable);
    EXPECT_EQ(world.sent.size(), GetParam().tries);
    EXPECT_LE(world.clock.now() - noon, 6s);
    EXPECT_THAT(world.pauses(), Each(Ge(300ms))) << "also before a second try";
}
INSTANTIATE_TEST_SUITE_P(
    Every, LrclibFaults,
    ::testing::Values(Fault{"Failed", reply(500, R"({"name":"UnknownError","statusCode":500})"), 2},
                      Fault{"Down", reply(503, ""), 2}, Fault{"Banned", reply(520, "<html>520</html>"), 2},
                      Fault{"Moved", reply(301, "", {{"location", "https://evil.example"}}), 1},
                      Fault{"Page", reply(200, "<html>"), 1}, Fault{"Empty", reply(200, ""), 1},
                      Fault{"CutOff", reply(200, R"({"id":1,"plainLyrics":"Lampu)"), 1},
                      Fault{"Slow", broken(HttpProgress::sent, true), 1},
                      Fault{"Reset", broken(HttpProgress::sent), 2},
                      Fault{"Truncated", broken(HttpProgress::answered), 1}),
    [](const auto& info) { return info.param.name; });

TEST(Lrclib, RequestsKeepTheirDistance) {
    World world;
    world.answers = {not_there};
    EXPECT_TRUE(world.find());
    EXPECT_TRUE(world.find());
    EXPECT_EQ(world.begun.size(), 8U);
    EXPECT_THAT(world.pauses(), Each(Ge(300ms)));
}

TEST(Lrclib, OneRequestAtATimeAlsoAfterASlowOne) {
    World world;
    world.turns = 20;
    world.answers = {answer(record())};
    std::vector<Task<Result<FoundLyrics>>> finds;
    for (int i = 0; i < 6; ++i) {
        finds.push_back(world.source.find(a_song));
    }
    for (const auto& found : run_all(std::move(finds))) {
        EXPECT_TRUE(found);
    }
    EXPECT_EQ(world.begun.size(), 6U);
    EXPECT_EQ(world.most_in_flight, 1);
    EXPECT_THAT(world.pauses(), Each(Ge(300ms))) << "those who waited for it do not come at once";
}

TEST(Lrclib, NobodyWaitsForATurnBeyondTheDeadline) {
    World world;
    world.options.between = 10s;
    Source source{world.options, world.watched, world.states, world.timing};
    world.answers = {answer(record())};
    EXPECT_TRUE(run(source.find(a_song)));
    EXPECT_EQ(run(source.find(a_song)).error().code, Errc::overloaded);
    EXPECT_EQ(world.sent.size(), 1U);
    EXPECT_TRUE(world.sleeps.empty());
}

TEST(Lrclib, AllRequestsTogetherKeepTheDeadline) {
    World world;
    world.each_takes = 2500ms;
    world.answers = {not_there};
    const auto found = world.find();
    ASSERT_FALSE(found);
    EXPECT_EQ(world.sent.size(), 3U);
    EXPECT_EQ(world.sent.at(0).deadline, 3s);
    EXPECT_EQ(world.sent.at(2).deadline, 1s);
}

TEST(Lrclib, TroubleInARowGivesItARest) {
    World world;
    world.answers = {broken(HttpProgress::sent, true)};
    for (int i = 0; i < 5; ++i) {
        EXPECT_FALSE(world.find());
    }
    EXPECT_EQ(world.sent.size(), 3U);
    EXPECT_THAT(world.find().error().retry_after, AnyOf(59s, 60s));
}

TEST(Lrclib, AddressesAreCheckedAtOnce) {
    World world;
    for (const char* url : {"", "lrclib.net", "http://lrclib.net"}) {
        world.options.url = url;
        EXPECT_THROW(Source(world.options, world.send, world.states, world.timing), std::invalid_argument)
            << url;
    }
}

} // namespace
} // namespace personalify::lrclib

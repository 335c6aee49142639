#include "unit/upstream/watched.hpp"
#include "upstream/genres/sources.hpp"

#include <gmock/gmock.h>

namespace personalify::genres {
namespace {

using namespace upstream::testing;
using net::HttpProgress;
using personalify::test::run;
using personalify::test::run_all;
using ::testing::AnyOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* pop = R"({"toptags":{"tag":[{"name":"pop","count":100}]}})";
constexpr const char* search_hit =
    R"({"artists":[{"id":"0b1c2d3e-0000-4000-8000-00000000000b","score":100,"name":"Lentera"},
                   {"id":"0b1c2d3e-0000-4000-8000-00000000000a","score":90,"name":"Lentera Biru"}]})";
constexpr const char* details =
    R"({"genres":[{"name":"pop","count":1}],"tags":[{"name":"jakarta","count":3}]})";

struct LastfmWorld : Watched {
    TagOptions options{.url = "https://lastfm.example/", .api_key = "secret-key", .report = report};
    Lastfm source{options, watched, states, timing};
};
struct MusicbrainzWorld : Watched {
    TagOptions options{.url = "https://musicbrainz.example", .report = report};
    Musicbrainz source{options, watched, states, timing};

    /// The search, and then the artist.
    MusicbrainzWorld() {
        answer_to = [](const net::HttpCall& call) {
            return reply(200, call.url.contains("?query=") ? search_hit : details);
        };
    }
};

TEST(Lastfm, IsAskedOnceAnArtist) {
    LastfmWorld world;
    world.answers = {reply(200, pop)};
    EXPECT_THAT(run(world.source.tags_of("Rani & Bayu + 夜")).value(), ElementsAre("pop"));
    EXPECT_THAT(
        world.asked(),
        ElementsAre("https://lastfm.example/2.0/?method=artist.gettoptags&artist=Rani+%26+Bayu+%2B+%E5%A4%9C"
                    "&autocorrect=1&api_key=secret-key&format=json"));
    EXPECT_EQ(world.source.name(), "lastfm");
}

TEST(Lastfm, ARefusedKeyIsRememberedOverARestart) {
    LastfmWorld world;
    world.answers = {reply(200, R"({"error":10,"message":"Invalid API key secret-key"})")};
    const auto tags = run(world.source.tags_of("Rani"));
    EXPECT_EQ(tags.error().retry_after, 3600s);
    EXPECT_THAT(tags.error().cause + tags.error().detail, Not(HasSubstr("secret-key")));
    EXPECT_EQ(run(world.source.tags_of("Rani")).error().code, Errc::upstream_unavailable);
    EXPECT_EQ(world.sent.size(), 1U);
    ASSERT_EQ(world.states.closed.size(), 1U);
    EXPECT_EQ(world.states.closed.begin()->second, noon + 1h);
    LastfmWorld later;
    later.states.closed = world.states.closed;
    run(later.source.restore());
    EXPECT_EQ(run(later.source.tags_of("Rani")).error().retry_after, 3600s);
    EXPECT_TRUE(later.sent.empty());
}

TEST(Musicbrainz, ASearchAndTheRightArtist) {
    MusicbrainzWorld world;
    EXPECT_THAT(run(world.source.tags_of("Lentera Biru")).value(), ElementsAre("pop", "jakarta"));
    EXPECT_THAT(
        world.asked(),
        ElementsAre(
            "https://musicbrainz.example/ws/2/artist?query=artist%3A%22Lentera+Biru%22&fmt=json&limit=5",
            "https://musicbrainz.example/ws/2/artist/0b1c2d3e-0000-4000-8000-00000000000a"
            "?inc=genres+tags&fmt=json"));
    EXPECT_EQ(world.source.name(), "musicbrainz");
}

TEST(Musicbrainz, NobodyOfThatNameHasNoTags) {
    MusicbrainzWorld world;
    EXPECT_THAT(run(world.source.tags_of("Rani \"&\" Bayu")).value(), IsEmpty());
    EXPECT_THAT(world.asked().at(0), HasSubstr("query=artist%3A%22Rani+%5C%22%26%5C%22+Bayu%22&"));
    EXPECT_EQ(world.sent.size(), 1U);
}

TEST(Musicbrainz, AnArtistThatIsGoneHasNoTags) {
    MusicbrainzWorld world;
    world.answer_to = nullptr;
    world.answers = {reply(200, search_hit), reply(404, R"({"error":"Not Found"})")};
    EXPECT_THAT(run(world.source.tags_of("Lentera Biru")).value(), IsEmpty());
}

TEST(Musicbrainz, ASearchWithoutAListIsAFailure) {
    for (const auto& answer : {reply(200, "{}"), reply(200, R"({"error":"busy"})"), reply(404, "")}) {
        MusicbrainzWorld world;
        world.answer_to = nullptr;
        world.answers = {answer};
        EXPECT_EQ(run(world.source.tags_of("Lentera Biru")).error().code, Errc::upstream_unavailable);
    }
}

TEST(Musicbrainz, AtMostOneRequestASecondOverAllCalls) {
    MusicbrainzWorld world;
    world.turns = 20;
    std::vector<Task<Result<Tags>>> artists;
    for (int i = 0; i < 5; ++i) {
        artists.push_back(world.source.tags_of("Lentera Biru"));
    }
    for (const auto& tags : run_all(std::move(artists))) {
        EXPECT_TRUE(tags);
    }
    EXPECT_EQ(world.begun.size(), 10U);
    EXPECT_EQ(world.most_in_flight, 1);
    EXPECT_THAT(world.pauses(), Each(Ge(1000ms)));
}

TEST(Musicbrainz, ASecondTryWaitsItsTurn) {
    MusicbrainzWorld world;
    world.answer_to = nullptr;
    world.answers = {broken(HttpProgress::sent), reply(200, search_hit), reply(504, ""), reply(200, details)};
    EXPECT_TRUE(run(world.source.tags_of("Lentera Biru")));
    EXPECT_EQ(world.begun.size(), 4U);
    EXPECT_THAT(world.pauses(), Each(Ge(1000ms)));
}

TEST(Musicbrainz, TooFastGivesItARest) {
    MusicbrainzWorld world;
    world.answer_to = nullptr;
    world.answers = {reply(200, search_hit), reply(503, R"({"error":"exceeding the rate limit"})")};
    const auto tags = run(world.source.tags_of("Lentera Biru"));
    EXPECT_EQ(tags.error().code, Errc::rate_limited);
    EXPECT_EQ(tags.error().retry_after, 10s);
    EXPECT_EQ(world.source.closed_for(), 10s);
    EXPECT_FALSE(run(world.source.tags_of("Lentera Biru")));
    EXPECT_EQ(world.sent.size(), 2U);
    world.clock.advance(10s);
    world.answers = {reply(200, search_hit), reply(200, details)};
    EXPECT_TRUE(run(world.source.tags_of("Lentera Biru")));
}

TEST(Musicbrainz, NobodyWaitsForATurnBeyondTheDeadline) {
    MusicbrainzWorld world;
    world.options.between = 40s;
    Musicbrainz source{world.options, world.watched, world.states, world.timing};
    EXPECT_EQ(run(source.tags_of("Lentera Biru")).error().code, Errc::overloaded) << "for its second request";
    EXPECT_EQ(world.sent.size(), 1U);
    EXPECT_TRUE(world.sleeps.empty());
}

struct Fault {
    const char* name;
    net::HttpResult answer;
    std::size_t tries;
};
class TagFaults : public ::testing::TestWithParam<Fault> {};

TEST_P(TagFaults, AreErrorsWithinTheDeadlineAndHoldNoSecrets) {
    LastfmWorld lastfm;
    MusicbrainzWorld musicbrainz;
    musicbrainz.answer_to = nullptr;
    lastfm.answers = musicbrainz.answers = {GetParam().answer};
    const auto check = [](const Result<Tags>& tags, const Watched& world) {
        ASSERT_FALSE(tags) << "could not be looked: not an artist without tags";
        EXPECT_THAT(tags.error().code, AnyOf(Errc::upstream_unavailable, Errc::rate_limited));
        EXPECT_THAT(tags.error().cause + tags.error().detail, Not(HasSubstr("secret-key")));
        EXPECT_EQ(world.sent.size(), GetParam().tries);
        EXPECT_LE(world.clock.now() - noon, 30s);
        EXPECT_THAT(world.pauses(), Each(Ge(1000ms)));
    };
    check(run(lastfm.source.tags_of("Rani")), lastfm);
    check(run(musicbrainz.source.tags_of("Rani")), musicbrainz);
}
INSTANTIATE_TEST_SUITE_P(
    Every, TagFaults,
    ::testing::Values(Fault{"Refused", reply(403, "<html>"), 1}, Fault{"NoKey", reply(401, ""), 1},
                      Fault{"Limited", reply(429, ""), 1}, Fault{"Failed", reply(500, ""), 2},
                      Fault{"Gateway", reply(502, "x"), 2},
                      Fault{"DownForAsLong", reply(503, "", {{"retry-after", "9"}}), 1},
                      Fault{"Moved", reply(302, "", {{"location", "https://evil.example"}}), 1},
                      Fault{"Page", reply(200, "<html>"), 1},
                      Fault{"CutOff", reply(200, R"({"toptags":{"tag":[)"), 1},
                      Fault{"Slow", broken(HttpProgress::sent, true), 1},
                      Fault{"Reset", broken(HttpProgress::sent), 2},
                      Fault{"Truncated", broken(HttpProgress::answered), 1}),
    [](const auto& info) { return info.param.name; });

TEST(TagSources, AddressesAreCheckedAtOnce) {
    LastfmWorld world;
    world.options.url = "http://ws.audioscrobbler.com";
    EXPECT_THROW(Lastfm(world.options, world.send, world.states, world.timing), std::invalid_argument);
    EXPECT_THROW(Musicbrainz(world.options, world.send, world.states, world.timing), std::invalid_argument);
}

} // namespace
} // namespace personalify::genres

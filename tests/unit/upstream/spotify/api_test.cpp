#include "unit/upstream/spotify/world.hpp"

#include <gmock/gmock.h>

namespace personalify::spotify {
namespace {

using namespace testing;
using app::Urgency;
using net::HttpProgress;
using ::testing::HasSubstr;

constexpr auto user = Urgency::user_request;

std::string artist(const std::string& id) {
    return R"({"id":")" + id + R"(","name":"N )" + id + R"("})";
}
net::HttpReply page(const std::vector<std::string>& items, const std::string& next = "") {
    std::string body = R"({"items":[)";
    for (const std::string& item : items) {
        body += (&item == items.data() ? "" : ",") + item;
    }
    body += R"(],"next":)" + (next.empty() ? "null" : '"' + next + '"') + "}";
    return reply(200, body, {{"content-type", "application/json; charset=utf-8"}});
}
std::vector<std::string> ids(const Result<std::vector<Artist>>& artists) {
    std::vector<std::string> found;
    for (const Artist& each : artists.value()) {
        found.push_back(each.id);
    }
    return found;
}
Result<std::vector<Artist>> artists(World& world, int limit = 20) {
    return run(world.api.top_artists("token", TimeRange::short_term, limit, user));
}
Result<std::vector<Track>> tracks(World& world) {
    return run(world.api.top_tracks("token", TimeRange::short_term, 20, user));
}
constexpr const char* local_file = R"({"id":null,"is_local":true,"name":"demo.mp3"})";
Result<SpotifyProfile> me(World& world, Urgency urgency = user) {
    return run(world.api.me("token", urgency));
}

TEST(Api, AsksWithTheToken) {
    World world;
    world.answers = {reply(200, R"({"id":"rani"})")};
    EXPECT_EQ(me(world)->id.str(), "rani");
    const net::HttpCall& call = world.sent.at(0);
    EXPECT_EQ(call.method, "GET");
    EXPECT_EQ(call.url, "https://api.example/sub/v1/me");
    EXPECT_EQ(call.headers.at(1).value, "Bearer token");
}

TEST(Api, FollowsPagesToTheEnd) {
    World world;
    world.answers = {page({artist("a"), artist("b")}, "https://api.example/x"),
                     page({artist("c"), artist("d")}, "y"), page({artist("e")})};
    EXPECT_EQ(ids(artists(world)), (std::vector<std::string>{"a", "b", "c", "d", "e"}));
    ASSERT_EQ(world.sent.size(), 3U);
    EXPECT_EQ(world.sent[0].url,
              "https://api.example/sub/v1/me/top/artists?time_range=short_term&limit=20&offset=0");
    EXPECT_EQ(world.sent[2].url,
              "https://api.example/sub/v1/me/top/artists?time_range=short_term&limit=16&offset=4");
}

TEST(Api, NeverLeavesItsHostAndNeverCircles) {
    World world;
    world.answers = {page({artist("a"), artist("b")}, "https://evil.example/v1/me/top/artists?offset=0")};
    EXPECT_EQ(ids(artists(world)), (std::vector<std::string>{"a", "b"})); // the page repeats itself
    EXPECT_EQ(world.sent.size(), 2U);
    for (const net::HttpCall& call : world.sent) {
        EXPECT_TRUE(call.url.starts_with("https://api.example/sub/v1/"));
    }
}

TEST(Api, StopsAtTheLimitAnEmptyPageAndItsOwnCap) {
    World world;
    world.answers = {page({artist("a"), artist("b"), artist("c")}, "more")};
    EXPECT_EQ(ids(artists(world, 2)), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(world.sent.size(), 1U);
    world.answers = {page({}, "more")};
    EXPECT_TRUE(artists(world)->empty());
    EXPECT_EQ(world.sent.size(), 2U);
    world.answers = {page({local_file}, "more")};
    EXPECT_TRUE(tracks(world)->empty());
    EXPECT_EQ(world.sent.size(), 12U);
}

TEST(Api, AListOfWhichNothingCanBeReadIsNoEmptyList) {
    World world;
    for (const char* body : {R"({"items":[{"id":null,"name":"x"},{"name":"y"}]})", R"({"items":[7]})",
                             R"({"items":null})", "{}"}) {
        world.answers = {reply(200, body)};
        EXPECT_EQ(artists(world).error().code, Errc::upstream_unavailable) << body;
        EXPECT_EQ(tracks(world).error().code, Errc::upstream_unavailable) << body;
    }
    world.answers = {page({})};
    EXPECT_TRUE(artists(world)->empty());
    world.answers = {page({local_file})};
    EXPECT_TRUE(tracks(world)->empty());
}

TEST(Api, SkipsBrokenRecordsAndKeepsThePage) {
    World world;
    world.answers = {
        page({"null", "7", R"({"id":null,"name":"x"})", artist("a"), R"({"id":"b"})", artist("a")})};
    EXPECT_EQ(ids(artists(world)), (std::vector<std::string>{"a"}));
}

TEST(Api, APageThatFailsFailsTheList) {
    World world;
    world.answers = {page({artist("a")}, "more"), reply(404, "")};
    EXPECT_EQ(artists(world).error().code, Errc::not_found);
}

struct Failure {
    const char* name;
    int status;
    const char* body;
    Errc code;
    const char* detail;
};
class ApiFailure : public ::testing::TestWithParam<Failure> {};
TEST_P(ApiFailure, IsMapped) {
    World world;
    world.answers = {reply(GetParam().status, GetParam().body)};
    const Result<SpotifyProfile> profile = me(world);
    ASSERT_FALSE(profile.has_value());
    EXPECT_EQ(profile.error().code, GetParam().code);
    EXPECT_THAT(profile.error().detail, HasSubstr(GetParam().detail));
}
INSTANTIATE_TEST_SUITE_P(
    Table, ApiFailure,
    ::testing::Values(
        Failure{"expired", 401, R"({"error":{"status":401,"message":"The access token expired"}})",
                Errc::unauthenticated, "login again"},
        Failure{"not_registered", 403, "User not registered in the Developer Dashboard", Errc::forbidden,
                "User not registered in the Developer Dashboard"},
        Failure{"scope", 403, R"({"error":{"status":403,"message":"Insufficient client scope"}})",
                Errc::forbidden, "Insufficient client scope"},
        Failure{"error_as_text", 403, R"({"error":"forbidden","error_description":"No way"})",
                Errc::forbidden, "No way"},
        Failure{"html_403", 403, "<html><b>blocked</b></html>", Errc::forbidden,
                "Spotify refused the request."},
        Failure{"empty_403", 403, "", Errc::forbidden, "Spotify refused the request."},
        Failure{"not_found", 404, R"({"error":{"status":404,"message":"Resource not found"}})",
                Errc::not_found, ""},
        Failure{"bad_request", 400, R"({"error":{"status":400,"message":"Invalid limit"}})",
                Errc::upstream_unavailable, ""},
        Failure{"no_content", 204, "", Errc::upstream_unavailable, ""},
        Failure{"redirect", 302, "", Errc::upstream_unavailable, ""},
        Failure{"server_error", 500, "<html>", Errc::upstream_unavailable, "not available"},
        Failure{"gateway_text", 504, "upstream request timeout", Errc::upstream_unavailable, "not available"},
        Failure{"cut_json", 200, R"({"id":"ra)", Errc::upstream_unavailable, ""},
        Failure{"empty_body", 200, "", Errc::upstream_unavailable, ""},
        Failure{"html", 200, "<html>", Errc::upstream_unavailable, ""},
        Failure{"no_id", 200, R"({"display_name":"x"})", Errc::upstream_unavailable, ""},
        Failure{"array", 200, "[]", Errc::upstream_unavailable, ""}),
    [](const auto& info) { return info.param.name; });

TEST(Api, TheContentTypeHasTheFirstWord) {
    World world;
    world.answers = {reply(200, R"({"id":"rani"})", {{"content-type", "text/html"}})};
    EXPECT_EQ(me(world).error().code, Errc::upstream_unavailable);
}

TEST(Api, ALongMessageIsCutBetweenCharacters) {
    World world;
    std::string text = "x";
    for (int i = 0; i < 200; ++i) {
        text += "\xC3\xA9";
    }
    world.answers = {reply(403, text + "\n\x01")};
    const std::string detail = me(world).error().detail;
    EXPECT_EQ(detail.size(), 199U);
    EXPECT_EQ(detail.substr(197), "\xC3\xA9");
}

TEST(Api, RetriesWhatMayPassAtMostTwice) {
    World world;
    world.answers = {reply(500, ""), broken(HttpProgress::not_sent), reply(200, R"({"id":"rani"})")};
    EXPECT_TRUE(me(world).has_value());
    EXPECT_EQ(world.sent.size(), 3U);
    world.answers = {reply(503, "")};
    EXPECT_EQ(me(world).error().code, Errc::upstream_unavailable);
    EXPECT_EQ(world.sent.size(), 6U);
    world.answers = {broken(HttpProgress::sent, true)};
    EXPECT_EQ(me(world).error().code, Errc::upstream_unavailable);
    EXPECT_EQ(world.sent.size(), 7U);
}

TEST(Api, FaultsOfOursAreNotRetried) {
    for (const Errc code : {Errc::overloaded, Errc::cancelled}) {
        World world;
        world.answers = {broken(HttpProgress::not_sent, false, code)};
        EXPECT_EQ(me(world).error().code, code);
        EXPECT_EQ(world.sent.size(), 1U);
    }
}

TEST(Api, WaitsOutAShortRateLimit) {
    World world;
    world.answers = {reply(429, "Too many requests", {{"retry-after", "2"}}), reply(200, R"({"id":"rani"})")};
    EXPECT_TRUE(me(world).has_value());
    EXPECT_EQ(world.slept(), 2s);
}

TEST(Api, ALongRateLimitFailsFastForEverybodyAndIsStored) {
    World world;
    world.answers = {reply(429, R"({"error":{"status":429,"message":"x","reason":"QUOTA_EXCEEDED"}})",
                           {{"retry-after", "48925"}})};
    const Error error = me(world).error();
    EXPECT_EQ(error.code, Errc::rate_limited);
    EXPECT_EQ(error.retry_after, 48925s);
    EXPECT_TRUE(world.sleeps.empty());
    EXPECT_EQ(artists(world).error().code, Errc::rate_limited);
    EXPECT_EQ(me(world, Urgency::background).error().code, Errc::rate_limited);
    EXPECT_EQ(world.sent.size(), 1U);
    EXPECT_EQ(world.states.closed.at("spotify-api"), noon + 48925s);
}

TEST(Api, AQuotaWithoutATimeClosesForAnHour) {
    World world;
    world.answers = {reply(429, R"({"error":{"status":429,"message":"x","reason":"QUOTA_EXCEEDED"}})")};
    EXPECT_EQ(me(world).error().retry_after, 3600s);
}

TEST(Api, AUserNeverWaitsLongerThanTheDeadline) {
    World world;
    world.while_sending = [&] { world.clock.advance(2s); };
    world.answers = {reply(429, "", {{"retry-after", "4"}})};
    EXPECT_EQ(me(world).error().code, Errc::rate_limited); // 2 + 4 + 2, and no further wait fits in 8 s
    EXPECT_EQ(world.sent.size(), 2U);
    EXPECT_LE(world.clock.now() - noon, 8s);
}

TEST(Api, TheLastTryGetsOnlyTheTimeLeft) {
    World world;
    world.while_sending = [&] { world.clock.advance(3800ms); };
    world.answers = {reply(500, "")};
    EXPECT_FALSE(me(world).has_value());
    ASSERT_EQ(world.sent.size(), 3U);
    EXPECT_EQ(world.sent[0].deadline, 5s);
    EXPECT_EQ(world.sent[1].deadline, 8s - 3800ms - 100ms);
    EXPECT_EQ(world.sent[2].deadline, 8s - 2 * 3800ms - 300ms);
    EXPECT_LE(world.sent[2].connect_timeout, world.sent[2].deadline);
}

TEST(Api, RetriesCountAgainstTheBudget) {
    World world;
    world.answers = {reply(500, "")};
    for (int i = 0; i < 30; ++i) {
        EXPECT_FALSE(me(world).has_value());
        world.clock.advance(-world.slept()); // all within one moment
        world.sleeps.clear();
    }
    EXPECT_EQ(world.sent.size(), 90U);
    EXPECT_EQ(me(world).error().code, Errc::rate_limited);
    EXPECT_EQ(world.sent.size(), 90U);
}

} // namespace
} // namespace personalify::spotify

#include "simulator/listeners.hpp"
#include "visit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace personalify::simulator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

constexpr TimePoint start{std::chrono::milliseconds{1'795'338'400'123}};
constexpr std::string_view scopes =
    "user-read-currently-playing user-read-playback-state user-read-recently-played";
constexpr std::string_view current = "/v1/me/player/currently-playing";
constexpr std::string_view recent = "/v1/me/player/recently-played";

class PlayerApi : public testing::Test {
protected:
    std::string token_for(std::string_view who, std::string_view scope = scopes) {
        return std::string{
            visit.tokens_for(who, Visit::authorize_target(scope)).at("access_token").as_string()};
    }
    http::Response get(std::string_view target) { return visit.get(target, bearer(token)); }
    boost::json::object ok(std::string_view target) {
        const auto answer = get(target);
        EXPECT_EQ(answer.status, 200) << target << ": " << answer.body;
        return json_of(answer);
    }
    /// Steers the player of bagas.gigs, who also holds the token.
    boost::json::object steer(std::string body) {
        const auto answer = visit.send("POST", "/_sim/listeners/bagas.gigs/player", std::move(body));
        EXPECT_EQ(answer.status, 200) << answer.body;
        return json_of(answer);
    }
    void expect_error(std::string_view target, int status, std::string_view message) {
        const auto answer = get(target);
        EXPECT_EQ(answer.status, status) << target;
        EXPECT_EQ(json_of(answer).at("error").at("message").as_string(), message) << target;
    }

    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(start);
    Visit visit{{.public_url = std::string{public_url}, .clock = clock}};
    std::string token = token_for("bagas.gigs");
};

TEST_F(PlayerApi, CurrentlyPlayingRunsWithTheClock) {
    const auto first = ok(current);
    EXPECT_EQ(first.at("timestamp").as_int64(), to_millis(start));
    EXPECT_TRUE(first.at("is_playing").as_bool());
    EXPECT_EQ(first.at("currently_playing_type").as_string(), "track");
    EXPECT_EQ(first.at("actions"), (boost::json::value{{"disallows", {{"resuming", true}}}}));
    const auto& item = first.at("item").as_object();
    EXPECT_EQ(item, ok("/v1/tracks/" + std::string{item.at("id").as_string()})) << "the full track";
    clock->advance(7s);
    const auto second = ok(current);
    EXPECT_EQ(second.at("progress_ms").as_int64(), first.at("progress_ms").as_int64() + 7'000);
    EXPECT_EQ(second.at("timestamp").as_int64(), to_millis(start + 7s));
    EXPECT_FALSE(second.contains("device"));
    clock->advance(std::chrono::milliseconds{item.at("duration_ms").as_int64()});
    EXPECT_NE(ok(current).at("item").at("id"), item.at("id"));
}

TEST_F(PlayerApi, PlaybackAddsTheDevice) {
    const auto body = ok("/v1/me/player");
    EXPECT_LT(body.at("timestamp").as_int64(), to_millis(start)) << "when the track began";
    const auto& device = body.at("device").as_object();
    for (const auto* name : {"id", "is_active", "is_private_session", "is_restricted", "name", "type",
                             "volume_percent", "supports_volume"}) {
        EXPECT_TRUE(device.contains(name)) << name;
    }
    EXPECT_EQ(body.at("repeat_state").as_string(), "context");
    EXPECT_TRUE(body.at("shuffle_state").is_bool());
    EXPECT_TRUE(body.at("smart_shuffle").is_bool());
    EXPECT_EQ(body.at("item"), ok(current).at("item"));
}

TEST_F(PlayerApi, DevelopmentModeTakesTheFieldsOfTracks) {
    EXPECT_TRUE(ok(current).at("item").as_object().contains("popularity"));
    visit.send("PUT", "/_sim/settings", R"({"mode":"development"})");
    const auto item = ok(current).at("item").as_object();
    EXPECT_FALSE(item.contains("popularity"));
    EXPECT_FALSE(item.contains("available_markets"));
    EXPECT_FALSE(ok(recent).at("items").at(0).at("track").as_object().contains("popularity"));
    visit.simulator().set_public_url("http://127.0.0.1:4000");
    EXPECT_THAT(std::string{ok(current).at("item").at("href").as_string()},
                StartsWith("http://127.0.0.1:4000/"));
}

TEST_F(PlayerApi, EveryRouteNeedsItsScopes) {
    const auto expect_scope = [&](std::string_view path, std::string_view scope) {
        const auto answer = get(path);
        EXPECT_EQ(answer.status, 403) << path;
        EXPECT_THAT(header_of(answer, "WWW-Authenticate"), HasSubstr("\"" + std::string{scope} + "\""));
    };
    token = token_for("bagas.gigs", "user-read-playback-state");
    EXPECT_EQ(get("/v1/me/player").status, 200);
    expect_scope(current, "user-read-currently-playing");
    expect_scope(recent, "user-read-recently-played");
    expect_scope("/v1/me/player/queue", "user-read-currently-playing");
    token = token_for("bagas.gigs", "user-read-currently-playing user-read-recently-played");
    EXPECT_EQ(get(current).status, 200);
    EXPECT_EQ(get(recent).status, 200);
    expect_scope("/v1/me/player", "user-read-playback-state");
    expect_scope("/v1/me/player/queue", "user-read-playback-state");
}

TEST_F(PlayerApi, TheNewcomerPlaysNothing) {
    token = token_for("nisa-baru");
    for (const auto path : {current, std::string_view{"/v1/me/player"}}) {
        const auto answer = get(path);
        EXPECT_EQ(answer.status, 204);
        EXPECT_EQ(answer.body, "");
    }
    const auto queue = ok("/v1/me/player/queue");
    EXPECT_TRUE(queue.at("currently_playing").is_null());
    EXPECT_TRUE(queue.at("queue").as_array().empty());
    const auto plays = ok(recent);
    EXPECT_TRUE(plays.at("items").as_array().empty());
    EXPECT_TRUE(plays.at("next").is_null());
    EXPECT_TRUE(plays.at("cursors").is_null());
}

TEST_F(PlayerApi, APausedListenerStandsStill) {
    token = token_for("rani senja+ñ");
    const auto before = ok(current);
    EXPECT_FALSE(before.at("is_playing").as_bool());
    EXPECT_TRUE(before.at("item").is_object());
    EXPECT_EQ(before.at("actions"), (boost::json::value{{"disallows", {{"pausing", true}}}}));
    clock->advance(30min);
    EXPECT_EQ(ok(current).at("progress_ms"), before.at("progress_ms"));
}

TEST_F(PlayerApi, AdsAndTheUnknownHaveNoItem) {
    for (const auto* kind : {"ad", "unknown"}) {
        steer(R"({"action":"play","position_ms":4100,"item":")" + std::string{kind} + "\"}");
        const auto body = ok(current);
        EXPECT_EQ(body.at("currently_playing_type").as_string(), kind);
        EXPECT_TRUE(body.at("item").is_null());
        EXPECT_TRUE(body.at("context").is_null());
        EXPECT_EQ(body.at("progress_ms").as_int64(), 4'100);
        EXPECT_TRUE(body.at("is_playing").as_bool());
    }
    steer(R"({"action":"play","item":"ad"})");
    EXPECT_TRUE(ok(current).at("actions").at("disallows").as_object().contains("skipping_next"));
    EXPECT_TRUE(ok("/v1/me/player/queue").at("currently_playing").is_null());
}

TEST_F(PlayerApi, EpisodesShowThemselvesToThoseWhoAsk) {
    steer(R"({"action":"play","item":"episode"})");
    const auto hidden = ok(current);
    EXPECT_EQ(hidden.at("currently_playing_type").as_string(), "episode");
    EXPECT_TRUE(hidden.at("item").is_null());
    EXPECT_EQ(hidden.at("context").at("type").as_string(), "show");
    for (const auto& path : {std::string{current}, std::string{"/v1/me/player"}}) {
        const auto item = ok(path + "?additional_types=track,episode").at("item").as_object();
        EXPECT_EQ(item.at("type").as_string(), "episode");
        EXPECT_FALSE(item.contains("artists"));
        EXPECT_FALSE(item.contains("album"));
        EXPECT_EQ(item.at("show").at("type").as_string(), "show");
        const std::string url{item.at("images").at(0).at("url").as_string()};
        EXPECT_EQ(visit.get(std::string_view{url}.substr(public_url.size())).status, 200) << url;
    }
    EXPECT_TRUE(ok("/v1/me/player/queue").at("currently_playing").is_object());
}

TEST_F(PlayerApi, LocalFilesHaveNoIds) {
    steer(R"({"action":"play","item":"local"})");
    const auto body = ok(current);
    EXPECT_EQ(body.at("currently_playing_type").as_string(), "track");
    const auto& item = body.at("item").as_object();
    EXPECT_TRUE(item.at("is_local").as_bool());
    EXPECT_TRUE(item.at("id").is_null());
    EXPECT_TRUE(item.at("artists").at(0).at("id").is_null());
    EXPECT_TRUE(item.at("album").at("images").as_array().empty());
    EXPECT_THAT(std::string{item.at("uri").as_string()}, StartsWith("spotify:local:"));
}

TEST_F(PlayerApi, ContextsAreObjectsWithoutIds) {
    const auto context = [&](std::string_view kind) {
        steer(R"({"action":"play","context":")" + std::string{kind} + "\"}");
        return ok(current).at("context");
    };
    for (const auto* kind : {"album", "artist", "playlist"}) {
        const auto found = context(kind).as_object();
        EXPECT_EQ(found.at("type").as_string(), kind);
        EXPECT_THAT(std::string{found.at("uri").as_string()}, StartsWith("spotify:" + std::string{kind}));
        EXPECT_EQ(found.size(), 4U);
    }
    EXPECT_TRUE(context("none").is_null());
}

TEST_F(PlayerApi, PrivateSessionsAndHiddenProgress) {
    steer(R"({"private":true})");
    EXPECT_EQ(get(current).status, 204);
    EXPECT_TRUE(ok("/v1/me/player").at("device").at("is_private_session").as_bool());
    steer(R"({"private":false,"hide_progress":true})");
    EXPECT_TRUE(ok(current).at("progress_ms").is_null());
    steer(R"({"hide_progress":false})");
    EXPECT_TRUE(ok(current).at("progress_ms").is_int64());
}

TEST_F(PlayerApi, MarketsAreCheckedAndUnknownTypesIgnored) {
    EXPECT_EQ(get(std::string{current} + "?market=ID&additional_types=video").status, 200);
    expect_error(std::string{current} + "?market=Indonesia", 400, "Invalid market code");
    expect_error("/v1/me/player?market=", 400, "Invalid market code");
}

TEST_F(PlayerApi, TheQueueIsWhatComesNext) {
    const auto queue = ok("/v1/me/player/queue");
    EXPECT_EQ(queue.at("currently_playing"), ok(current).at("item"));
    EXPECT_EQ(queue.at("queue").as_array().size(), 20U);
    const auto shown = steer(R"({"action":"skip"})");
    EXPECT_EQ(shown.at("track_id"), queue.at("queue").at(0).at("id"));
}

TEST_F(PlayerApi, RecentlyPlayedPagesBackToNothing) {
    std::set<std::string> seen;
    std::string target = std::string{recent} + "?limit=10";
    boost::json::object page;
    int pages = 0;
    for (std::string last = "9"; pages < 9; ++pages) {
        page = ok(target);
        if (page.at("items").as_array().empty()) {
            break;
        }
        for (const auto& item : page.at("items").as_array()) {
            const std::string at{item.at("played_at").as_string()};
            EXPECT_LT(at, last) << "newest first";
            EXPECT_TRUE(item.at("track").at("album").is_object());
            EXPECT_TRUE(item.as_object().contains("context"));
            seen.insert(last = at);
        }
        EXPECT_EQ(page.at("limit").as_int64(), 10);
        target = std::string{page.at("next").as_string()}.substr(public_url.size());
    }
    EXPECT_EQ(pages, 5);
    EXPECT_EQ(seen.size(), 50U);
    EXPECT_TRUE(page.at("next").is_null());
    EXPECT_TRUE(page.at("cursors").is_null());
    EXPECT_THAT(std::string{page.at("href").as_string()}, HasSubstr("before="));
}

TEST_F(PlayerApi, CursorsAreExclusive) {
    const auto page = ok(std::string{recent} + "?limit=3");
    const std::string newest{page.at("cursors").at("after").as_string()};
    const std::string oldest{page.at("cursors").at("before").as_string()};
    EXPECT_EQ(ok(std::string{recent} + "?after=" + newest).at("items").as_array().size(), 0U);
    EXPECT_EQ(ok(std::string{recent} + "?after=" + oldest).at("items").as_array().size(), 2U);
    EXPECT_EQ(ok(std::string{recent} + "?limit=50&before=" + oldest).at("items").as_array().size(), 47U);
    EXPECT_EQ(ok(recent).at("items").as_array().size(), 20U);
}

TEST_F(PlayerApi, RecentlyPlayedRefusesWrongParameters) {
    const std::string path{recent};
    for (const auto* limit : {"0", "51", "", "x", "-1", "1.5"}) {
        expect_error(path + "?limit=" + limit, 400, "Invalid limit");
    }
    expect_error(path + "?after=yesterday", 400, "Invalid after");
    expect_error(path + "?before=-1", 400, "Invalid before");
    expect_error(path + "?after=1&before=2", 400, "Only one of after and before may be specified");
}

TEST_F(PlayerApi, RecentlyPlayedGrowsAsTracksEnd) {
    const auto before = ok(recent).at("items").at(0);
    const auto shown = steer(R"({"action":"play","duration_ms":2000,"context":"none"})");
    EXPECT_EQ(ok(current).at("item").at("duration_ms").as_int64(), 2'000);
    clock->advance(1'999ms);
    EXPECT_EQ(ok(recent).at("items").at(0), before);
    clock->advance(1ms);
    const auto page = ok(recent);
    const auto& newest = page.at("items").at(0).as_object();
    EXPECT_EQ(newest.at("track").at("id"), shown.at("track_id"));
    EXPECT_EQ(newest.at("played_at").as_string(), to_rfc3339(start + 2s));
    EXPECT_TRUE(newest.at("context").is_null());
    EXPECT_EQ(page.at("items").at(1), before);
    EXPECT_EQ(page.at("cursors").at("after").as_string(), std::to_string(to_millis(start + 2s)));
}

class PlayerControl : public PlayerApi {
protected:
    http::Response post(std::string body, std::string_view who = "bagas.gigs") {
        return visit.send("POST", "/_sim/listeners/" + std::string{who} + "/player", std::move(body));
    }
    boost::json::object shown(std::string_view who = "bagas.gigs") {
        return json_of(visit.get("/_sim/listeners/" + std::string{who} + "/player"));
    }
};

TEST_F(PlayerControl, ShowsWhatPlays) {
    const auto view = shown();
    const auto playing = ok(current);
    EXPECT_EQ(view.at("item").as_string(), "track");
    EXPECT_EQ(view.at("track_id"), playing.at("item").at("id"));
    EXPECT_EQ(view.at("uri"), playing.at("item").at("uri"));
    EXPECT_EQ(view.at("name"), playing.at("item").at("name"));
    EXPECT_EQ(view.at("position_ms"), playing.at("progress_ms"));
    EXPECT_EQ(view.at("duration_ms"), playing.at("item").at("duration_ms"));
    const auto silent = shown("nisa-baru");
    EXPECT_EQ(silent.at("item").as_string(), "nothing");
    for (const auto* name : {"name", "uri", "track_id", "position_ms", "duration_ms", "context"}) {
        EXPECT_TRUE(silent.at(name).is_null()) << name;
    }
    EXPECT_EQ(visit.get("/_sim/listeners/nobody/player").status, 404);
    EXPECT_EQ(post(R"({"action":"skip"})", "nobody").status, 404);
    EXPECT_EQ(shown("rani%20senja+%C3%B1").at("is_playing").as_bool(), false);
}

TEST_F(PlayerControl, TakesEveryAction) {
    const auto first = shown();
    EXPECT_FALSE(steer(R"({"action":"pause"})").at("is_playing").as_bool());
    EXPECT_TRUE(steer(R"({"action":"resume"})").at("is_playing").as_bool());
    EXPECT_EQ(steer(R"({"action":"seek","position_ms":90000})").at("position_ms").as_int64(), 90'000);
    EXPECT_NE(steer(R"({"action":"skip"})").at("uri"), first.at("uri"));
    EXPECT_EQ(steer(R"({"action":"previous"})").at("uri"), first.at("uri"));
    const std::string id{ok(recent).at("items").at(4).at("track").at("id").as_string()};
    const auto played = steer(R"({"action":"play","private":true,"track_id":")" + id + "\"}");
    EXPECT_EQ(played.at("track_id").as_string(), id);
    EXPECT_EQ(played.at("position_ms").as_int64(), 0);
    EXPECT_TRUE(played.at("private").as_bool());
    EXPECT_EQ(steer(R"({"action":"stop"})").at("item").as_string(), "nothing");
    EXPECT_EQ(get("/v1/me/player").status, 204);
    for (const auto* action : {"pause", "resume", "skip", "previous"}) {
        EXPECT_EQ(post(R"({"action":")" + std::string{action} + "\"}").status, 409) << action;
    }
    EXPECT_EQ(post(R"({"action":"seek","position_ms":1})").status, 409);
    EXPECT_EQ(post(R"({"action":"stop"})").status, 200);
    EXPECT_EQ(post(R"({"action":"play"})", "nisa-baru").status, 200);
    visit.send("POST", "/_sim/reset");
    EXPECT_EQ(shown().at("uri"), first.at("uri"));
    EXPECT_EQ(shown("nisa-baru").at("item").as_string(), "nothing");
}

TEST_F(PlayerControl, MistakesAreNamedAndChangeNothing) {
    const auto before = shown();
    const std::pair<const char*, const char*> mistakes[] = {
        {"{}", "action"},
        {"[]", "object"},
        {"", "JSON"},
        {R"({"action":"dance"})", "action"},
        {R"({"action":"skip","speed":2})", "speed"},
        {R"({"action":"seek"})", "position_ms"},
        {R"({"action":"seek","position_ms":86400000})", "position_ms"},
        {R"({"action":"seek","position_ms":-1})", "position_ms"},
        {R"({"action":"pause","position_ms":1})", "position_ms"},
        {R"({"action":"skip","item":"ad"})", "item"},
        {R"({"private":true,"duration_ms":5})", "duration_ms"},
        {R"({"action":"play","duration_ms":0})", "duration_ms"},
        {R"({"action":"play","duration_ms":2000,"position_ms":2000})", "position_ms"},
        {R"({"action":"play","item":"nothing"})", "item"},
        {R"({"action":"play","item":"video"})", "item"},
        {R"({"action":"play","track_id":"0000000000000000000000"})", "track_id"},
        {R"({"action":"play","item":"ad","track_id":"0000000000000000000000"})", "track_id"},
        {R"({"action":"play","item":"ad","context":"album"})", "context"},
        {R"({"action":"play","context":"show"})", "context"},
        {R"({"private":"perhaps"})", "private"},
    };
    for (const auto& [body, word] : mistakes) {
        const auto answer = post(body);
        EXPECT_EQ(answer.status, 400) << body;
        EXPECT_THAT(answer.body, HasSubstr(word)) << body;
    }
    EXPECT_EQ(shown(), before);
    EXPECT_EQ(steer(R"({"action":"skip"})").at("track_id"), ok(current).at("item").at("id"));
}

TEST_F(PlayerControl, PlaysAreAddedAndForgotten) {
    const auto post_plays = [&](std::string body) {
        return visit.send("POST", "/_sim/listeners/bagas.gigs/plays", std::move(body)).status;
    };
    EXPECT_EQ(visit.send("DELETE", "/_sim/listeners/bagas.gigs/plays").status, 204);
    EXPECT_TRUE(ok(recent).at("items").as_array().empty());
    const std::string id{shown().at("track_id").as_string()};
    const auto play = [&](std::string_view at) {
        return R"({"track_id":")" + id + R"(","played_at":")" + std::string{at} + "\"}";
    };
    EXPECT_EQ(post_plays("{\"plays\":[" + play("2026-11-20T09:15:32.412Z") + "," +
                         play("2026-11-20T10:00:00Z") + "," + play("2026-11-20T09:15:32.412Z") + "]}"),
              204);
    const auto items = ok(recent).at("items").as_array();
    ASSERT_EQ(items.size(), 3U);
    EXPECT_EQ(items[0].at("played_at").as_string(), "2026-11-20T10:00:00.000Z");
    EXPECT_EQ(items[1], items[2]);
    for (const auto* body : {"{}", R"({"plays":1})", R"({"plays":[{}]})",
                             R"({"plays":[{"track_id":"x","played_at":"2026-11-20T10:00:00Z"}]})"}) {
        EXPECT_EQ(post_plays(body), 400) << body;
    }
    EXPECT_EQ(visit.send("DELETE", "/_sim/listeners/nobody/plays").status, 404);
}

} // namespace
} // namespace personalify::simulator

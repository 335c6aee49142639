#include "simulator/journal.hpp"
#include "visit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace personalify::simulator {
namespace {

using testing::HasSubstr;

boost::json::array entries(Visit& visit, std::string_view query = "") {
    return json_of(visit.get("/_sim/journal" + std::string{query})).at("entries").as_array();
}

TEST(Control, JournalHoldsSpotifyCallsOnly) {
    Visit visit;
    visit.send("POST", "/api/token?x=1", "grant_type=refresh_token",
               {{"Content-Type", "application/x-www-form-urlencoded"}});
    visit.get("/v1/me", bearer("BQ"));
    visit.get("/image/00/64");
    visit.get("/_assets/consent.css");
    visit.get("/favicon.ico");
    visit.get("/_sim/listeners");
    const auto all = entries(visit, "?since=0");
    ASSERT_EQ(all.size(), 2U);
    const auto& token = all[0].as_object();
    EXPECT_EQ(token.at("method").as_string(), "POST");
    EXPECT_EQ(token.at("path").as_string(), "/api/token");
    EXPECT_EQ(token.at("query").as_string(), "x=1");
    EXPECT_EQ(token.at("body").as_string(), "grant_type=refresh_token");
    EXPECT_EQ(token.at("headers").as_object().at("content-type").as_string(),
              "application/x-www-form-urlencoded");
    EXPECT_EQ(token.at("status").as_int64(), 400);
    EXPECT_EQ(all[1].as_object().at("status").as_int64(), 401);
    const auto first = token.at("seq").as_int64();
    EXPECT_EQ(entries(visit, "?since=" + std::to_string(first)).size(), 1U);
    EXPECT_EQ(visit.send("DELETE", "/_sim/journal").status, 204);
    EXPECT_TRUE(entries(visit).empty());
    visit.get("/v1/me");
    EXPECT_GT(entries(visit).at(0).as_object().at("seq").as_int64(), first) << "numbers go on";
    EXPECT_EQ(visit.get("/_sim/journal?since=x").status, 400);
}

TEST(Control, JournalIsBounded) {
    Journal journal;
    http::Request request;
    request.method = "POST";
    request.path = "/v1/me";
    request.body = std::string(10'000, 'b');
    for (std::size_t i = 0; i < Journal::max_entries + 5; ++i) {
        journal.add(request, {});
    }
    journal.answered(3, 500);
    journal.answered(10, 200);
    const auto kept = journal.since(0);
    EXPECT_EQ(kept.size(), Journal::max_entries);
    EXPECT_EQ(kept.front().seq, 6U);
    EXPECT_EQ(kept.front().body.size(), Journal::max_text);
    EXPECT_EQ(kept.at(4).status, 200);
}

TEST(Control, FaultsAreShownReplacedAndCleared) {
    Visit visit;
    EXPECT_EQ(
        visit.send("PUT", "/_sim/faults", R"({"rules":[{"route":"/v1/me","status":500,"times":2}]})").status,
        200);
    visit.get("/v1/me");
    const auto shown = visit.get("/_sim/faults");
    const auto rules = json_of(shown).at("rules").as_array();
    EXPECT_EQ(rules.at(0).as_object().at("times").as_int64(), 1);
    EXPECT_EQ(visit.send("PUT", "/_sim/faults", shown.body).status, 200) << "what is shown can be put";
    EXPECT_EQ(visit.send("DELETE", "/_sim/faults").status, 204);
    EXPECT_TRUE(json_of(visit.get("/_sim/faults")).at("rules").as_array().empty());
}

TEST(Control, MistakesAreNamedAndChangeNothing) {
    Visit visit;
    visit.send("PUT", "/_sim/faults", R"({"rules":[{"route":"/v1/me","status":500}]})");
    const auto answer =
        visit.send("PUT", "/_sim/faults",
                   R"({"rules":[{"route":"/v1/me"},{"route":"/x","stutus":5,"drop":true,"gzip":[]}]})");
    EXPECT_EQ(answer.status, 400);
    for (const auto* word : {"rules[1]", "stutus", "drop", "gzip"}) {
        EXPECT_THAT(answer.body, HasSubstr(word));
    }
    EXPECT_EQ(visit.get("/v1/me").status, 500) << "the old rules stay";
    for (const auto* body :
         {"", "[]", "{}", R"({"rules":1})", R"({"rules":[],"more":1})", R"({"rules":[3]})"}) {
        EXPECT_EQ(visit.send("PUT", "/_sim/faults", body).status, 400) << body;
    }
    const auto settings = visit.send("PUT", "/_sim/settings", R"({"mode":"other","latency_ms":5,"speed":1})");
    EXPECT_EQ(settings.status, 400);
    EXPECT_THAT(settings.body, testing::AllOf(HasSubstr("mode"), HasSubstr("speed")));
    EXPECT_EQ(json_of(visit.get("/_sim/settings")).at("latency_ms").as_int64(), 0);
}

TEST(Control, SettingsChangeInPart) {
    Visit visit;
    EXPECT_EQ(visit.send("PUT", "/_sim/settings", R"({"expires_in":7,"mode":"development"})").status, 200);
    const auto settings = json_of(visit.get("/_sim/settings"));
    EXPECT_EQ(settings.at("expires_in").as_int64(), 7);
    EXPECT_EQ(settings.at("mode").as_string(), "development");
    EXPECT_TRUE(settings.at("genres").is_null());
    EXPECT_TRUE(settings.at("rotate_refresh").as_bool());
    EXPECT_EQ(visit.tokens_for("bagas.gigs").at("expires_in").as_int64(), 7);
    visit.send("PUT", "/_sim/settings", R"({"expires_in":0})");
    EXPECT_EQ(visit.get("/v1/me", bearer(visit.access_token_for("bagas.gigs"))).status, 401);
}

TEST(Control, ListenersAndTheirNames) {
    Visit visit;
    const auto list = json_of(visit.get("/_sim/listeners")).at("listeners").as_array();
    ASSERT_GE(list.size(), 2U);
    const auto account = list[0].as_object().at("account_id");
    EXPECT_EQ(visit.send("PUT", "/_sim/listeners/bagas.gigs", R"({"id":"bagas/new name"})").status, 200);
    EXPECT_EQ(visit.send("PUT", "/_sim/listeners/bagas.gigs", R"({"id":"x"})").status, 404);
    EXPECT_EQ(visit.send("PUT", "/_sim/listeners/bagas%2Fnew%20name", R"({"id":"eulisgarut48"})").status,
              409);
    EXPECT_EQ(visit.send("PUT", "/_sim/listeners/eulisgarut48", R"({"name":"x"})").status, 400);
    const auto me = json_of(visit.get("/v1/me", bearer(visit.access_token_for("bagas/new name"))));
    EXPECT_EQ(me.at("id").as_string(), "bagas/new name");
    EXPECT_EQ(me.at("account_id"), account);
    EXPECT_EQ(visit.send("POST", "/_sim/listeners/nobody/revoke").status, 404);
    EXPECT_EQ(visit.send("POST", "/_sim/listeners/nobody/expire").status, 404);
}

TEST(Control, ResetGoesBackToTheStart) {
    Visit visit;
    const std::string token = visit.access_token_for("bagas.gigs");
    visit.send("PUT", "/_sim/settings", R"({"mode":"development"})");
    visit.send("PUT", "/_sim/faults", R"({"rules":[{"route":"*","status":500}]})");
    visit.send("PUT", "/_sim/listeners/bagas.gigs", R"({"id":"renamed"})");
    EXPECT_EQ(visit.send("POST", "/_sim/reset").status, 204);
    EXPECT_TRUE(entries(visit).empty());
    EXPECT_EQ(json_of(visit.get("/_sim/settings")).at("mode").as_string(), "extended");
    EXPECT_EQ(visit.get("/v1/me", bearer(token)).status, 401);
    EXPECT_FALSE(visit.code_for("bagas.gigs").empty());
}

TEST(Control, CanBeLeftOut) {
    Visit visit{{.public_url = std::string{public_url}, .control = false}};
    for (const auto* path : {"/_sim/journal", "/_sim/listeners", "/_sim/settings"}) {
        EXPECT_EQ(visit.get(path).status, 404) << path;
    }
    EXPECT_EQ(visit.get(Visit::authorize_target()).status, 200);
}

TEST(Control, OtherPathsAndMethods) {
    Visit visit;
    EXPECT_EQ(visit.get("/_sim/nothing").status, 404);
    EXPECT_EQ(visit.get("/_sim/reset").status, 405);
}

} // namespace
} // namespace personalify::simulator

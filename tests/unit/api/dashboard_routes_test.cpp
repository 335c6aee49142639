#include "unit/api/site.hpp"

namespace personalify::api {

namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class DashboardRoutes : public Site {
protected:
    /// Ada is signed in and has tops of the short term.
    void settle() {
        sign_in(ada_);
        world_.store_tops(ada_, TimeRange::short_term);
    }
    /// No store was asked anything.
    void expect_untouched() const {
        EXPECT_EQ(world_.users.finds, 0);
        EXPECT_EQ(world_.library.reads, 0);
        EXPECT_EQ(world_.history_store.reads, 0);
        EXPECT_EQ(world_.session_store.finds, 0);
        EXPECT_EQ(world_.spotify.calls, 0);
    }
};

} // namespace

TEST_F(DashboardRoutes, BadInputIsRefusedBeforeAnythingIsRead) {
    sign_in(ada_);
    for (const char* target :
         {"/api/dashboard/ada?time_range=year", "/top-data?spotify_id=ada&time_range=year",
          "/top-data?spotify_id=ada&limit=0", "/top-data?spotify_id=ada&limit=ten",
          "/top-data?spotify_id=ada&sort=size", "/top-data", "/top-genres",
          "/top-genres?spotify_id=ada&time_range=", "/sync/top-data?limit=0", "/sync/top-data?limit=51",
          "/sync/top-data?time_range=year", "/history", "/history?spotify_id=ada&limit=101",
          "/history?spotify_id=ada&before=yesterday"}) {
        const http::Response response = get(target);
        EXPECT_EQ(response.status, 422) << target << ' ' << response.body;
        EXPECT_THAT(response.body, StartsWith(R"({"detail":[{"type":)")) << target;
    }
    expect_untouched();
}

TEST_F(DashboardRoutes, ProblemsNameTheirPlace) {
    EXPECT_THAT(get("/top-data?spotify_id=ada&limit=0").body, HasSubstr(R"("loc":["query","limit"])"));
    EXPECT_THAT(get("/api/dashboard/ada?time_range=year").body,
                testing::AllOf(HasSubstr(R"("loc":["query","time_range"])"), HasSubstr(R"("input":"year")")));
    EXPECT_THAT(get("/top-data?limit=0").body,
                testing::AllOf(HasSubstr(R"(["query","spotify_id"])"), HasSubstr(R"(["query","limit"])")));
}

TEST_F(DashboardRoutes, TheDashboardHasItsMembersAndAnETag) {
    settle();
    const http::Response response = get("/api/dashboard/ada?time_range=short_term&unknown=1");
    EXPECT_EQ(response.status, 200);
    for (const char* name : {"user", "image", "time_range", "emotion_paragraph", "top_emotions", "artists",
                             "tracks", "genres", "genre_artists_map", "synced_at", "stale"}) {
        EXPECT_THAT(std::string{response.bytes()}, HasSubstr('"' + std::string{name} + "\":"));
    }
    EXPECT_FALSE(header(response, "ETag").empty());
    EXPECT_EQ(header(response, "Cache-Control"), "private, no-cache");
}

TEST_F(DashboardRoutes, WhatMayNotBeSeenIsNotThere) {
    settle();
    bearer_ = "";
    const http::Response hidden = get("/api/dashboard/ada?time_range=short_term");
    const http::Response absent = get("/api/dashboard/nobody?time_range=short_term");
    EXPECT_EQ(hidden.status, 404);
    EXPECT_EQ(hidden.body, R"({"detail":"No data found. Please login again."})");
    EXPECT_EQ(absent.status, 404);
    EXPECT_EQ(absent.body, hidden.body);

    EXPECT_EQ(get("/api/profile/ada").body, get("/api/profile/nobody").body);
    EXPECT_EQ(get("/top-genres?spotify_id=ada&time_range=short_term").body,
              R"({"error":"No cached data found for this user/time_range"})");
    EXPECT_EQ(get("/top-data?spotify_id=ada&time_range=short_term").body,
              R"({"message":"No cached data found."})");
    EXPECT_EQ(get("/history?spotify_id=ada").body, "[]");
}

TEST_F(DashboardRoutes, TheRangeIsTheMediumTermByDefault) {
    sign_in(ada_);
    world_.store_tops(ada_, TimeRange::medium_term);
    EXPECT_EQ(get("/top-genres?spotify_id=ada").body,
              R"({"genres":[{"name":"indie","count":2},{"name":"dream pop","count":1}]})");
    EXPECT_THAT(std::string{get("/top-data?spotify_id=ada").bytes()},
                HasSubstr(R"("time_range":"medium_term")"));
    EXPECT_THAT(std::string{get("/api/dashboard/ada").bytes()}, HasSubstr(R"("time_range":"medium_term")"));
    EXPECT_EQ(world_.spotify.calls, 0);
}

TEST_F(DashboardRoutes, TopDataIsCut) {
    settle();
    const std::string body{get("/top-data?spotify_id=ada&time_range=short_term&limit=1").bytes()};
    EXPECT_THAT(body, HasSubstr("Track t1"));
    EXPECT_THAT(body, Not(HasSubstr("Track t2")));
    EXPECT_EQ(get("/top-data?spotify_id=ada&time_range=short_term&limit=9223372036854775807").status, 200);
}

TEST_F(DashboardRoutes, SyncTakesTheOldAppsTokenInTheQuery) {
    EXPECT_EQ(get("/sync/top-data").status, 401);
    EXPECT_EQ(get("/sync/top-data?access_token=made-up").status, 401);
    const std::string token = run(world_.sessions.start(ada_, app::SessionKind::mobile)).value();
    EXPECT_EQ(get("/sync/top-data?access_token=" + token).status, 200);
    EXPECT_EQ(get("/sync/top-data?spotify_id=ada&access_token=" + token).status, 200);
    EXPECT_EQ(get("/sync/top-data?spotify_id=bob&access_token=" + token).status, 404);
    EXPECT_EQ(get("/api/me?access_token=" + token).status, 401) << "on that route alone";
}

TEST_F(DashboardRoutes, ASyncThatSpotifyLimits) {
    sign_in(ada_);
    world_.spotify.on_tops = tops_fail(Errc::rate_limited, 17s);
    const http::Response refused = get("/sync/top-data?time_range=short_term");
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(header(refused, "Retry-After"), "17");
    world_.store_tops(ada_, TimeRange::short_term, 1h);
    const http::Response stored = get("/sync/top-data?time_range=short_term");
    EXPECT_EQ(stored.status, 200);
    EXPECT_THAT(std::string{stored.bytes()}, HasSubstr(R"("stale":true)"));
}

TEST_F(DashboardRoutes, ProfilesOfTheSessionsUser) {
    EXPECT_EQ(get("/api/user-profile").status, 401);
    EXPECT_EQ(get("/api/user-profile?spotify_id=ada").status, 401);
    sign_in(ada_);
    EXPECT_EQ(get("/api/user-profile").body,
              R"({"display_name":"Rani Senja","id":"ada","followers":7,"country":"ID","product":"premium",)"
              R"("image_url":"https://images.example/rani","email":"rani@example.org"})");
    EXPECT_EQ(get("/api/user-profile?spotify_id=bob").status, 404);
    EXPECT_EQ(get("/api/profile/ada").body,
              R"({"user":"Rani Senja","image":"https://images.example/rani","spotify_id":"ada"})");
}

TEST_F(DashboardRoutes, HistoryIsPaged) {
    sign_in(ada_);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(get("/sync/top-data?time_range=short_term").status, 200);
        world_.clock.advance(1h);
    }
    const std::string newest = get("/history?spotify_id=ada&limit=1").body;
    EXPECT_THAT(newest, HasSubstr(R"("last_synced":"2026-11-22T14:00:00.000Z")"));
    EXPECT_THAT(newest, Not(HasSubstr("13:00:00")));
    const std::string rest = get("/history?spotify_id=ada&before=2026-11-22T14:00:00.000Z").body;
    EXPECT_THAT(rest, HasSubstr("13:00:00"));
    EXPECT_THAT(rest, Not(HasSubstr("14:00:00")));
}

/// What memory answers without asking anything else; nullopt when it has to be looked up.
class ReadyDashboard : public DashboardRoutes {
protected:
    struct Seen {
        int status = 0;
        std::string body;
    };
    std::optional<Seen> at_hand(std::string target, std::vector<http::Header> more = {}) {
        std::vector<http::Header> headers{{"Authorization", "Bearer " + bearer_}};
        headers.insert(headers.end(), more.begin(), more.end());
        http::Ready out;
        if (!routes_.ready_handler()(request("GET", std::move(target), std::move(headers)), out)) {
            return std::nullopt;
        }
        return Seen{out.status, std::string{out.body}};
    }
    static constexpr const char* page = "/api/dashboard/ada?time_range=short_term";
};

TEST_F(ReadyDashboard, TheSecondAnswerIsTheSameAndAsksNobody) {
    settle();
    EXPECT_FALSE(at_hand(page)) << "nothing is known yet";
    const http::Response first = get(page);
    const int finds = world_.users.finds + world_.session_store.finds + world_.library.reads;
    const auto second = at_hand(page);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->status, 200);
    EXPECT_EQ(second->body, first.body);
    EXPECT_EQ(at_hand(page, {{"If-None-Match", header(first, "ETag")}})->status, 304);
    EXPECT_EQ(world_.users.finds + world_.session_store.finds + world_.library.reads, finds);
    EXPECT_FALSE(at_hand("/api/dashboard/ada?time_range=long_term"));
    EXPECT_FALSE(at_hand("/api/dashboard/ada?time_range=short_term&x=1")) << "read with more care";
}

TEST_F(ReadyDashboard, AnEncodedIdIsTheSameId) {
    settle();
    const http::Response first = get(page);
    const auto encoded = at_hand("/api/dashboard/%61d%61?time_range=short_term");
    ASSERT_TRUE(encoded);
    EXPECT_EQ(encoded->body, first.body);
    EXPECT_FALSE(at_hand("/api/dashboard/%zz?time_range=short_term"));
}

TEST_F(ReadyDashboard, IsForItsUserOnlyUntilItIsShared) {
    settle();
    get(page);
    const std::string own = bearer_;
    bearer_ = "somebody";
    EXPECT_FALSE(at_hand(page));
    bearer_ = own;
    ASSERT_TRUE(run(world_.profiles.share(run(world_.sessions.identify(own)).value(), true)));
    bearer_.clear();
    get(page);
    EXPECT_TRUE(at_hand(page)) << "now visitors may see it";
    ASSERT_TRUE(run(world_.profiles.share(run(world_.sessions.identify(own)).value(), false)));
    EXPECT_FALSE(at_hand(page)) << "and now no longer";
}

TEST_F(ReadyDashboard, AChangeOfSharingWhileItIsReadIsNotLost) {
    settle();
    const app::Caller ada = run(world_.sessions.identify(bearer_)).value();
    ASSERT_TRUE(run(world_.profiles.share(ada, true)));
    world_.users.after_next_find = [&] { ASSERT_TRUE(run(world_.profiles.share(ada, false))); };
    bearer_.clear();
    EXPECT_EQ(get(page).status, 200) << "it was shared when the request came";
    EXPECT_FALSE(at_hand(page));
    EXPECT_EQ(get(page).status, 404);
}

TEST_F(ReadyDashboard, ALogoutEndsItAtOnce) {
    settle();
    get(page);
    ASSERT_TRUE(at_hand(page));
    EXPECT_EQ(post("/logout").status, 303);
    EXPECT_FALSE(at_hand(page));
    EXPECT_EQ(get(page).status, 404);
}

TEST_F(ReadyDashboard, DataThatTurnedStaleIsLookedAtAgain) {
    settle();
    get(page);
    ASSERT_TRUE(at_hand(page));
    world_.clock.advance(app::DashboardService::fresh_for + std::chrono::seconds{1});
    EXPECT_FALSE(at_hand(page));
}

} // namespace personalify::api

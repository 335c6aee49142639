#include "unit/api/stream_reader.hpp"
#include "unit/app/fake_emotions.hpp"

namespace personalify::api {
namespace {

using namespace test;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

constexpr const char* joyful =
    R"({"emotion_paragraph":"Shades of golden <b>joy</b>, dawning <b>hope</b>, indigo <b>sorrow</b>.",)"
    R"("top_emotions":[{"label":"Golden Joy","score":1.0},{"label":"Dawning Hope","score":0.0},)"
    R"({"label":"Indigo Sorrow","score":0.0}]})";
constexpr const char* nothing = R"({"error":"No data found for analysis"})";
constexpr const char* unknown_job = R"({"detail":"Job not found."})";

class EmotionRoutes : public Site {
protected:
    EmotionRoutes() {
        add_emotion_routes(routes_, it_.emotions, lyrics_, 1ms);
        add_job_routes(routes_, {it_.jobs, world_.sessions}, 20ms);
        world_.store_tops(ada_, TimeRange::short_term);
    }
    http::Response analyze(std::string body = R"({"spotify_id":"ada"})") {
        return post("/analyze-emotions-background", std::move(body));
    }
    bool work() { return run(it_.worker.run_next()); }
    std::string queue() { return run(it_.jobs.enqueue(ada_, TimeRange::short_term, false)).value().id; }
    /// What the job's stream brought until `enough`, or until it ended by itself; meanwhile `beside` runs.
    std::string events(std::string target, std::function<bool(const std::string&)> enough,
                       std::function<Task<void>()> beside = nullptr) {
        http::Request asked = request("GET", std::move(target), {{"Authorization", "Bearer " + bearer_}});
        return run(read(routes_.handler(), asked, std::move(enough), std::move(beside)));
    }

    EmotionWorld it_{world_};
    app::LyricsReader lyrics_{it_.engine};
    Routes patient_routes_{
        {.identify = Identity{world_.sessions}, .render_error = render, .status_of = status_of}};

private:
    static Task<std::string> read(http::Handler handler, http::Request asked,
                                  std::function<bool(const std::string&)> enough,
                                  std::function<Task<void>()> beside) {
        const http::Response response = co_await handler(asked);
        EXPECT_EQ(response.status, 200);
        EXPECT_EQ(header(response, "Content-Type"), "text/event-stream");
        const Executor loop = co_await asio::this_coro::executor;
        if (beside) {
            asio::co_spawn(loop, beside(), [](std::exception_ptr thrown) { EXPECT_FALSE(thrown); });
        }
        StreamReader reader{loop, std::move(enough)};
        co_await response.stream(reader);
        co_return std::move(reader.text);
    }
};

auto never() {
    return [](const std::string&) { return false; };
}

} // namespace

TEST_F(EmotionRoutes, AnAnalysisIsPendingThenThere) {
    sign_in(ada_);
    const http::Response pending = analyze();
    EXPECT_EQ(pending.status, 202);
    EXPECT_EQ(pending.body, R"({"emotion_paragraph":"Vibe analysis is getting ready...","top_emotions":[]})");
    const std::string job = header(pending, "Location");
    EXPECT_THAT(job, MatchesRegex("/api/jobs/[A-Za-z0-9_-]{43}"));
    EXPECT_EQ(header(analyze(), "Location"), job) << "the same job";
    EXPECT_TRUE(work());
    const http::Response done = analyze();
    EXPECT_EQ(done.status, 200);
    EXPECT_EQ(done.body, joyful);
    EXPECT_EQ(get("/api/dashboard/ada?time_range=short_term").status, 200);
}

TEST_F(EmotionRoutes, WithoutDataOrForSomebodyElseThereIsNothing) {
    const UserId bob = world_.sign_up("bob");
    world_.store_tops(bob, TimeRange::short_term);
    sign_in(ada_);
    for (const char* body : {R"({"spotify_id":"bob"})", R"({"spotify_id":"nobody"})", R"({"spotify_id":""})",
                             R"({"spotify_id":"ada","time_range":"long_term"})"}) {
        const http::Response response = analyze(body);
        EXPECT_EQ(response.status, 200) << body;
        EXPECT_EQ(response.body, nothing) << body;
    }
    bearer_.clear();
    EXPECT_EQ(analyze().status, 401);
    EXPECT_EQ(analyze(R"({"spotify_id":"nobody"})").status, 401);
    EXPECT_TRUE(it_.job_store.jobs.empty());
}

TEST_F(EmotionRoutes, InputIsCheckedBeforeTheCaller) {
    for (const auto& [body, problem] : std::initializer_list<std::pair<const char*, const char*>>{
             {"{}", R"("type":"missing","loc":["body","spotify_id"])"},
             {R"({"spotify_id":5})", R"("type":"string_type","loc":["body","spotify_id"])"},
             {R"({"spotify_id":"ada","extended":"maybe"})",
              R"("type":"bool_parsing","loc":["body","extended"])"},
             {R"({"spotify_id":"ada","time_range":"week"})", R"("loc":["body","time_range"])"},
             {"{broken", R"("type":"json_invalid")"}}) {
        const http::Response response = analyze(body);
        EXPECT_EQ(response.status, 422) << body;
        EXPECT_THAT(response.body, HasSubstr(problem));
    }
}

TEST_F(EmotionRoutes, AFailedAnalysisIs503) {
    sign_in(ada_);
    it_.titles.rest();
    it_.engine.fail_times(9, Errc::upstream_unavailable);
    queue();
    std::vector<Task<http::Response>> tasks;
    add_emotion_routes(patient_routes_, it_.emotions, lyrics_, 10s);
    http::Request asked =
        request("POST", "/analyze-emotions-background",
                {{"Authorization", "Bearer " + bearer_}, {"Content-Type", "application/json"}},
                R"({"spotify_id":"ada"})");
    const http::Handler handler = patient_routes_.handler();
    tasks.push_back(handler(asked));
    tasks.push_back([](EmotionWorld& it) -> Task<http::Response> {
        co_await pass_turns(10);
        co_await it.worker.run_next();
        co_return http::Response{};
    }(it_));
    const http::Response response = run_all(std::move(tasks)).front();
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(response.body, R"({"detail":"The engine is away."})");
    EXPECT_EQ(header(response, "Retry-After"), "60");
}

TEST_F(EmotionRoutes, AJobTellsHowItGoes) {
    sign_in(ada_);
    const std::string id = queue();
    EXPECT_EQ(get("/api/jobs/" + id).body,
              R"({"id":")" + id +
                  R"(","kind":"title_emotions","state":"queued","time_range":"short_term","extended":false,)"
                  R"("progress":{"done":0,"total":0},"created_at":"2026-11-22T12:00:00.000Z",)"
                  R"("updated_at":"2026-11-22T12:00:00.000Z"})");
    work();
    const http::Response done = get("/api/jobs/" + id);
    EXPECT_THAT(done.body, HasSubstr(R"("state":"done")"));
    EXPECT_THAT(done.body, HasSubstr(R"("progress":{"done":3,"total":3})"));
    EXPECT_THAT(done.body, HasSubstr(std::string{R"("result":)"} + joyful));
    it_.readings.kept.clear();
    it_.engine.fail_times(9, Errc::internal);
    const std::string bad = queue();
    work();
    EXPECT_THAT(get("/api/jobs/" + bad).body, HasSubstr(R"("error":"The titles could not be read.")"));
}

TEST_F(EmotionRoutes, AnotherUsersJobIsUnknown) {
    const std::string id = queue();
    for (const bool signed_in : {false, true}) {
        if (signed_in) {
            sign_in(world_.sign_up("bob"));
        }
        for (const std::string& target :
             {"/api/jobs/" + id, std::string{"/api/jobs/unknown"}, "/api/jobs/" + id + "/events"}) {
            const http::Response response = get(target);
            EXPECT_EQ(response.status, 404) << target;
            EXPECT_EQ(response.body, unknown_job) << target;
        }
    }
}

TEST_F(EmotionRoutes, EventsGoFromStateToStateAndEnd) {
    sign_in(ada_);
    world_.spotify.tracks = {track("1"), track("2"), track("3"), track("4"), track("5"), track("6")};
    world_.store_tops(ada_, TimeRange::short_term);
    it_.engine.turns = 5;
    const std::string text = events("/api/jobs/" + queue() + "/events", never(),
                                    [this]() -> Task<void> { co_await it_.worker.run_next(); });
    EXPECT_THAT(text, StartsWith("retry: 3000\nevent: state\ndata: {\"id\":"));
    std::size_t at = 0;
    for (const char* part : {R"("state":"queued")", R"("state":"running")",
                             "event: progress\ndata: ", R"("progress":{"done":5,"total":6})",
                             "event: state\nid: over\ndata: ", R"("state":"done")"}) {
        at = text.find(part, at);
        ASSERT_NE(at, std::string::npos) << part << " in\n" << text;
    }
    EXPECT_THAT(text, EndsWith(std::string{joyful} + "}\n\n"));
}

TEST_F(EmotionRoutes, EventsOfAJobThatIsOverAreOne) {
    sign_in(ada_);
    const std::string id = queue();
    work();
    const std::string text = events("/api/jobs/" + id + "/events", never());
    EXPECT_THAT(text, StartsWith("retry: 3000\nevent: state\nid: over\ndata: "));
    EXPECT_EQ(text.find("event: ", 20), std::string::npos);
    http::Request again = request("GET", "/api/jobs/" + id + "/events", {{"Last-Event-ID", "over"}});
    EXPECT_EQ(run(routes_.handler()(again)).status, 204) << "a browser does not come back after that";
}

TEST_F(EmotionRoutes, EventsShowASignOfLifeAndEndWithTheSession) {
    sign_in(ada_);
    const std::string text = events("/api/jobs/" + queue() + "/events", [this](const std::string& so_far) {
        if (so_far.contains(": still here\n\n")) {
            EXPECT_TRUE(run(world_.sessions.end(run(world_.sessions.identify(bearer_)).value())));
        }
        return false;
    });
    EXPECT_THAT(text, EndsWith(": still here\n\n"));
}

TEST_F(EmotionRoutes, EventsFindOutWhatTheyWereNotTold) {
    sign_in(ada_);
    const std::string text = events("/api/jobs/" + queue() + "/events", [this](const std::string& so_far) {
        it_.job_store.jobs.front().state = app::JobState::running; // another process works
        return so_far.contains("\"running\"");
    });
    EXPECT_THAT(text, HasSubstr("\"queued\""));
    EXPECT_THAT(text, HasSubstr("event: state\ndata: "));
}

TEST_F(EmotionRoutes, AskingForTheHeadersOfEventsFollowsNothing) {
    sign_in(ada_);
    const http::Response response = ask("HEAD", "/api/jobs/" + queue() + "/events");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(header(response, "Content-Type"), "text/event-stream");
}

TEST_F(EmotionRoutes, LyricsNeedNoSession) {
    it_.engine.labels = {{"aku rindu", "desire"}};
    const http::Response response = post("/analyze-lyrics", R"({"lyrics":"aku rindu"})");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body,
              R"({"emotions":[{"label":"desire","score":1.0},{"label":"admiration","score":0.0},)"
              R"({"label":"amusement","score":0.0},{"label":"anger","score":0.0},)"
              R"({"label":"annoyance","score":0.0}],"language":"en","translated":false,"engine":"fake"})");
}

TEST_F(EmotionRoutes, BlankLyricsAndBadOnes) {
    for (const char* body : {R"({"lyrics":""})", R"({"lyrics":" \n\t　"})"}) {
        const http::Response response = post("/analyze-lyrics", body);
        EXPECT_EQ(response.status, 200);
        EXPECT_EQ(response.body, R"({"error":"Lyrics input cannot be empty."})");
    }
    for (const char* body : {"{}", R"({"lyrics":5})", R"({"lyrics":null})", "[]", "null"}) {
        EXPECT_EQ(post("/analyze-lyrics", body).status, 422) << body;
    }
    EXPECT_EQ(it_.engine.calls, 0);
}

TEST_F(EmotionRoutes, ABusyEngineIs503) {
    it_.engine.fail_times(1, Errc::overloaded, 3s);
    const http::Response response = post("/analyze-lyrics", R"({"lyrics":"la la"})");
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(header(response, "Retry-After"), "3");
}

} // namespace personalify::api

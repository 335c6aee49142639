#include "simulator/artist_tags.hpp"
#include "simulator/faults.hpp"
#include "simulator/lrclib_book.hpp"
#include "simulator/songbook.hpp"
#include "visit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace personalify::simulator {
namespace {

using testing::StartsWith;

struct Target {
    const char* method;
    std::string target;
    int status; ///< without a fault
};

/// Every route that stands for somebody else.
std::vector<Target> targets(std::string_view track, std::string_view artist) {
    const GeniusSong& song = songbook().songs().front();
    return {{"GET", Visit::authorize_target(), 200},
            {"POST", Visit::authorize_target(), 303},
            {"POST", "/api/token", 200},
            {"GET", "/v1/me", 200},
            {"GET", "/v1/me/top/artists?limit=2", 200},
            {"GET", "/v1/me/top/tracks?limit=2", 200},
            {"GET", "/v1/me/player", 200},
            {"GET", "/v1/me/player/currently-playing", 200},
            {"GET", "/v1/me/player/recently-played?limit=2", 200},
            {"GET", "/v1/me/player/queue", 200},
            {"GET", "/v1/artists/" + std::string{artist}, 200},
            {"GET", "/v1/tracks/" + std::string{track}, 200},
            {"GET", "/v1/artists?ids=" + std::string{artist}, 200},
            {"GET", "/v1/tracks?ids=" + std::string{track}, 200},
            {"GET", "/v1/markets", 404},
            {"POST", "/hf-inference/models/SamLowe/roberta-base-go_emotions", 200},
            {"POST", "/language/translate/v2", 200},
            {"GET", "/translate_a/single?client=gtx&q=Pulang+larut", 200},
            {"GET", "/m?q=Pulang+larut", 200},
            {"GET", "/genius-api/search?q=Pulang+larut", 200},
            {"GET", "/genius-api/songs/" + std::to_string(song.id), 200},
            {"GET", "/genius-api/artists/" + std::to_string(song.artist->id) + "/songs", 200},
            {"GET", "/genius" + song.path, 200},
            {"GET", "/genius/nothing-lyrics", 404},
            {"GET", "/lrclib/api/get/" + std::to_string(lrc_book().records().front().id), 200},
            {"GET", "/lrclib/api/search?q=di", 200},
            {"GET", "/lastfm/2.0/?method=artist.getTopTags&artist=x&api_key=lastfm-demo&format=json", 200},
            {"GET", "/musicbrainz/ws/2/artist?query=the&fmt=json", 200},
            {"GET", "/musicbrainz/ws/2/artist/" + musicbrainz_artists().front().id + "?fmt=json", 200}};
}

/// What an answer looks like, whether it was made here or went over the wire.
struct Seen {
    int status = 0;
    std::string head; ///< of a raw answer
    std::string body;
    bool was_reset = false;
    std::string retry_after;
    std::string encoding;
    std::string type;
};

struct Switch {
    const char* members;
    void (*check)(const Seen& seen, const Seen& healthy);
};

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

const Switch switches[] = {
    {R"("status":503)", [](const Seen& seen, const Seen&) { EXPECT_EQ(seen.status, 503); }},
    {R"("status":204)",
     [](const Seen& seen, const Seen&) {
         EXPECT_EQ(seen.status, 204);
         EXPECT_EQ(seen.body, "");
         EXPECT_EQ(seen.type, "");
     }},
    {R"("status":429,"retry_after":"7")",
     [](const Seen& seen, const Seen&) {
         EXPECT_EQ(seen.status, 429);
         EXPECT_EQ(seen.retry_after, "7");
     }},
    {R"("status":429,"retry_after":"date")",
     [](const Seen& seen, const Seen&) { EXPECT_TRUE(seen.retry_after.ends_with("GMT")); }},
    {R"("status":429,"retry_after":"none")",
     [](const Seen& seen, const Seen&) { EXPECT_EQ(seen.retry_after, ""); }},
    {R"("delay_ms":1)",
     [](const Seen& seen, const Seen& healthy) { EXPECT_EQ(seen.status, healthy.status); }},
    {R"("drip":true)",
     [](const Seen& seen, const Seen&) { EXPECT_THAT(seen.head, StartsWith("HTTP/1.1 ")); }},
    {R"("reset":"before")",
     [](const Seen& seen, const Seen&) {
         EXPECT_TRUE(seen.was_reset);
         EXPECT_EQ(seen.head, "");
     }},
    {R"("reset":"amid")",
     [](const Seen& seen, const Seen& healthy) {
         EXPECT_TRUE(seen.was_reset);
         EXPECT_THAT(seen.head, StartsWith("HTTP/1.1 "));
         EXPECT_TRUE(seen.body.size() < healthy.body.size() || healthy.body.empty());
     }},
    {R"("truncate":1)", [](const Seen& seen, const Seen&) { EXPECT_LE(seen.body.size(), 1U); }},
    {R"("bad_json":true)",
     [](const Seen& seen, const Seen& healthy) {
         EXPECT_TRUE(healthy.body.empty() || !json::parse(seen.body));
     }},
    {R"("html_instead":true)",
     [](const Seen& seen, const Seen&) {
         EXPECT_THAT(seen.body, StartsWith("<!doctype html>"));
         EXPECT_THAT(seen.type, StartsWith("text/html"));
     }},
    {R"("empty_body":true)",
     [](const Seen& seen, const Seen&) {
         EXPECT_EQ(seen.status, 200);
         EXPECT_EQ(seen.body, "");
     }},
    {R"("huge":1)", [](const Seen& seen, const Seen&) { EXPECT_GT(seen.body.size(), 1'048'576U); }},
    {R"("gzip":true)",
     [](const Seen& seen, const Seen&) {
         EXPECT_EQ(seen.encoding, "gzip");
         EXPECT_THAT(seen.body, StartsWith("\x1f\x8b"));
     }},
    {R"("gzip_bomb":true)",
     [](const Seen& seen, const Seen&) {
         EXPECT_EQ(seen.encoding, "gzip");
         EXPECT_THAT(seen.body, StartsWith("\x1f\x8b"));
     }},
    {R"("wrong_length":true)",
     [](const Seen& seen, const Seen&) {
         EXPECT_TRUE(holds(seen.head, "Content-Length: " + std::to_string(seen.body.size() + 64)));
     }},
    {R"("omit":["id","access_token"])",
     [](const Seen& seen, const Seen&) {
         EXPECT_FALSE(holds(seen.body, "\"id\":") || holds(seen.body, "\"access_token\":"));
     }},
    {R"("null":["id","access_token"])",
     [](const Seen& seen, const Seen& healthy) {
         EXPECT_EQ(holds(seen.body, "\"id\":null") || holds(seen.body, "\"access_token\":null"),
                   holds(healthy.body, "\"id\":") || holds(healthy.body, "\"access_token\":"));
     }},
    {R"("wrong_type":["id","access_token"])",
     [](const Seen& seen, const Seen& healthy) {
         EXPECT_EQ(holds(seen.body, "\"id\":12345") || holds(seen.body, "\"id\":\"not what") ||
                       holds(seen.body, "\"access_token\":12345"),
                   holds(healthy.body, "\"id\":") || holds(healthy.body, "\"access_token\":"));
     }},
    {R"("extra_keys":true)",
     [](const Seen& seen, const Seen& healthy) {
         EXPECT_EQ(holds(seen.body, "\"x_flag\":true"), healthy.body.starts_with("{") ||
                                                            healthy.body.starts_with("[{") ||
                                                            healthy.body.starts_with("[[{"));
     }},
};

class FaultTable : public testing::Test {
protected:
    http::Response ask(const Target& target) {
        if (target.target == "/api/token") {
            return visit.refresh(refresh_token);
        }
        if (target.target.starts_with("/hf-inference/")) {
            return visit.send("POST", target.target, R"({"inputs":"Home late"})", bearer("hf_demo"));
        }
        if (target.target.starts_with("/language/")) {
            return visit.send("POST", target.target, R"({"q":["Pulang larut"],"target":"en"})",
                              {{"X-Goog-Api-Key", "demo-key"}});
        }
        if (target.target.starts_with("/genius-api/")) {
            return visit.get(target.target, bearer("genius-demo"));
        }
        if (target.target.starts_with("/lrclib/") || target.target.starts_with("/musicbrainz/")) {
            return visit.get(target.target, {{"User-Agent", "a test"}});
        }
        const bool is_form = std::string_view{target.method} == "POST";
        return visit.send(target.method, target.target, is_form ? "listener=bagas.gigs&decision=allow" : "",
                          is_form ? form_headers() : bearer(access_token));
    }

    Seen see(const Target& target) {
        const auto answer = ask(target);
        Seen seen{.status = answer.status,
                  .head = {},
                  .body = answer.body,
                  .was_reset = false,
                  .retry_after = header_of(answer, "Retry-After"),
                  .encoding = header_of(answer, "Content-Encoding"),
                  .type = header_of(answer, "Content-Type")};
        if (answer.raw_stream) {
            const RawReply reply = visit.receive(answer);
            const auto end = reply.bytes.find("\r\n\r\n");
            seen.head = reply.bytes.substr(0, end);
            seen.body = reply.bytes.substr(std::min(end + 4, reply.bytes.size()));
            seen.was_reset = reply.was_reset;
        }
        return seen;
    }

    void fail_with(const char* members) {
        const auto answer =
            visit.send("PUT", "/_sim/faults", R"({"rules":[{"route":"*",)" + std::string{members} + "}]}");
        ASSERT_EQ(answer.status, 200) << answer.body;
    }
    void heal() { visit.send("DELETE", "/_sim/faults"); }

    Visit visit;
    boost::json::object tokens = visit.tokens_for(
        "bagas.gigs", Visit::authorize_target("user-top-read user-read-currently-playing "
                                              "user-read-playback-state user-read-recently-played"));
    std::string access_token{tokens.at("access_token").as_string()};
    std::string refresh_token{tokens.at("refresh_token").as_string()};
};

TEST_F(FaultTable, EverySwitchWorksOnEveryRoute) {
    visit.send("PUT", "/_sim/settings", R"({"rotate_refresh":false,"musicbrainz_limit":false})");
    const auto first = [&](std::string_view kind) {
        const auto page =
            json_of(visit.get("/v1/me/top/" + std::string{kind} + "?limit=1", bearer(access_token)));
        return std::string{page.at("items").at(0).at("id").as_string()};
    };
    for (const Target& target : targets(first("tracks"), first("artists"))) {
        heal();
        const Seen healthy = see(target);
        EXPECT_EQ(healthy.status, target.status) << target.target << healthy.body;
        for (const Switch& fault : switches) {
            SCOPED_TRACE(std::string{target.method} + " " + target.target + " with " + fault.members);
            fail_with(fault.members);
            fault.check(see(target), healthy);
        }
    }
    heal();
    const auto journal = json_of(visit.get("/_sim/journal?since=0")).at("entries").as_array();
    EXPECT_GT(journal.size(), 29 * std::size(switches)) << "faults do not hide a request from the journal";
}

TEST_F(FaultTable, AnAnswerWithoutABodyStaysOne) {
    visit.send("POST", "/_sim/listeners/bagas.gigs/player", R"({"action":"stop"})");
    const Target silent{"GET", "/v1/me/player/currently-playing", 204};
    for (const auto* members : {R"("gzip":true)", R"("bad_json":true)", R"("extra_keys":true)",
                                R"("omit":["item"])", R"("truncate":5)", R"("drip":true)"}) {
        fail_with(members);
        const Seen seen = see(silent);
        EXPECT_EQ(seen.status, 204) << members;
        EXPECT_EQ(seen.body, "") << members;
        EXPECT_EQ(seen.encoding, "") << members;
        EXPECT_FALSE(holds(seen.head, "Content-Length")) << members;
    }
}

} // namespace
} // namespace personalify::simulator

#include "visit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace personalify::simulator {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
}

std::string location(const http::Response& answer) {
    EXPECT_EQ(answer.status, 303) << answer.body;
    return header_of(answer, "Location");
}

TEST(ConsentPage, ShowsListenersAndWishesAndSaysWhatItIs) {
    Visit visit;
    const auto page = visit.get(Visit::authorize_target());
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(header_of(page, "Content-Type"), StartsWith("text/html"));
    EXPECT_THAT(page.body, HasSubstr("This is not Spotify."));
    EXPECT_THAT(page.body, HasSubstr("See your top artists and tracks"));
    EXPECT_THAT(page.body, Not(HasSubstr("lately"))) << "a scope that was not asked for";
    EXPECT_THAT(page.body, HasSubstr("name=\"listener\" value=\"bagas.gigs\""));
    EXPECT_THAT(page.body, HasSubstr("Kang Jajang &lt;Full Bass&gt;"));
}

TEST(ConsentPage, LoadsNothingFromOutsideAndMayLeadToTheApp) {
    Visit visit;
    const auto page = visit.get(Visit::authorize_target());
    EXPECT_THAT(page.body, Not(HasSubstr("src=\"http")));
    EXPECT_THAT(page.body, Not(HasSubstr("<script")));
    EXPECT_THAT(page.body, Not(HasSubstr("style=")));
    const std::string policy = header_of(page, "Content-Security-Policy");
    EXPECT_THAT(policy, StartsWith("default-src 'none'; style-src 'self'; img-src 'self';"));
    EXPECT_THAT(policy, HasSubstr("form-action 'self' http://127.0.0.1:8000 "));
    EXPECT_EQ(visit.get("/_assets/consent.css").status, 200);
    EXPECT_EQ(visit.get("/_assets/consent.svg").status, 200);
    EXPECT_EQ(visit.get("/_assets/../secret").status, 404);
}

TEST(Authorize, NeverRedirectsForAWrongClientOrRedirectUri) {
    Visit visit;
    const auto client = visit.get(replaced(Visit::authorize_target(), "demo-client", "someone"));
    EXPECT_EQ(client.status, 400);
    EXPECT_THAT(client.body, HasSubstr("INVALID_CLIENT: Invalid client"));
    for (const auto* uri : {"http://localhost:8000/callback", "http://example.org/callback", "/callback", "",
                            "https://example.org/callback#part", "https://", "http://127.0.0.1.example.org/",
                            "http://user@127.0.0.1/", "javascript:alert(1)",
                            "http://127.0.0.1:8000/ callback", "app://callback"}) {
        const auto target =
            replaced(Visit::authorize_target(), http::percent_encode(callback), http::percent_encode(uri));
        for (const auto* method : {"GET", "POST"}) {
            const auto answer = visit.send(method, target, "listener=bagas.gigs&decision=allow");
            EXPECT_EQ(answer.status, 400) << uri;
            EXPECT_THAT(answer.body, HasSubstr("INVALID_CLIENT: Invalid redirect URI")) << uri;
        }
    }
    for (const auto* uri :
         {"https://example.org/callback?a=b", "http://[::1]:8000/callback", "http://127.0.0.1/"}) {
        const auto target =
            replaced(Visit::authorize_target(), http::percent_encode(callback), http::percent_encode(uri));
        EXPECT_EQ(visit.get(target).status, 200) << uri;
    }
}

TEST(Authorize, TellsTheAppAboutOtherMistakes) {
    Visit visit;
    const std::string good = Visit::authorize_target();
    const auto error = [&](const std::string& target) {
        const std::string to = location(visit.get(target));
        EXPECT_THAT(to, StartsWith(callback));
        EXPECT_EQ(parameter_of(to, "state"), "a state");
        return parameter_of(to, "error");
    };
    EXPECT_EQ(error(replaced(good, "response_type=code", "response_type=token")),
              "unsupported_response_type");
    EXPECT_EQ(error(replaced(good, "S256", "plain")), "invalid_request");
    EXPECT_EQ(error(replaced(good, std::string{challenge}, "short")), "invalid_request");
    EXPECT_EQ(error(replaced(good, "user-top-read", "user-fly")), "invalid_scope");
}

TEST(Authorize, SendsBackCodeAndState) {
    Visit visit;
    const auto answer = visit.send("POST", Visit::authorize_target(), "listener=bagas.gigs&decision=allow");
    const std::string to = location(answer);
    EXPECT_THAT(to, StartsWith(std::string{callback} + "?code=AQ"));
    EXPECT_EQ(parameter_of(to, "state"), "a state");
    EXPECT_EQ(header_of(answer, "Cache-Control"), "no-store");
}

TEST(Authorize, KeepsTheQueryOfTheRedirectUri) {
    Visit visit;
    const auto target = replaced(Visit::authorize_target(), http::percent_encode(callback),
                                 http::percent_encode("https://example.org/back?from=here"));
    EXPECT_THAT(location(visit.send("POST", target, "listener=bagas.gigs")),
                StartsWith("https://example.org/back?from=here&code=AQ"));
}

TEST(Authorize, RefusalGivesNoCode) {
    Visit visit;
    const auto answer = visit.send("POST", Visit::authorize_target(), "listener=bagas.gigs&decision=deny");
    EXPECT_EQ(location(answer), std::string{callback} + "?error=access_denied&state=a%20state");
}

TEST(Authorize, UnknownListenerStaysHere) {
    Visit visit;
    EXPECT_EQ(visit.send("POST", Visit::authorize_target(), "listener=nobody&decision=allow").status, 400);
    EXPECT_EQ(visit.send("POST", Visit::authorize_target(), "").status, 400);
    EXPECT_EQ(visit.send("PUT", Visit::authorize_target(), "").status, 405);
}

} // namespace
} // namespace personalify::simulator

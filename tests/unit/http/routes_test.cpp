#include "core/ids.hpp"
#include "http/route_inputs.hpp"
#include "unit/http/route_fixture.hpp"

namespace personalify::http {
namespace {

using namespace testing;

enum class Order { popularity, name };
BOOST_DESCRIBE_ENUM(Order, popularity, name)

struct ListQuery {
    json::Required<std::string> spotify_id;
    json::Bounded<1, 50> limit = 10;
    Order sort = Order::popularity;
};
BOOST_DESCRIBE_STRUCT(ListQuery, (), (spotify_id, limit, sort))

struct Analysis {
    json::Required<std::string> lyrics;
    bool extended = false;
};
BOOST_DESCRIBE_STRUCT(Analysis, (), (lyrics, extended))

struct Refresh {
    std::optional<std::string> token;
};
BOOST_DESCRIBE_STRUCT(Refresh, (), (token))

struct Echo {
    std::string text;
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Echo, (), (text, number))

struct Nothing {
    std::string error;
};
BOOST_DESCRIBE_STRUCT(Nothing, (), (error))

Task<Result<Echo>> echo(std::string text, std::int64_t number) {
    co_return Echo{std::move(text), number};
}

Task<Result<Echo>> greet(const Caller& caller, const UserId& id) {
    if (id.str() == "unknown") {
        co_return fail(Errc::not_found, "No data found.");
    }
    co_return Echo{caller.name + " asks for " + id.str(), 0};
}

TestRoutes sample() {
    auto routes = test_routes();
    routes.get<Echo>("/", "Root").handle([] { return echo("root", 0); });
    routes.get<Echo>("/api/users/{id}", "One").handle([](const Caller& caller, const UserId& id) {
        return greet(caller, id);
    });
    routes.get<Echo>("/api/users/{id}/top/{rank}", "Deep").handle([](std::string id, std::int32_t rank) {
        return echo(std::move(id), rank);
    });
    routes.get<Echo>("/api/users/me", "Me").handle([](const Caller& caller, const Request& request) {
        return echo(caller.name + request.method, 0);
    });
    routes.put<Echo>("/api/users/me", "Me").handle([] { return Echo{"put", 0}; });
    routes.get<Echo>("/api/users/me/sessions", "Mine").handle([] { return Result<Echo>{Echo{"mine", 1}}; });
    routes.get<Echo>("/list", "List").query<ListQuery>().handle([](ListQuery query) {
        return echo(*query.spotify_id, query.limit);
    });
    routes.get<Echo>("/songs/{artist}", "Songs")
        .query<ListQuery>()
        .handle([](const Caller& caller, std::int64_t artist, const ListQuery& query) {
            return echo(caller.name + *query.spotify_id, artist);
        });
    routes.post<std::variant<Echo, Nothing>>("/analyze", "Analyze")
        .body<Analysis>()
        .handle([](Analysis input) -> std::variant<Echo, Nothing> {
            if (input.lyrics->empty()) {
                return Nothing{"Lyrics input cannot be empty."};
            }
            return Echo{*input.lyrics, input.extended ? 1 : 0};
        });
    routes.post<Echo>("/both/{n}", "Both")
        .query<ListQuery>()
        .body<Analysis>()
        .handle([](std::int64_t n, ListQuery, Analysis input) { return echo(*input.lyrics, n); });
    routes.post<Echo>("/refresh", "Refresh").body<Refresh>().handle([](Refresh input) {
        return echo(input.token.value_or("none"), 0);
    });
    routes.post<Echo>("/form", "Form").form<Analysis>().handle([](Analysis input) {
        return echo(*input.lyrics, input.extended ? 1 : 0);
    });
    return routes;
}

TEST(Routes, FindTheirRequest) {
    const auto routes = sample();
    const auto body = [&](std::string target) { return get(routes, std::move(target)).body; };
    EXPECT_EQ(body("/"), R"({"text":"root","number":0})");
    EXPECT_EQ(body("/api/users/ada"), R"({"text":" asks for ada","number":0})");
    EXPECT_EQ(body("/api/users/me"), R"({"text":"GET","number":0})");
    EXPECT_EQ(body("/api/users/me/sessions"), R"({"text":"mine","number":1})");
    EXPECT_EQ(body("/api/users/me/top/3"),
              R"({"text":"me","number":3})"); // back out of a word that leads nowhere
    EXPECT_EQ(body("/%61pi/users/%6de"), R"({"text":"GET","number":0})");
    EXPECT_EQ(body("/api/users/a%2Fb%20c+d"), R"({"text":" asks for a/b c+d","number":0})");
    EXPECT_EQ(body("/list?spotify_id=a&spotify_id=b+c&limit=7&unknown=x"), R"({"text":"b c","number":7})");
}

TEST(Routes, WhatIsNotThere) {
    const auto routes = sample();
    for (const auto* target : {"/nothing", "/api", "/api/users", "/api/users/", "/api/users/me/", "//",
                               "/api//me", "/list/", "", "/api/users/%zz", "/api/users/%2", "/api/users/%00",
                               "/api/users/a/top", "*", "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r"}) {
        const auto response = get(routes, target);
        EXPECT_EQ(response.status, 404) << target;
        EXPECT_EQ(response.body, R"({"detail":"Not Found"})") << target;
    }
    EXPECT_EQ(get(routes, "/api/users/" + std::string(255, 'a')).status, 200);
    EXPECT_EQ(get(routes, "/api/users/" + std::string(256, 'a')).status, 404);
}

TEST(Routes, Methods) {
    const auto routes = sample();
    const auto refused = ask(routes, "DELETE", "/api/users/me");
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(refused.body, R"({"detail":"Method Not Allowed"})");
    EXPECT_EQ(header(refused, "Allow"), "GET, HEAD, OPTIONS, PUT");
    EXPECT_EQ(refused.route, "/api/users/me");

    const auto options = ask(routes, "OPTIONS", "/analyze");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(header(options, "Allow"), "OPTIONS, POST");

    EXPECT_EQ(ask(routes, "HEAD", "/api/users/me").body, R"({"text":"HEAD","number":0})");
    EXPECT_EQ(get(routes, "/analyze").status, 405);
    EXPECT_EQ(ask(routes, "PUT", "/api/users/me").body, R"({"text":"put","number":0})");
}

TEST(Routes, ABodyThatIsNotThere) {
    const auto routes = sample();
    const std::string missing =
        R"({"detail":[{"type":"missing","loc":["body","lyrics"],"msg":"Field required","input":null}]})";
    for (const auto* body : {"", "{}", "[]", "null", "5"}) {
        const auto response = post(routes, "/analyze", body);
        EXPECT_EQ(response.status, 422) << body;
        EXPECT_EQ(response.body, missing) << body;
        EXPECT_EQ(response.route, "/analyze");
    }
    EXPECT_EQ(
        post(routes, "/analyze", R"({"lyrics":null})").body,
        R"({"detail":[{"type":"string_type","loc":["body","lyrics"],"msg":"Input should be a valid string","input":null}]})");
    EXPECT_EQ(post(routes, "/refresh", "", "").body, R"({"text":"none","number":0})");
    EXPECT_EQ(post(routes, "/refresh", "null").body, R"({"text":"none","number":0})");
    EXPECT_EQ(post(routes, "/refresh", "[]").status, 422);
    EXPECT_EQ(post(routes, "/refresh", R"({"token":"t"})").body, R"({"text":"t","number":0})");
}

TEST(Routes, ABodyOfAnotherKind) {
    const auto routes = sample();
    const std::string good = R"({"lyrics":"la","extended":"yes"})";
    for (const auto* type : {"application/json", "application/json; charset=utf-8",
                             "Application/JSON;charset=\"UTF-8\"", "application/json; x=y"}) {
        EXPECT_EQ(post(routes, "/analyze", good, type).body, R"({"text":"la","number":1})") << type;
    }
    for (const auto* type : {"", "text/plain", "application/x-www-form-urlencoded", "application/jsonx",
                             "application/json; charset=latin1"}) {
        const auto response = post(routes, "/analyze", good, type);
        EXPECT_EQ(response.status, 415) << type;
        EXPECT_EQ(response.body, R"({"detail":"Content-Type should be application/json"})");
    }
}

TEST(Routes, BrokenJsonIsTheOnlyProblem) {
    const auto routes = sample();
    EXPECT_EQ(post(routes, "/both/x", "{bad").body,
              R"({"detail":[{"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},)"
              R"("ctx":{"error":"Expecting property name enclosed in double quotes"}}]})");
    EXPECT_EQ(post(routes, "/analyze", R"({"lyrics":"a"} x)").status, 422);
    EXPECT_EQ(post(routes, "/analyze", R"({"lyrics":"a","lyrics":"b"})").status, 422);
    EXPECT_EQ(
        post(routes, "/analyze", R"({"lyrics":"a","x":)" + std::string(32, '[') + std::string(32, ']') + "}")
            .status,
        422);
}

TEST(Routes, EveryProblemOfPathQueryAndBodyInOneAnswer) {
    const auto routes = sample();
    const auto response = post(routes, "/both/x?limit=abc&sort=age", R"({"extended":"maybe"})");
    EXPECT_EQ(response.status, 422);
    EXPECT_EQ(
        response.body,
        R"({"detail":[{"type":"int_parsing","loc":["path","n"],"msg":)"
        R"("Input should be a valid integer, unable to parse string as an integer","input":"x"},)"
        R"({"type":"missing","loc":["query","spotify_id"],"msg":"Field required","input":null},)"
        R"({"type":"int_parsing","loc":["query","limit"],"msg":)"
        R"("Input should be a valid integer, unable to parse string as an integer","input":"abc"},)"
        R"({"type":"enum","loc":["query","sort"],"msg":"Input should be 'popularity' or 'name'","input":"age",)"
        R"("ctx":{"expected":"'popularity' or 'name'"}},)"
        R"({"type":"missing","loc":["body","lyrics"],"msg":"Field required","input":null},)"
        R"({"type":"bool_parsing","loc":["body","extended"],"msg":)"
        R"("Input should be a valid boolean, unable to interpret input","input":"maybe"}]})");
    EXPECT_EQ(post(routes, "/both/4?spotify_id=a", R"({"lyrics":"la"})").body, R"({"text":"la","number":4})");
}

TEST(Routes, QueriesThatCannotBeDecoded) {
    const auto routes = sample();
    const auto broken = get(routes, "/list?spotify_id=%zz");
    EXPECT_EQ(broken.status, 422);
    EXPECT_NE(broken.body.find(R"("type":"query_parsing","loc":["query"])"), std::string::npos)
        << broken.body;
    EXPECT_NE(get(routes, "/list?spotify_id=%ff").body.find("string_unicode"), std::string::npos);
    EXPECT_EQ(get(routes, "/api/users/ada?%zz").status, 200); // this one reads no query
    EXPECT_EQ(get(routes, "/api/users/%ff").status, 422);
}

TEST(Routes, Forms) {
    const auto routes = sample();
    const std::string type = "application/x-www-form-urlencoded";
    EXPECT_EQ(post(routes, "/form", "lyrics=la+la%21&extended=on", type).body,
              R"({"text":"la la!","number":1})");
    EXPECT_EQ(post(routes, "/form", "", type).status, 422);
    EXPECT_EQ(post(routes, "/form", "{}").status, 415);
}

TEST(Routes, InputIsValidatedBeforeAnyoneIsAsked) {
    const auto routes = sample();
    const std::vector<Header> broken{{"X-Caller", "broken"}};
    EXPECT_EQ(get(routes, "/songs/abc?spotify_id=a", broken).status, 422);
    EXPECT_EQ(get(routes, "/songs/1?spotify_id=a", broken).status, 503);
    EXPECT_EQ(get(routes, "/list?spotify_id=a", broken).status, 200); // its handler takes no caller
    EXPECT_EQ(get(routes, "/songs/1?spotify_id=b", {{"X-Caller", "a"}}).body, R"({"text":"ab","number":1})");
}

TEST(Routes, ErrorsAreRenderedByTheApplication) {
    const auto response = get(sample(), "/api/users/unknown");
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(response.body, R"({"detail":"No data found."})");
    EXPECT_EQ(header(response, "Cache-Control"), "no-store");
    EXPECT_EQ(response.route, "/api/users/{id}");
}

TEST(Routes, WhatAHandlerThrowsIsReportedAndAnAnswerOfItsRoute) {
    const auto add = [](TestRoutes routes) {
        routes.get<Echo>("/throw/{n}", "").handle([](std::int64_t n) -> Echo {
            if (n == 0) {
                throw n;
            }
            throw std::runtime_error("a secret inside");
        });
        return routes;
    };
    std::vector<std::string> reported;
    const auto report = [&](std::string_view, std::string_view what) { reported.emplace_back(what); };
    const auto routes = add(TestRoutes{{identify, render, status_of, report}});
    for (const auto* target : {"/throw/1", "/throw/0"}) {
        const auto response = get(routes, target);
        EXPECT_EQ(response.status, 500);
        EXPECT_EQ(response.body, R"({"detail":"Internal Server Error"})");
        EXPECT_EQ(response.route, "/throw/{n}");
        EXPECT_EQ(header(response, "Cache-Control"), "no-store");
    }
    EXPECT_EQ(reported, (std::vector<std::string>{"a secret inside", "an exception of unknown type"}));
    EXPECT_THROW(get(add(test_routes()), "/throw/1"), std::runtime_error) << "nobody to report to";
}

TEST(Routes, KindsOfAnswers) {
    auto routes = test_routes();
    routes.get<Reply<Echo>>("/reply", "").handle([] {
        return Reply<Echo>{202, {"later", 1}, {{"Location", "/jobs/1"}, {"Cache-Control", "private"}}};
    });
    routes.get<Redirect>("/away", "").handle([] { return Redirect{"/there", 307, {{"Set-Cookie", "a=b"}}}; });
    routes.get<Html>("/page", "").handle([] { return Html{"", "<p>"}; });
    routes.get<std::variant<Html, Echo>>("/either", "").handle([]() -> std::variant<Html, Echo> {
        return Html{"<b>"};
    });
    routes.get<PlainText>("/text", "").handle([] { return PlainText{"hello"}; });
    routes.get<Echo>("/raw", "").handle([] { return Response{201, {{"X-A", "b"}}, "raw"}; });
    routes.get<std::vector<Echo>>("/list", "").handle([] { return std::vector<Echo>{{"a", 1}}; });
    routes.del<void>("/gone/{id}", "").handle([](const std::string&) -> Result<> { return {}; });

    const auto reply = get(routes, "/reply");
    EXPECT_EQ(reply.status, 202);
    EXPECT_EQ(reply.body, R"({"text":"later","number":1})");
    EXPECT_EQ(header(reply, "Location"), "/jobs/1");
    EXPECT_EQ(header(reply, "Cache-Control"), "private");
    const auto away = get(routes, "/away");
    EXPECT_EQ(away.status, 307);
    EXPECT_EQ(header(away, "Location"), "/there");
    EXPECT_EQ(header(away, "Set-Cookie"), "a=b");
    EXPECT_EQ(get(routes, "/page").bytes(), "<p>");
    EXPECT_EQ(header(get(routes, "/page"), "Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(get(routes, "/either").bytes(), "<b>");
    EXPECT_EQ(header(get(routes, "/text"), "Content-Type"), "text/plain; charset=utf-8");
    EXPECT_EQ(get(routes, "/raw").status, 201);
    EXPECT_EQ(get(routes, "/list").body, R"([{"text":"a","number":1}])");
    EXPECT_EQ(ask(routes, "DELETE", "/gone/1").status, 204);
}

TEST(Routes, EntityTags) {
    auto routes = test_routes();
    routes.get<Echo>("/tagged/{n}", "").etag().handle([](std::int64_t n) -> Result<Echo> {
        if (n == 0) {
            return fail(Errc::not_found, "no");
        }
        return Echo{"same", n};
    });
    routes.get<Echo>("/prebuilt", "").etag().handle([] {
        Response response = json_response(200, "");
        response.shared_body = std::make_shared<const std::string>("{}");
        response.headers.push_back({"ETag", R"("ours")"});
        return response;
    });
    const auto first = get(routes, "/tagged/1");
    const auto tag = header(first, "ETag");
    EXPECT_EQ(tag.size(), 34U);
    EXPECT_EQ(header(first, "Cache-Control"), "private, no-cache");
    EXPECT_NE(tag, header(get(routes, "/tagged/2"), "ETag"));

    const auto again = get(routes, "/tagged/1", {{"if-none-match", "\"x\", W/" + tag}});
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.bytes(), "");
    EXPECT_EQ(header(again, "ETag"), tag);
    EXPECT_EQ(header(again, "Cache-Control"), "private, no-cache");
    EXPECT_EQ(header(again, "Content-Type"), "");
    EXPECT_EQ(get(routes, "/tagged/1", {{"If-None-Match", "*"}}).status, 304);
    EXPECT_EQ(get(routes, "/tagged/2", {{"If-None-Match", tag}}).status, 200);

    const auto missing = get(routes, "/tagged/0", {{"If-None-Match", "*"}});
    EXPECT_EQ(missing.status, 404);
    EXPECT_EQ(header(missing, "Cache-Control"), "no-store");
    EXPECT_EQ(header(missing, "ETag"), "");

    EXPECT_EQ(header(get(routes, "/prebuilt"), "ETag"), R"("ours")");
    EXPECT_EQ(get(routes, "/prebuilt", {{"If-None-Match", R"("ours")"}}).bytes(), "");
}

TEST(Routes, WrongDescriptionsAreRefusedAtStart) {
    auto routes = test_routes();
    const auto add = [&](std::string pattern) {
        routes.get<Echo>(pattern, "").handle([] { return Echo{}; });
    };
    add("/a");
    EXPECT_THROW(add("/a"), std::logic_error);
    EXPECT_THROW(add("a"), std::logic_error);
    EXPECT_THROW(add("/a/"), std::logic_error);
    EXPECT_THROW(add("/b/{id}"), std::logic_error);
    EXPECT_THROW(add("/b/x{id}"), std::logic_error);
    EXPECT_THROW(routes.get<Echo>("/c", "").handle([](std::string) { return Echo{}; }), std::logic_error);
}

} // namespace
} // namespace personalify::http

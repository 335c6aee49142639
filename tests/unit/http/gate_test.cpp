#include "http/openapi.hpp"
#include "unit/http/route_fixture.hpp"

#include <boost/json/parse.hpp>

namespace personalify::http {
namespace {

using namespace testing;

enum class Quota : std::uint8_t { general, strict };

struct NameQuery {
    json::Required<std::string> name;
};
BOOST_DESCRIBE_STRUCT(NameQuery, (), (name))

/// Refuses what comes while it is shut, and remembers what it was asked about.
struct Door {
    bool shut = false;
    std::vector<std::string> asked;
    std::vector<std::string> annotated;

    TestRoutes routes() {
        RouteOptions<Caller> options{identify, render, status_of};
        options.gate.admit = [this](const Request&, const Route& route) -> std::optional<Response> {
            asked.push_back(route.pattern);
            return shut ? std::optional{error_response(429, "Later")} : std::nullopt;
        };
        options.gate.annotate = [this](const Request&, const Route& route, Response& response) {
            annotated.push_back(route.pattern);
            response.headers.push_back({"X-Left", std::to_string(route.limit)});
        };
        TestRoutes routes{options};
        routes.get<PlainText>("/general", "General").query<NameQuery>().handle([](const NameQuery&) {
            return PlainText{"general"};
        });
        routes.get<PlainText>("/strict", "Strict")
            .query<NameQuery>()
            .limit(Quota::strict)
            .handle([](const NameQuery&) { return PlainText{"strict"}; });
        routes.get<PlainText>("/free", "Free").unlimited().handle([] { return PlainText{"free"}; });
        return routes;
    }
};

TEST(Gate, IsAskedBeforeTheInputIsRead) {
    Door door;
    const auto routes = door.routes();
    EXPECT_EQ(get(routes, "/general").status, 422);
    EXPECT_EQ(get(routes, "/general?name=x").status, 200);
    door.shut = true;
    const auto refused = get(routes, "/general");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.route, "/general");
    EXPECT_EQ(header(refused, "Cache-Control"), "no-store");
    EXPECT_EQ(header(refused, "X-Left"), "") << "a refusal says what it has to say itself";
    EXPECT_EQ(door.asked, (std::vector<std::string>(3, "/general")));
    EXPECT_TRUE(door.annotated.empty());
}

TEST(Gate, IsAskedAboutWhatDoesNotExistToo) {
    Door door;
    const auto routes = door.routes();
    EXPECT_EQ(get(routes, "/nothing").status, 404);
    EXPECT_EQ(post(routes, "/general", "{}").status, 405);
    door.shut = true;
    EXPECT_EQ(get(routes, "/nothing").status, 429);
    EXPECT_EQ(post(routes, "/general", "{}").status, 429);
    EXPECT_EQ(door.asked, (std::vector<std::string>{"", "/general", "", "/general"}));
}

TEST(Gate, AnnotatesEveryAnswerOfARouteWithALimitOfItsOwn) {
    Door door;
    const auto routes = door.routes();
    for (const char* target : {"/strict", "/strict?name=x"}) {
        EXPECT_EQ(header(get(routes, target), "X-Left"), "1") << target;
    }
    EXPECT_EQ(door.annotated, (std::vector<std::string>(2, "/strict")));
}

TEST(Gate, IsNotAskedAboutUnlimitedRoutes) {
    Door door{.shut = true, .asked = {}, .annotated = {}};
    EXPECT_EQ(get(door.routes(), "/free").status, 200);
    EXPECT_TRUE(door.asked.empty());
}

TEST(Gate, IsDescribedWhenTheServiceHasLimits) {
    Door door;
    const auto routes = door.routes();
    const auto paths = boost::json::parse(openapi(routes, {.title = "a", .version = "1", .limited = true}));
    const auto answers = [&](const char* path) {
        return paths.at("paths").at(path).at("get").at("responses").as_object();
    };
    EXPECT_TRUE(answers("/general").contains("500") || answers("/general").contains("429"));
    EXPECT_EQ(answers("/free").size(), 1U);
    EXPECT_EQ(openapi(routes, {.title = "a", .version = "1"}).find("Too many requests"), std::string::npos);
}

} // namespace
} // namespace personalify::http

#include "http/openapi.hpp"
#include "unit/http/route_fixture.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace personalify {

struct BoardQuery {
    json::Required<std::string> spotify_id;
    json::Bounded<1, 50> limit = 10;
};
BOOST_DESCRIBE_STRUCT(BoardQuery, (), (spotify_id, limit))

template <>
struct json::Docs<BoardQuery> {
    static constexpr json::MemberDoc members[] = {{"limit", "How many of each", "20"}};
};

namespace http {
namespace {

using namespace testing;
namespace bj = boost::json;

struct Board {
    std::string user;
    static Board example() { return {"Ada"}; }
};
BOOST_DESCRIBE_STRUCT(Board, (), (user))

struct NoBoard {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(NoBoard, (), (message))

struct Note {
    json::Required<std::string> user;
};
BOOST_DESCRIBE_STRUCT(Note, (), (user))

TestRoutes sample() {
    auto routes = test_routes();
    routes.get<std::variant<Board, NoBoard>>("/boards/{id}", "One board")
        .query<BoardQuery>()
        .describe("With *words*.")
        .tag("Boards")
        .path("id", "Whose")
        .fails_with(Errc::not_found, Errc::upstream_unavailable, Errc::overloaded)
        .etag()
        .needs_session()
        .handle([](std::string, BoardQuery) -> std::variant<Board, NoBoard> { return Board{}; });
    routes.post<Reply<Board>>("/boards/{id}", "New")
        .body<Board>()
        .answers<NoBoard>(202, "Not yet")
        .answers(303, "Elsewhere")
        .handle([](const Caller&, std::int64_t, Board) { return Reply<Board>{}; });
    routes.put<NoContent>("/note", "Say something, or nothing")
        .body<std::optional<Note>>()
        .handle([](std::optional<Note>) { return NoContent{}; });
    routes.get<Response>("/export", "All of it").produces("text/csv").needs_admin(nullptr).handle([] {
        return Response{};
    });
    routes.get<std::variant<Html, Board>>("/", "Start")
        .tag("System")
        .handle([]() -> std::variant<Html, Board> { return Board{}; });
    return routes;
}

bj::value document() {
    return bj::parse(
        openapi(sample(), {.title = "Boards", .version = "1.2.3", .servers = {"http://localhost"}}));
}

TEST(OpenApi, SaysWhatItIs) {
    const auto whole = document();
    EXPECT_EQ(whole.at("openapi"), "3.1.0");
    EXPECT_EQ(whole.at("info"), bj::parse(R"({"title":"Boards","version":"1.2.3"})"));
    EXPECT_EQ(whole.at("servers"), bj::parse(R"([{"url":"http://localhost"}])"));
    EXPECT_EQ(whole.at("tags"), bj::parse(R"([{"name":"Boards"},{"name":"System"}])"));
    EXPECT_EQ(openapi(sample(), {"a", "1"}), openapi(sample(), {"a", "1"}));
}

TEST(OpenApi, DescribesARoute) {
    EXPECT_EQ(document().at("paths").at("/boards/{id}").at("get"), bj::parse(R"({
        "operationId": "get_boards_id", "summary": "One board", "description": "With *words*.",
        "tags": ["Boards"],
        "parameters": [
            {"name": "id", "in": "path", "required": true, "description": "Whose",
             "schema": {"type": "string", "minLength": 1, "maxLength": 255}},
            {"name": "spotify_id", "in": "query", "required": true, "schema": {"type": "string"}},
            {"name": "limit", "in": "query", "required": false, "description": "How many of each",
             "schema": {"type": "integer", "minimum": 1, "maximum": 50, "examples": [20], "default": 10}}],
        "responses": {
            "200": {"description": "As asked",
                    "content": {"application/json": {"schema": {"anyOf": [
                        {"$ref": "#/components/schemas/Board"}, {"$ref": "#/components/schemas/NoBoard"}]}}},
                    "headers": {"ETag": {"schema": {"type": "string"},
                                         "description": "Names this version of the answer"}}},
            "304": {"description": "The client has this version already"},
            "401": {"description": "No valid session",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Detail"}}}},
            "404": {"description": "Does not exist, or the caller may not see it",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Detail"}}}},
            "422": {"description": "Missing or ill-typed input",
                    "content": {"application/json": {
                        "schema": {"$ref": "#/components/schemas/HTTPValidationError"}}}},
            "503": {"description": "A service that this one needs did not answer; see Retry-After. Too much to do at present; see Retry-After",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Detail"}}},
                    "headers": {"Retry-After": {"schema": {"type": "string"},
                                                "description": "Seconds to wait"}}}},
        "security": [{"session_cookie": []}, {"session_bearer": []}]})"));
}

TEST(OpenApi, DescribesABody) {
    const auto whole = document();
    const auto& post = whole.at("paths").at("/boards/{id}").at("post");
    EXPECT_EQ(post.at("parameters").at(0).at("schema"), bj::parse(R"({"type":"integer"})"));
    EXPECT_EQ(post.at("requestBody"), bj::parse(R"({"required": false, "content": {"application/json":
        {"schema": {"$ref": "#/components/schemas/BoardInput"}}}})"));
    EXPECT_EQ(post.at("responses").at("202").at("content"), bj::parse(R"({"application/json":
        {"schema": {"$ref": "#/components/schemas/NoBoard"}}})"));
    EXPECT_EQ(post.at("responses").at("303"), bj::parse(R"({"description": "Elsewhere"})"));
    EXPECT_TRUE(post.at("responses").as_object().contains("415"));
    EXPECT_TRUE(post.at("responses").as_object().contains("404")) << "a path may be longer than any name";
    const auto& note = whole.at("paths").at("/note").at("put");
    EXPECT_FALSE(note.at("requestBody").at("required").as_bool()) << "an optional body";
    EXPECT_FALSE(note.at("responses").as_object().contains("404"));
    EXPECT_EQ(whole.at("components").at("schemas").at("Board"), bj::parse(R"({"type": "object",
        "properties": {"user": {"type": "string"}}, "required": ["user"], "examples": [{"user": "Ada"}]})"));
}

TEST(OpenApi, OtherMediaTypesAndAccess) {
    const auto paths = document().at("paths");
    const auto& get = paths.at("/export").at("get");
    EXPECT_EQ(get.at("security"), bj::parse(R"([{"admin_bearer":[]},{"admin_basic":[]}])"));
    EXPECT_EQ(get.at("responses").at("200").at("content"),
              bj::parse(R"({"text/csv": {"schema": {"type": "string"}}})"));
    EXPECT_FALSE(get.at("responses").as_object().contains("422"));
    EXPECT_EQ(paths.at("/boards/{id}").at("post").at("security"),
              bj::parse(R"([{},{"session_cookie":[]},{"session_bearer":[]}])"));
    EXPECT_FALSE(paths.at("/").at("get").as_object().contains("security"));
    EXPECT_EQ(paths.at("/").at("get").at("operationId"), "get_root");
    EXPECT_EQ(paths.at("/").at("get").at("responses").at("200").at("content"), bj::parse(R"({
        "text/html": {"schema": {"type": "string"}},
        "application/json": {"schema": {"$ref": "#/components/schemas/Board"}}})"));
}

TEST(OpenApi, NamesOnlyTheWaysToProveThatARouteUses) {
    const auto names = [](const TestRoutes& routes) {
        const auto whole = bj::parse(openapi(routes, {"a", "1"}));
        std::vector<std::string> all;
        if (const auto* schemes = whole.at("components").as_object().if_contains("securitySchemes")) {
            for (const auto& scheme : schemes->as_object()) {
                all.emplace_back(scheme.key());
            }
        }
        return all;
    };
    using Names = std::vector<std::string>;
    EXPECT_EQ(names(sample()), (Names{"session_cookie", "session_bearer", "admin_bearer", "admin_basic"}));
    auto routes = test_routes();
    routes.get<Board>("/open", "For all").handle([] { return Board{}; });
    EXPECT_EQ(names(routes), Names{});
    routes.get<Board>("/own", "Own").needs_session().handle([] { return Board{}; });
    EXPECT_EQ(names(routes), (Names{"session_cookie", "session_bearer"}));
}

TEST(OpenApi, ATypeThatIsSentAndAnsweredAlikeHasOneName) {
    auto routes = test_routes();
    routes.put<Note>("/note", "Say it").body<Note>().handle([](Note note) { return note; });
    routes.put<Board>("/board", "Put it up").body<Board>().handle([](Board board) { return board; });
    const auto whole = bj::parse(openapi(routes, {"a", "1"}));
    const auto& schemas = whole.at("components").at("schemas").as_object();
    EXPECT_TRUE(schemas.contains("Note"));
    EXPECT_TRUE(schemas.contains("Board")) << "the answer";
    EXPECT_TRUE(schemas.contains("BoardInput")) << "of which a sender may leave members out";
    EXPECT_EQ(schemas.size(), 6U) << "and three of errors";
    const auto& put = whole.at("paths").at("/note").at("put");
    const auto expected =
        bj::parse(R"({"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}})");
    EXPECT_EQ(put.at("requestBody").at("content"), expected);
    EXPECT_EQ(put.at("responses").at("200").at("content"), expected);
}

TEST(OpenApi, ARefusalForTheRateTellsTheLimit) {
    auto routes = test_routes();
    routes.get<Board>("/board", "One").handle([] { return Board{}; });
    const auto status = [](Errc code) { return code == Errc::too_many_requests ? 429 : 500; };
    const auto whole =
        bj::parse(openapi(routes.router(), {.title = "a", .version = "1", .limited = true}, status));
    const auto& headers =
        whole.at("paths").at("/board").at("get").at("responses").at("429").at("headers").as_object();
    EXPECT_EQ(headers.size(), 3U);
    for (const char* name : {"Retry-After", "RateLimit", "RateLimit-Policy"}) {
        EXPECT_TRUE(headers.contains(name)) << name;
    }
}

/// Every reference leads somewhere.
void check_references(const bj::value& at, const bj::value& whole) {
    if (const auto* object = at.if_object()) {
        for (const auto& [name, value] : *object) {
            if (name == "$ref") {
                const std::string path{value.as_string()};
                bj::error_code missing;
                EXPECT_NE(whole.find_pointer(path.substr(1), missing), nullptr) << path;
            }
            check_references(value, whole);
        }
    } else if (const auto* array = at.if_array()) {
        for (const auto& value : *array) {
            check_references(value, whole);
        }
    }
}

TEST(OpenApi, EveryReferenceLeadsSomewhere) {
    const auto whole = document();
    check_references(whole, whole);
    EXPECT_TRUE(whole.at("components").at("schemas").as_object().contains("ValidationError"));
}

} // namespace
} // namespace http
} // namespace personalify

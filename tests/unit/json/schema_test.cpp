#include "domain/dashboard.hpp"
#include "domain/user.hpp"
#include "json/schema.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace personalify {

struct TopQuery {
    json::Required<json::Text<1, 255>> spotify_id;
    json::Bounded<1, 50> limit = 10;
    json::Bounded<0> offset = 0;
    TimeRange time_range = TimeRange::medium_term;
    std::optional<bool> fresh;
};
BOOST_DESCRIBE_STRUCT(TopQuery, (), (spotify_id, limit, offset, time_range, fresh))

template <>
struct json::Docs<TopQuery> {
    static constexpr std::string_view description = "What to list";
    static constexpr MemberDoc members[] = {{"limit", "How many of each", "20"},
                                            {"spotify_id", "Whose", R"("ada")"}};
};

namespace {

template <class T>
struct Page {
    std::vector<T> items;
};
BOOST_DESCRIBE_STRUCT(Page<Emotion>, (), (items))

struct Node {
    std::vector<Node> children;
    json::Omittable<TimePoint> at;
    static Node example() { return {{Node{}}, {}}; }
};
BOOST_DESCRIBE_STRUCT(Node, (), (children, at))

struct Holder {
    std::optional<Emotion> emotion;
    std::optional<TimeRange> range;
    std::variant<Emotion, std::string> either;
    GenreArtists map;
    UserId id;
    json::Raw raw;
    std::int32_t count = 0;
    double score = 0;
};
BOOST_DESCRIBE_STRUCT(Holder, (), (emotion, range, either, map, id, raw, count, score))

boost::json::value component(const json::Components& components, std::string_view name) {
    return components.to_json().as_object().at(name);
}

TEST(JsonSchema, AnInputRequiresWhatIsRequiredAndShowsDefaults) {
    json::Components components;
    EXPECT_EQ(json::schema_of<TopQuery>(components, json::Use::input),
              boost::json::parse(R"({"$ref":"#/components/schemas/TopQuery"})"));
    EXPECT_EQ(component(components, "TopQuery"), boost::json::parse(R"({
        "type": "object", "description": "What to list",
        "properties": {
            "spotify_id": {"type": "string", "minLength": 1, "maxLength": 255, "description": "Whose",
                           "examples": ["ada"]},
            "limit": {"type": "integer", "minimum": 1, "maximum": 50, "description": "How many of each",
                      "examples": [20], "default": 10},
            "offset": {"type": "integer", "minimum": 0, "default": 0},
            "time_range": {"type": "string", "enum": ["short_term", "medium_term", "long_term"],
                           "default": "medium_term"},
            "fresh": {"type": ["boolean", "null"]}
        },
        "required": ["spotify_id"]})"));
}

TEST(JsonSchema, AnAnswerRequiresAllThatIsAlwaysThere) {
    json::Components components;
    json::schema_of<Holder>(components);
    EXPECT_EQ(component(components, "Holder"), boost::json::parse(R"({
        "type": "object",
        "properties": {
            "emotion": {"anyOf": [{"$ref": "#/components/schemas/Emotion"}, {"type": "null"}]},
            "range": {"type": ["string", "null"], "enum": ["short_term", "medium_term", "long_term", null]},
            "either": {"anyOf": [{"$ref": "#/components/schemas/Emotion"}, {"type": "string"}]},
            "map": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
            "id": {"type": "string"}, "raw": {}, "count": {"type": "integer"}, "score": {"type": "number"}
        },
        "required": ["emotion", "range", "either", "map", "id", "raw", "count", "score"]})"));
    EXPECT_EQ(component(components, "Emotion"), boost::json::parse(R"({
        "type": "object", "properties": {"label": {"type": "string"}, "score": {"type": "number"}},
        "required": ["label", "score"]})"));
}

TEST(JsonSchema, TypesThatHoldThemselvesAndExamples) {
    json::Components components;
    json::schema_of<Node>(components);
    EXPECT_EQ(component(components, "Node"), boost::json::parse(R"({
        "type": "object",
        "properties": {"children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}},
                       "at": {"type": "string", "format": "date-time"}},
        "required": ["children"], "examples": [{"children": [{"children": []}]}]})"));
}

TEST(JsonSchema, NamesDropNamespacesAndStayApart) {
    json::Components components;
    EXPECT_EQ(json::shape_of<Page<Emotion>>().name, "PageOfEmotion");
    EXPECT_EQ(json::short_name("a::b::Pair<x::Y, (anonymous namespace)::Z>"), "PairOfYAndZ");
    json::schema_of<Emotion>(components);
    EXPECT_EQ(boost::json::serialize(json::schema_of<Emotion>(components, json::Use::input)),
              R"({"$ref":"#/components/schemas/EmotionInput"})");
    EXPECT_EQ(boost::json::serialize(json::schema_of<Emotion>(components)),
              R"({"$ref":"#/components/schemas/Emotion"})");
}

TEST(JsonSchema, WholeListsAndPlainValues) {
    json::Components components;
    EXPECT_EQ(json::schema_of<std::vector<std::string>>(components),
              boost::json::parse(R"({"type":"array","items":{"type":"string"}})"));
    EXPECT_EQ(json::schema_of<std::optional<double>>(components),
              boost::json::parse(R"({"type":["number","null"]})"));
    EXPECT_TRUE(components.to_json().as_object().empty());
}

} // namespace
} // namespace personalify

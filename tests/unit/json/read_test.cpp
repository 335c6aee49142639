#include "domain/dashboard.hpp"
#include "domain/user.hpp"
#include "json/read.hpp"
#include "json/write.hpp"

#include <gtest/gtest.h>

#include <map>

namespace personalify {
namespace {

struct AnalysisInput {
    json::Required<json::Text<1, 5>> spotify_id;
    TimeRange time_range = TimeRange::short_term;
    bool extended = false;
};
BOOST_DESCRIBE_STRUCT(AnalysisInput, (), (spotify_id, time_range, extended))

struct ListInput {
    json::Required<UserId> spotify_id;
    json::Bounded<1, 50> limit = 10;
};
BOOST_DESCRIBE_STRUCT(ListInput, (), (spotify_id, limit))

struct Everything {
    std::vector<Artist> artists;
    std::map<std::string, double> scores;
    std::optional<std::string> text = "there";
    json::Omittable<bool> flag;
    std::variant<std::int64_t, std::string> either = std::int64_t{1};
    json::Raw raw{"0"};
    std::uint8_t small = 7;
    TimePoint at{};
    bool public_ = false;
};
BOOST_DESCRIBE_STRUCT(Everything, (), (artists, scores, text, flag, either, raw, small, at, public_))

/// The body of the 422 that this JSON would get, or what it was read as.
template <class T>
std::string outcome(std::string_view text, std::string_view from = "body") {
    json::Problems problems;
    const json::Location where{from};
    const auto document = json::parse_input(text, 32, where, problems);
    if (!document) {
        return json::problems_body(problems);
    }
    const auto value = json::decode<T>(*document, where, problems);
    return value ? json::write(*value) : json::problems_body(problems);
}

TEST(JsonRead, ReadsWhatIsThereAndKeepsDefaults) {
    EXPECT_EQ(outcome<AnalysisInput>(R"({"spotify_id":"ada"})"),
              R"({"spotify_id":"ada","time_range":"short_term","extended":false})");
    EXPECT_EQ(
        outcome<AnalysisInput>(R"({"spotify_id":"ada","extended":true,"time_range":"long_term","x":1})"),
        R"({"spotify_id":"ada","time_range":"long_term","extended":true})");
}

// The texts below are the ones that the service's clients have always parsed.
TEST(JsonRead, MissingMember) {
    EXPECT_EQ(
        outcome<AnalysisInput>("{}"),
        R"({"detail":[{"type":"missing","loc":["body","spotify_id"],"msg":"Field required","input":null}]})");
    EXPECT_EQ(
        outcome<AnalysisInput>(R"({"spotify_id":null,"extended":null})"),
        R"({"detail":[{"type":"string_type","loc":["body","spotify_id"],"msg":"Input should be a valid string","input":null}]})");
}

TEST(JsonRead, TextHasToBeText) {
    EXPECT_EQ(outcome<AnalysisInput>(R"({"spotify_id":5})"),
              R"({"detail":[{"type":"string_type","loc":["body","spotify_id"],)"
              R"("msg":"Input should be a valid string","input":5}]})");
}

TEST(JsonRead, BadBoolean) {
    EXPECT_EQ(outcome<AnalysisInput>(R"({"spotify_id":"a","extended":"maybe"})"),
              R"({"detail":[{"type":"bool_parsing","loc":["body","extended"],"msg":)"
              R"("Input should be a valid boolean, unable to interpret input","input":"maybe"}]})");
    EXPECT_EQ(outcome<AnalysisInput>(R"({"spotify_id":"a","extended":[]})"),
              R"({"detail":[{"type":"bool_type","loc":["body","extended"],"msg":)"
              R"("Input should be a valid boolean","input":[]}]})");
}

TEST(JsonRead, BadJson) {
    EXPECT_EQ(outcome<AnalysisInput>("{bad"),
              R"({"detail":[{"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},)"
              R"("ctx":{"error":"Expecting property name enclosed in double quotes"}}]})");
}

TEST(JsonRead, WholeNumbersInTheWordsOfTheQuery) {
    EXPECT_EQ(outcome<ListInput>(R"({"limit":"abc"})", "query"),
              R"({"detail":[{"type":"missing","loc":["query","spotify_id"],"msg":"Field required",)"
              R"("input":null},{"type":"int_parsing","loc":["query","limit"],"msg":)"
              R"("Input should be a valid integer, unable to parse string as an integer","input":"abc"}]})");
    EXPECT_EQ(outcome<ListInput>(R"({"spotify_id":"a","limit":"0"})", "query"),
              R"({"detail":[{"type":"greater_than_equal","loc":["query","limit"],"msg":)"
              R"("Input should be greater than or equal to 1","input":"0","ctx":{"ge":1}}]})");
    EXPECT_EQ(outcome<ListInput>(R"({"spotify_id":"a","limit":"51"})", "query"),
              R"({"detail":[{"type":"less_than_equal","loc":["query","limit"],"msg":)"
              R"("Input should be less than or equal to 50","input":"51","ctx":{"le":50}}]})");
}

TEST(JsonRead, UnknownName) {
    EXPECT_EQ(outcome<AnalysisInput>(R"({"spotify_id":"a","time_range":"year"})"),
              R"({"detail":[{"type":"enum","loc":["body","time_range"],"msg":)"
              R"("Input should be 'short_term', 'medium_term' or 'long_term'","input":"year",)"
              R"("ctx":{"expected":"'short_term', 'medium_term' or 'long_term'"}}]})");
}

TEST(JsonRead, LengthOfTextIsCountedInCharacters) {
    EXPECT_EQ(outcome<AnalysisInput>(R"({"spotify_id":"ёёёёё"})"),
              R"({"spotify_id":"ёёёёё","time_range":"short_term","extended":false})");
    EXPECT_EQ(outcome<AnalysisInput>(R"({"spotify_id":""})"),
              R"({"detail":[{"type":"string_too_short","loc":["body","spotify_id"],"msg":)"
              R"("String should have at least 1 character","input":"","ctx":{"min_length":1}}]})");
    EXPECT_EQ(outcome<AnalysisInput>(R"({"spotify_id":"123456"})"),
              R"({"detail":[{"type":"string_too_long","loc":["body","spotify_id"],"msg":)"
              R"("String should have at most 5 characters","input":"123456","ctx":{"max_length":5}}]})");
}

template <class T>
std::optional<T> from_text(const char* text) {
    json::Problems problems;
    return json::decode<T>(boost::json::value(boost::json::string(text)), json::Location{"query"}, problems);
}

TEST(JsonRead, WholeNumbersFromText) {
    for (const auto* text : {"12", " 12 ", "+12", "1_2", "12.0", "012"}) {
        EXPECT_EQ(from_text<int>(text), 12) << text;
    }
    EXPECT_EQ(from_text<int>("-12"), -12);
    EXPECT_EQ(from_text<std::int64_t>("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
    for (const auto* text :
         {"", " ", "-", "+-1", "1__2", "_1", "1_", "1.5", "1.0x", ".0", "0x10", "1e3", "9999999999", "٣"}) {
        EXPECT_EQ(from_text<int>(text), std::nullopt) << text;
    }
}

TEST(JsonRead, BooleansFromText) {
    for (const auto* text : {"1", "true", "True", "t", "YES", "y", "on"}) {
        EXPECT_EQ(from_text<bool>(text), true) << text;
    }
    for (const auto* text : {"0", "false", "F", "no", "n", "Off"}) {
        EXPECT_EQ(from_text<bool>(text), false) << text;
    }
    for (const auto* text : {"", "2", "maybe", " true"}) {
        EXPECT_EQ(from_text<bool>(text), std::nullopt) << text;
    }
}

TEST(JsonRead, NumbersFromText) {
    EXPECT_EQ(from_text<double>("0.5"), 0.5);
    EXPECT_EQ(from_text<double>("-2e3"), -2000);
    for (const auto* text : {"", "nan", "inf", "1.5x"}) {
        EXPECT_EQ(from_text<double>(text), std::nullopt) << text;
    }
}

TEST(JsonRead, NumbersThatDoNotFit) {
    EXPECT_EQ(outcome<Everything>(R"({"small":256})"),
              R"({"detail":[{"type":"less_than_equal","loc":["body","small"],"msg":)"
              R"("Input should be less than or equal to 255","input":256,"ctx":{"le":255}}]})");
    EXPECT_NE(outcome<Everything>(R"({"small":1.5})").find("int_from_float"), std::string::npos);
    EXPECT_NE(outcome<Everything>(R"({"small":1e300})").find("less_than_equal"), std::string::npos);
    EXPECT_NE(outcome<Everything>(R"({"small":18446744073709551615})").find("less_than_equal"),
              std::string::npos);
    EXPECT_NE(outcome<Everything>(R"({"small":true})").find("int_type"), std::string::npos);
    for (const auto* text : {"9223372036854775808", "-9223372036854775809"}) {
        EXPECT_EQ(from_text<std::int64_t>(text), std::nullopt) << text;
    }
    for (const auto* json : {"9223372036854775808", "8e31", "-8e31"}) {
        EXPECT_NE(outcome<std::int64_t>(json).find("detail"), std::string::npos) << json;
    }
    EXPECT_EQ(outcome<std::int64_t>("9223372036854775807"), "9223372036854775807");
}

TEST(JsonRead, EveryKindOfValueGoesThereAndBack) {
    const std::string text =
        R"({"artists":[{"id":"1","name":"Zoë","genres":["art pop"],"popularity":71,"image":""}],)"
        R"("scores":{"joy":0.5},"text":null,"flag":true,"either":"word","raw":{"a":[1]},"small":255,)"
        R"("at":"2026-11-22T17:28:43.120Z","public":true})";
    EXPECT_EQ(outcome<Everything>(text), text);
}

TEST(JsonRead, NumbersComeBackToTheLastBit) {
    for (const auto* text : {"0.11098729440205904", "0.057216762006610335", "-0.1", "5e-324",
                             "1.7976931348623157e308", "123456789.12345679", "0.30000000000000004"}) {
        const auto read = json::read<double>(text);
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(*read, std::strtod(text, nullptr)) << text;
        EXPECT_EQ(json::read<double>(json::write(*read)).value(), *read) << text;
    }
    EXPECT_EQ(json::read<double>("1e-400").value(), 0);
    EXPECT_FALSE(json::read<double>("1e400"));
}

TEST(JsonRead, TimesAreUtc) {
    const TimePoint at{std::chrono::milliseconds{1'795'368'523'120}};
    EXPECT_EQ(from_text<TimePoint>("2026-11-22T17:28:43.120Z"), at);
    EXPECT_EQ(from_text<TimePoint>("2026-11-22T17:28:43.1200009Z"), at);
    EXPECT_EQ(from_text<TimePoint>("2026-11-22T17:28:43.12Z"), at);
    for (const auto* text : {"", "2026-11-22", "2026-02-30T00:00:00Z", "2026-11-22T25:00:00Z",
                             "2026-11-22T17:28:43.Z", "2026-11-22T17:28:43+01:00", "20x6-11-22T17:28:43Z"}) {
        EXPECT_EQ(from_text<TimePoint>(text), std::nullopt) << text;
    }
}

TEST(JsonRead, EveryProblemIsCollectedWithItsPath) {
    json::Problems problems;
    const auto document = json::parse(R"({"artists":[{},{"name":1,"genres":["a",2]}],"scores":[],"at":3})");
    EXPECT_FALSE(json::decode<Everything>(*document, json::Location{""}, problems));
    ASSERT_EQ(problems.size(), 4U);
    EXPECT_EQ(json::describe(problems[0]), "artists[1].name: Input should be a valid string");
    EXPECT_EQ(json::describe(problems[1]), "artists[1].genres[1]: Input should be a valid string");
    EXPECT_EQ(json::write(problems[1].loc), R"(["artists",1,"genres",1])");
    EXPECT_EQ(problems[2].type, "model_attributes_type");
    EXPECT_EQ(problems[3].type, "string_type");
}

TEST(JsonRead, InputsThatAreNotOneJsonValue) {
    for (const auto* text :
         {"", "{", "{}x", "{} {}", "[1,]", "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":1,\"b\":2}}", "nul", "'a'",
          "{\"a\":01}", "\"\xFF\"", "{\"a\":1}/**/", "1e309", "[-1e400]"}) {
        EXPECT_NE(outcome<Everything>(text).find("json_invalid"), std::string::npos) << text;
    }
    EXPECT_NE(outcome<Everything>("{} {}").find("Extra data"), std::string::npos);
}

TEST(JsonRead, DepthIsLimited) {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    json::Problems problems;
    EXPECT_TRUE(json::parse_input(nested(32), 32, json::Location{"body"}, problems));
    EXPECT_FALSE(json::parse_input(nested(33), 32, json::Location{"body"}, problems));
    EXPECT_FALSE(json::parse(nested(100'000)));
}

TEST(JsonRead, StoredDocuments) {
    const auto board =
        json::read<Dashboard>(R"({"user":"Ada","image":null,"genre_artists_map":{"b":[],"a":["x"]}})");
    ASSERT_TRUE(board);
    EXPECT_EQ(board->user, "Ada");
    EXPECT_EQ(board->image, "");
    EXPECT_EQ(board->time_range, TimeRange::medium_term);
    EXPECT_EQ(board->genre_artists_map, (GenreArtists{{"b", {}}, {"a", {"x"}}}));

    const auto wrong = json::read<Dashboard>(R"({"tracks":[{"album":{"total_tracks":"many"}}]})");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, Errc::internal);
    EXPECT_EQ(wrong.error().cause, "tracks[0].album.total_tracks: Input should be a valid integer, unable to "
                                   "parse string as an integer");
    const auto broken = json::read<Dashboard>(R"({"user":)");
    ASSERT_FALSE(broken);
    EXPECT_TRUE(broken.error().cause.starts_with("not JSON at byte 8")) << broken.error().cause;
    EXPECT_TRUE(json::read<std::vector<std::string>>(R"(["a"])"));
}

TEST(JsonInput, WrappersConvertToWhatTheyHold) {
    AnalysisInput input{{{"ada"}}};
    const std::string& id = input.spotify_id;
    EXPECT_EQ(id, "ada");
    EXPECT_EQ(input.spotify_id->size(), 3U);
    const ListInput list{{UserId{"ada"}}, 3};
    const UserId& user = list.spotify_id;
    EXPECT_EQ(user.str(), "ada");
    const std::int64_t limit = list.limit;
    EXPECT_EQ(limit, 3);
}

} // namespace
} // namespace personalify

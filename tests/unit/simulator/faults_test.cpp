#include "simulator/faults.hpp"
#include "visit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <zlib.h>

namespace personalify::simulator {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(ParseFault, ReadsWordsSwitchesListsAndQuotes) {
    const auto rule =
        parse_fault("route=/v1/me/* status=503 times=2  body=\"no such luck\" drip omit=genres,images");
    ASSERT_TRUE(rule) << rule.error().detail;
    EXPECT_EQ(*rule->route, "/v1/me/*");
    EXPECT_EQ(**rule->status, 503);
    EXPECT_EQ(**rule->times, 2);
    EXPECT_EQ(rule->body, "no such luck");
    EXPECT_TRUE(rule->drip);
    EXPECT_FALSE(rule->gzip);
    EXPECT_THAT(rule->omit, testing::ElementsAre("genres", "images"));
    EXPECT_EQ(parse_fault("route=* reset=amid drip=false")->reset, ResetPoint::amid);
}

TEST(ParseFault, NamesEveryMistake) {
    const auto detail = [](std::string_view text) {
        const auto rule = parse_fault(text);
        return rule ? std::string{"read"} : rule.error().detail;
    };
    EXPECT_THAT(detail("status=500"), HasSubstr("route"));
    EXPECT_THAT(detail("route=me"), HasSubstr("route"));
    EXPECT_THAT(detail("route=/v1/me stutus=500 status=9000"),
                testing::AllOf(HasSubstr("stutus"), HasSubstr("status: ")));
    EXPECT_THAT(detail("route=/v1/me retry_after=soon"), HasSubstr("retry_after"));
    EXPECT_THAT(detail("route=/v1/me reset=later"), HasSubstr("reset"));
    EXPECT_THAT(detail(""), HasSubstr("route"));
    EXPECT_THROW(Simulator({.faults = {"route=/v1/me status=no"}}), std::invalid_argument);
}

/// Uncompressed; "" if the bytes are no gzip.
std::string gunzip(std::string bytes) {
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 16 + MAX_WBITS), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string out;
    std::string block(1 << 20, '\0');
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(block.data());
        stream.avail_out = static_cast<uInt>(block.size());
        state = inflate(&stream, Z_NO_FLUSH);
        out.append(block, 0, block.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END ? out : std::string{};
}

class Faults : public testing::Test {
protected:
    void fail_with(std::string_view members, std::string_view route = "/v1/me") {
        const auto answer = visit.send("PUT", "/_sim/faults",
                                       "{\"rules\":[{\"route\":\"" + std::string{route} + "\"" +
                                           (members.empty() ? "" : ",") + std::string{members} + "}]}");
        EXPECT_EQ(answer.status, 200) << answer.body;
    }
    http::Response me() { return visit.get("/v1/me", bearer(token)); }
    http::Response artists() { return visit.get("/v1/me/top/artists?limit=2", bearer(token)); }
    /// Head and body of a raw answer.
    std::pair<std::string, std::string> raw(const http::Response& answer) {
        EXPECT_TRUE(answer.raw_stream);
        reply = visit.receive(answer);
        const auto end = reply.bytes.find("\r\n\r\n");
        return {reply.bytes.substr(0, end), reply.bytes.substr(std::min(end + 4, reply.bytes.size()))};
    }

    Visit visit;
    std::string token = visit.access_token_for("bagas.gigs");
    RawReply reply;
};

TEST_F(Faults, StatusWithAndWithoutABody) {
    fail_with(R"("status":500)");
    EXPECT_EQ(me().status, 500);
    EXPECT_EQ(json_of(me()).at("error").as_object().at("status").as_int64(), 500);
    fail_with(R"("status":403,"body":"User not registered in the Developer Dashboard")");
    EXPECT_EQ(me().body, "User not registered in the Developer Dashboard");
    EXPECT_THAT(header_of(me(), "Content-Type"), StartsWith("text/plain"));
    fail_with(R"("status":401,"body":"{\"error\":\"invalid_token\"}")");
    EXPECT_THAT(header_of(me(), "Content-Type"), StartsWith("application/json"));
    fail_with(R"("status":503)", "/api/token");
    EXPECT_EQ(json_of(visit.exchange("any")).at("error").as_string(), "server_error");
}

TEST_F(Faults, TimesRunOut) {
    fail_with(R"("status":503,"times":2)");
    EXPECT_EQ(me().status, 503);
    EXPECT_EQ(artists().status, 200) << "another route";
    EXPECT_EQ(me().status, 503);
    EXPECT_EQ(me().status, 200);
    fail_with(R"("status":503,"times":null)");
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(me().status, 503);
    }
}

TEST_F(Faults, RoutesMatchExactlyOrByPrefixAndMethod) {
    fail_with(R"("status":500)", "/v1/me/top/*");
    EXPECT_EQ(me().status, 200);
    EXPECT_EQ(artists().status, 500);
    fail_with(R"("status":500,"method":"POST")", "*");
    EXPECT_EQ(me().status, 200);
    EXPECT_EQ(visit.refresh("x").status, 500);
}

TEST_F(Faults, FaultInPlaceOfTheAnswerLeavesTokensAlone) {
    const std::string code = visit.code_for("bagas.gigs");
    fail_with(R"("status":503,"times":1)", "/api/token");
    EXPECT_EQ(visit.exchange(code).status, 503);
    EXPECT_EQ(visit.exchange(code).status, 200);
}

TEST_F(Faults, RetryAfter) {
    fail_with(R"("status":429,"retry_after":"48925")");
    EXPECT_EQ(header_of(me(), "Retry-After"), "48925");
    fail_with(R"("status":429,"retry_after":"date")");
    EXPECT_THAT(header_of(me(), "Retry-After"), EndsWith(" GMT"));
    fail_with(R"("status":429,"retry_after":"none")");
    EXPECT_EQ(header_of(me(), "Retry-After"), "");
}

TEST_F(Faults, EditsJsonAnywhere) {
    fail_with(R"("omit":["genres"],"null":["images"],"wrong_type":["popularity","name"],"extra_keys":true)",
              "*");
    const auto page = json_of(artists());
    const auto& artist = page.at("items").as_array().at(1).as_object();
    EXPECT_FALSE(artist.contains("genres"));
    EXPECT_TRUE(artist.at("images").is_null());
    EXPECT_TRUE(artist.at("popularity").is_string());
    EXPECT_TRUE(artist.at("name").is_int64());
    EXPECT_TRUE(artist.contains("x_flag"));
    EXPECT_TRUE(page.contains("x_flag"));
}

TEST_F(Faults, BodiesThatAreNotJson) {
    fail_with(R"("bad_json":true)");
    EXPECT_EQ(me().status, 200);
    EXPECT_FALSE(json::parse(me().body));
    EXPECT_THAT(me().body, StartsWith("{\"account_id\""));
    fail_with(R"("html_instead":true,"status":502)");
    EXPECT_EQ(me().status, 502);
    EXPECT_THAT(header_of(me(), "Content-Type"), StartsWith("text/html"));
    EXPECT_THAT(me().body, StartsWith("<!doctype html>"));
    fail_with(R"("empty_body":true)");
    EXPECT_EQ(me().status, 200);
    EXPECT_EQ(me().body, "");
}

TEST_F(Faults, Compressed) {
    const std::string plain = me().body;
    fail_with(R"("gzip":true)");
    EXPECT_EQ(header_of(me(), "Content-Encoding"), "gzip");
    EXPECT_EQ(gunzip(me().body), plain);
    fail_with(R"("gzip_bomb":true)");
    const std::string bomb = me().body;
    EXPECT_LT(bomb.size(), 128U * 1024);
    const std::string unpacked = gunzip(bomb);
    EXPECT_GT(unpacked.size(), 64U * 1024 * 1024);
    EXPECT_THAT(unpacked.substr(0, 10), StartsWith("{\"items\":"));
}

TEST_F(Faults, LengthsThatLie) {
    const std::string plain = me().body;
    const auto length = [](std::size_t bytes) {
        return "\r\nContent-Length: " + std::to_string(bytes) + "\r\n";
    };
    fail_with(R"("wrong_length":true)");
    auto [head, body] = raw(me());
    EXPECT_THAT(head, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(head, HasSubstr(length(plain.size() + 64)));
    EXPECT_EQ(body, plain);
    fail_with(R"("truncate":20)");
    std::tie(head, body) = raw(me());
    EXPECT_THAT(head, HasSubstr(length(plain.size())));
    EXPECT_EQ(body, plain.substr(0, 20));
    EXPECT_FALSE(reply.was_reset);
}

TEST_F(Faults, Resets) {
    fail_with(R"("reset":"before")");
    raw(me());
    EXPECT_TRUE(reply.was_reset);
    EXPECT_EQ(reply.bytes, "");
    const auto answer = me();
    fail_with(R"("reset":"amid")");
    const auto [head, body] = raw(me());
    EXPECT_TRUE(reply.was_reset);
    EXPECT_THAT(head, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(body, Not(testing::IsEmpty()));
    EXPECT_FALSE(json::parse(body));
}

TEST_F(Faults, Drip) {
    fail_with(R"("drip":true)");
    raw(me());
    EXPECT_EQ(reply.writes, reply.bytes.size());
    EXPECT_EQ(visit.receive(me(), 7).bytes, "HTTP/1.") << "stops when the client is gone";
}

TEST_F(Faults, Huge) {
    fail_with(R"("huge":3)");
    const auto [head, body] = raw(me());
    EXPECT_GT(body.size(), 3U * 1024 * 1024);
    EXPECT_THAT(head, HasSubstr("Content-Length: " + std::to_string(body.size())));
    EXPECT_TRUE(json::parse(body));
}

TEST_F(Faults, CombineInOneRule) {
    fail_with(R"("status":429,"retry_after":"3","html_instead":true,"gzip":true,"truncate":10)");
    const auto [head, body] = raw(me());
    EXPECT_THAT(head, StartsWith("HTTP/1.1 429 Too Many Requests\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nRetry-After: 3\r\n"));
    EXPECT_EQ(body.size(), 10U);
}

TEST_F(Faults, StartFromTheOptions) {
    Visit faulty{{.public_url = std::string{public_url}, .faults = {"route=/v1/me status=500 times=1"}}};
    EXPECT_EQ(faulty.get("/v1/me").status, 500);
    EXPECT_EQ(faulty.get("/v1/me").status, 401);
    faulty.send("POST", "/_sim/reset");
    EXPECT_EQ(faulty.get("/v1/me").status, 500);
}

} // namespace
} // namespace personalify::simulator

#include "unit/upstream/scripted.hpp"
#include "upstream/common/refusal.hpp"

#include <gmock/gmock.h>

namespace personalify::upstream {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const Manners manners{.who = "The service", .limited = 20s, .blocked = 15min, .wrong_key = 5min};

Refusal refused(int status, std::vector<net::HttpHeader> headers = {}, int number = 0, double jitter = 0) {
    return refusal_of(reply(status, "secret body", std::move(headers)), {number, noon}, manners, jitter);
}

/// It stays away for that long, and tells the caller so.
void expect_away(const Refusal& refusal, Errc code, std::chrono::seconds time) {
    EXPECT_EQ(refusal.error.code, code);
    EXPECT_EQ(refusal.error.retry_after, time);
    EXPECT_EQ(refusal.close_until, noon + time);
    EXPECT_FALSE(refusal.retry_after) << "no second try";
    EXPECT_FALSE(refusal.is_trouble) << "it works, it just does not want us";
}

TEST(Refusal, ALimitLastsAsLongAsIsAsked) {
    expect_away(refused(429), Errc::rate_limited, 20s);
    expect_away(refused(429, {{"retry-after", "7"}}), Errc::rate_limited, 7s);
    expect_away(refused(429, {{"retry-after", "Sun, 22 Nov 2026 12:01:30 GMT"}}), Errc::rate_limited, 90s);
    expect_away(refused(429, {{"retry-after", "soon"}}), Errc::rate_limited, 20s);
    expect_away(refused(429, {{"retry-after", "0"}}), Errc::rate_limited, 1s);
    expect_away(refused(429, {{"retry-after", "-5"}}), Errc::rate_limited, 20s);
    expect_away(refused(429, {{"retry-after", "99999999999999999999"}}), Errc::rate_limited, longest_closure);
}

TEST(Refusal, ABlockLastsLong) {
    expect_away(refused(403), Errc::upstream_unavailable, 15min);
    expect_away(refused(403, {{"retry-after", "5"}}), Errc::upstream_unavailable, 15min);
    expect_away(refused(403, {{"retry-after", "3600"}}), Errc::upstream_unavailable, 1h);
    for (const int status : {200, 302, 404, 500, 503}) {
        expect_away(refused(status, {{"cf-mitigated", "challenge"}}), Errc::upstream_unavailable, 15min);
    }
    expect_away(block_of(reply(200, ""), {0, noon}, manners), Errc::upstream_unavailable, 15min);
}

TEST(Refusal, AWrongKey) {
    expect_away(refused(401), Errc::upstream_unavailable, 5min);
    EXPECT_THAT(refused(401).error.detail, HasSubstr("key"));
}

TEST(Refusal, DownForAsLongAsIsKnown) {
    expect_away(refused(503, {{"retry-after", "120"}}), Errc::upstream_unavailable, 2min);
    expect_away(refused(503, {{"retry-after", "0"}}), Errc::upstream_unavailable, 1s);
}

TEST(Refusal, AFailureIsTriedOnceMore) {
    for (const int status : {500, 502, 503, 504, 520, 599}) {
        const Refusal first = refused(status);
        EXPECT_EQ(first.retry_after, 100ms) << status;
        EXPECT_EQ(refused(status, {}, 0, 0.5).retry_after, 150ms);
        EXPECT_TRUE(first.is_trouble);
        EXPECT_FALSE(first.close_until);
        EXPECT_FALSE(first.error.retry_after) << "nobody knows how long";
        EXPECT_FALSE(refused(status, {}, 1).retry_after);
    }
    EXPECT_TRUE(refused(503, {{"retry-after", "soon"}}).retry_after);
}

TEST(Refusal, AnythingElseIsTrouble) {
    for (const int status : {201, 204, 301, 304, 400, 405, 418, 451}) {
        const Refusal refusal = refused(status);
        EXPECT_EQ(refusal.error.code, Errc::upstream_unavailable) << status;
        EXPECT_TRUE(refusal.is_trouble);
        EXPECT_FALSE(refusal.retry_after);
        EXPECT_FALSE(refusal.close_until);
    }
    EXPECT_EQ(not_understood(manners, "why").error.cause, "why");
    EXPECT_TRUE(not_understood(manners, "why").is_trouble);
    EXPECT_FALSE(not_understood(manners, "why").close_until);
}

TEST(Refusal, SaysWhoAndHowButNotWhatCame) {
    for (const int status : {400, 401, 403, 429, 500, 503}) {
        const Error error = refused(status).error;
        EXPECT_THAT(error.detail, StartsWith("The service "));
        EXPECT_EQ(error.cause, "The service answered " + std::to_string(status));
        EXPECT_THAT(error.detail + error.cause, Not(HasSubstr("secret")));
    }
}

TEST(Refusal, IsAJudgement) {
    const auto judgement = judgement_from<int>(refused(429));
    EXPECT_EQ(judgement.outcome.error().code, Errc::rate_limited);
    EXPECT_EQ(judgement.close_until, noon + 20s);
    EXPECT_FALSE(judgement.is_trouble);
    EXPECT_EQ(judgement_from<int>(refused(500)).retry_after, 100ms);
    EXPECT_TRUE(judgement_from<int>(refused(500)).is_trouble);
}

} // namespace
} // namespace personalify::upstream
